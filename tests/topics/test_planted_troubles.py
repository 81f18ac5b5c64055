"""Every planted trouble is found by the command line, and what is no trouble is left alone.

One case a line of sample/STORY.md. A step is asked once; its answer serves all cases.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from core.answers.answer import LEVELS, About, Deed, Held
from core.journal.format_1 import about_of
from routines.days import weekday
from routines.plan.step import Step
from sample.measured import planted
from sample.world import build
from tests.conftest import ROOT, copy_of
from tests.shapes import A, Maybe, OneOf, differences
from tests.topics.planted import MONDAY, Asked, Json, Trouble, assert_found
from tests.topics.planted import asking as asking_of

SUNDAY_AT_EIGHT, SUNDAY_AT_NINE = "2026-11-15 20:05", "2026-11-15 21:05"
MORNING: Final = [step.id for step in weekday.DAY if isinstance(step, Step) and step.at.hour < 12]


@pytest.fixture(scope="module")
def shop(sample_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(sample_shop, tmp_path_factory.mktemp("planted") / "lanting")


@pytest.fixture(scope="module")
def asked(shop: Path) -> Asked:
    """Return what ``shopday ask SHOP STEP --date D --json`` prints; each question is asked once."""
    return asking_of(shop)


@cache
def figures() -> dict[str, float]:
    """What was planted, counted from the simulated days and not from the exports."""
    return planted(build())


TROUBLES = {
    "the target is narrowly reachable": Trouble(
        "target", "target/month", "watch", ("15 days left",), {"reached": (1, 1), "target": (1, 0)}
    ),
    "the jeans run out": Trouble(
        "stock",
        "stock/order/736500100102",
        "act",
        ("very likely sell out before the new stock arrives",),
        {"jeans_lead": (1, 0)},
        "Lower the ads",
    ),
    "the sun shirt does not sell": Trouble(
        "stock",
        "stock/slow/736500100120",
        "watch",
        ("Do not reorder",),
        {"sunwear_on_hand": (1, 0), "sunwear_sold": (1, 0)},
        "Clear",
    ),
    "short videos died": Trouble(
        "drivers",
        "incidents/source_visitors/短视频",
        "act",
        ("12 Nov",),
        {"video_after": (1, 2)},
        "Find out why",
    ),
    "the cardigan comes back for its quality": Trouble(
        "drivers", "incidents/reason_refunds/736500100101/质量问题", "act", ("since 4 Nov", "做工粗糙")
    ),
    "too many leave at once": Trouble(
        "page", "page/bounce", "act", ("Mon 9 Nov",), {"bounce_last": (100, 0.1)}, "no additional traffic"
    ),
    "the average order against the hero's passes": Trouble(
        "page", "page/aov", "good", ("meets its limit of 1.30",), {"aov_ratio": (1, 0.05)}
    ),
    "the winter line sells elsewhere": Trouble(
        "rivals",
        "rivals/season",
        "act",
        ("素年锦时", "禾田", "(180)", "(150)"),
        {},
        "List this season's styles",
    ),
    "one rival fell back": Trouble(
        "rivals", "rivals/fell_back/r02", "good", ("针织开衫女", "none of the last 5")
    ),
    "one rival was not looked at": Trouble("rivals", "rivals/stale/r05", "watch", ("10 Nov",), {}, "Look at"),
    "the cardigan's seams": Trouble(
        "reviews",
        "reviews/rise/736500100101",
        "act",
        ("开线", "掉色"),
        {"bad_reviews": (1, 0)},
        "Stop shipping this batch",
    ),
    "one more bad review hides in an addition": Trouble(
        "reviews", "reviews/addition/*", "watch", ("5 Nov", "开线")
    ),
    "the dress is copied": Trouble(
        "reviews",
        "reviews/copy/736500100103/衣品汇小铺",
        "act",
        ("our pictures", "¥159"),
        {},
        "File a complaint about stolen pictures",
    ),
    "one word burns money": Trouble(
        "paid",
        "paid/delete/736500100101/毛衣女",
        "act",
        (),
        {"burning_clicks": (1, 150), "burning_orders": (1, 1), "burning_rate": (100, 0.11)},
        "Delete",
    ),
    "a word to add once reviews and refunds are normal": Trouble(
        "paid",
        "paid/add/736500100101/法式针织开衫外搭",
        "info",
        ("add it once reviews and refunds are back to normal",),
    ),
    "no price raised for what buyers complain about": Trouble(
        "paid",
        "paid/worse/736500100101",
        "watch",
        ("bad reviews are increasing", "Do not advertise it more until the cause is fixed"),
    ),
    "a word to add when its goods are in": Trouble(
        "paid", "paid/add/736500100102/高腰直筒裤女显瘦", "info", ("add it once stock arrives",)
    ),
    "the sign-up ends": Trouble(
        "campaigns", "campaigns/deadline/双12 预热", "act", ("Wed 18 Nov", "主图", "锁定价", "库存承诺")
    ),
    "the ads' money does not last": Trouble(
        "checks", "checks/balance", "act", ("¥860", "before noon"), {}, "Top up"
    ),
    "a tool ends": Trouble("checks", "checks/expires/*", "watch", ("市场洞察专业版", "20 Nov", "in 4 days")),
    "a promise was not kept": Trouble(
        "standup", "standup/promise/*", "watch", ("Missed", "林夕"), {"bounce_3": (100, 0.1)}
    ),
    "a promise was kept: quicker answers": Trouble(
        "standup", "standup/promise/*", "good", ("Kept", "木子"), {"muzi_seconds": (1, 0.5)}
    ),
    "a promise was kept: a cheaper click": Trouble(
        "standup", "standup/promise/*", "good", ("Kept", "羊毛大衣女"), {"coat_cpc": (1, 0.01)}
    ),
    "of a promise for the great day nobody can tell": Trouble(
        "standup",
        "standup/promise/*",
        "info",
        ("Cannot tell", "双11", "a campaign affected it too"),
        {"peak": (1, 1)},
    ),
    "of a promise nobody can tell": Trouble(
        "standup",
        "standup/promise/*",
        "info",
        ("Cannot tell", "斗篷", "2.5%", "so small a change would not show even in two months"),
    ),
    "a picture was changed and service not told": Trouble(
        "design", "design/untold/736500100104", "act", ("12 Nov", "拍下送同色腰带")
    ),
    "the down jacket's pictures are late": Trouble(
        "design", "design/new/736500100124", "act", ("15 Nov", "20 Nov")
    ),
    "a picture test is in": Trouble(
        "design", "design/test/736500100107", "good", ("428/10,180", "347/10,210")
    ),
    "a post has no figures": Trouble("content", "content/figures", "watch", ("微淘",)),
    "one agent is really below": Trouble(
        "service",
        "service/below/木子",
        "act",
        ("clearly below the team's",),
        {"weak_paid": (1, 0), "weak_asked": (1, 0), "muzi_seconds": (1, 0.5)},
    ),
    "one agent is above": Trouble("service", "service/above/阿珂", "good", ("244/464",)),
    "five buyers about the colour": Trouble(
        "service", "service/ideas/736500100101/*", "watch", ("5 buyers",)
    ),
    "four buyers about the size": Trouble("service", "service/ideas/736500100102/*", "watch", ("4 buyers",)),
    "the wake-up leans to working": Trouble("members", "members/woken/*", "info", ("63/900", "4/100")),
    "a search term rises": Trouble(
        "optimise",
        "optimise/rising/美拉德针织开衫",
        "watch",
        (
            "100 visits in the previous 11 days, 506 in the last 11",
            "Start by adding “美拉德” to the title of 法式针织开衫",
        ),
    ),
    "a price lowered on young figures": Trouble(
        "paid",
        "paid/reopened/736500100104/薄外套女秋",
        "watch",
        ("5 orders of 579 clicks", "8 orders of 579 clicks", "which means “raise”. Decide again"),
        {},
        "again with the final figures",
    ),
    "a rival cuts its hero's price": Trouble(
        "rivals", "rivals/hero/r01", "watch", ("短款羽绒服", "599 → 529"), {}, "stops selling"
    ),
    "a rival's hero has another picture": Trouble(
        "rivals", "rivals/hero/r02", "info", ("模特半身米色 → 三色平铺加到手价",), {}, "main picture"
    ),
    "last year's 双11 was signed": Trouble(
        "campaigns", "campaigns/review/双11 大促", "info", ("Result signed off last year: +¥541,000",)
    ),
    "the next hero": Trouble(
        "optimise", "optimise/hero/736500100121", "good", ("its search visitors changed by +",)
    ),
    "nobody decided on a notice": Trouble("notices", "notices/潮流女装日", "act", ("in 1 day",)),
    "the money does not last the evening": Trouble(
        "evening_ads", "evening_ads/balance", "act", ("¥860", "¥1,570"), at="2026-11-16 20:05"
    ),
    "evenings convert less": Trouble(
        "evening_service",
        "evening_service/shift",
        "info",
        ("With the same agents (5)", "-13.5 points", "the true difference is smaller: do not act on it"),
    ),
    "one rival is surely orders ahead": Trouble(
        "order_gap",
        "order_gap/rival/r01",
        "info",
        ("180–220 orders", "74–114 more than ours"),
        at=SUNDAY_AT_NINE,
    ),
    "prices fall on the hour": Trouble("live", "live/pattern/flash", "info", ("3 shops",)),
    "what was seen in a stream nobody took on": Trouble("live", "live/borrow/*", "watch", ("整点秒杀",)),
    "what was seen in a group is done": Trouble(
        "communities",
        "communities/borrow/*",
        "info",
        ("carried out: 老客群每周三晚上新抢先看", "It cannot be told whether the idea works"),
    ),
}


def known() -> dict[str, float]:
    whole = figures()
    return whole | {"aov_ratio": whole["aov_shop"] / whole["aov_hero"]}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_planted_trouble_is_found_with_its_figures(name: str, asked: Asked) -> None:
    trouble = TROUBLES[name]
    assert_found(trouble, asked(trouble.step, trouble.at), known())


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("target", ("30% likely to reach the month's target",)),
        ("stock", ("高腰直筒牛仔裤", "takes 9 days")),
        ("drivers", ("法式针织开衫", "质量问题", "since 4 Nov")),
        ("page", ("Fix the page before buying traffic",)),
        ("rivals", ("list ours now", "慕言 no longer holds")),
        ("reviews", ("法式针织开衫", "9 of")),
        ("paid", ("“毛衣女” loses", "delete it")),
        ("campaigns", ("双12 预热", "in 2 days")),
        ("checks", ("¥860", "Top up")),
        ("service", ("木子 31.9%", "阿珂")),
        ("design", ("the service team does not know",)),
    ],
)
def test_the_verdict_says_it_first(step: str, words: tuple[str, ...], asked: Asked) -> None:
    assert all(one in asked(step)["verdict"]["text"] for one in words)


@dataclass(frozen=True)
class Alone:
    """What no finding that asks for something may name."""

    steps: tuple[str, ...]
    names: tuple[str, ...]
    """Words of a finding's key or text."""
    at: str = MONDAY
    words: tuple[str, ...] = ()
    """What the answer says instead, in its verdict, findings or limits."""


LEFT_ALONE = {
    "sales after the great day": Alone(
        ("target", "drivers"),
        ("target/yesterday", "drivers/visitors", "drivers/conversion", "drivers/gmv"),
        words=("Double 11",),
    ),
    "a Sunday below its Saturday": Alone(("drivers",), ("drivers/aov",), words=("within the usual range",)),
    "the presale, 22 October": Alone(("drivers",), ("",), "2026-10-23 08:30", ("nothing to do",)),
    "the presale, 26 October": Alone(("drivers",), ("",), "2026-10-27 08:30", ("nothing to do",)),
    "the presale, 29 October": Alone(("drivers",), ("",), "2026-10-30 08:30", ("nothing to do",)),
    "fourteen visitors from 小红书": Alone(("target", "drivers", "content", "promotion"), ("小红书",)),
    "words with few clicks": Alone(
        ("paid", "optimise"),
        ("奶茶色毛衣开衫", "小个子牛仔裤", "度假长裙"),
        words=("too few clicks to judge",),
    ),
    "the newcomer's lowest figure": Alone(
        ("service", "evening_service"), ("小满",), words=("chance alone would give 20%–59%: cannot tell",)
    ),
    "one bad review of the trench coat": Alone(
        ("reviews",),
        ("736500100104", "风衣"),
        words=("1 bad review of this week is about other items, which are not judged",),
    ),
    "six blouses": Alone(("stock", "promotion"), ("736500100119", "雪纺")),
    "the return of the last days": Alone(
        ("paid",), ("13 Nov", "14 Nov", "15 Nov"), words=("13 Nov to 15 Nov are too recent to judge",)
    ),
    "a budget that is not used up": Alone(
        ("evening_ads",), ("evening_ads/",), SUNDAY_AT_EIGHT, ("A higher budget would change nothing",)
    ),
    "a return that is not credited yet": Alone(
        ("evening_ads",), ("ROI",), SUNDAY_AT_NINE, ("the ROI will end at about 3.01", "no reason to cut")
    ),
    "a term that jumped for a day": Alone(("optimise", "paid"), ("多巴胺",)),
    "a decision on young figures that holds": Alone(
        ("paid",),
        ("paid/reopened/736500100104/风衣女",),
        words=("“风衣女”: lower (then 19/1,416, with all orders credited 20/1,416)",),
    ),
    "a rival's hero that did not move": Alone(("rivals",), ("rivals/hero/r04", "双面呢大衣")),
    "a campaign without effect": Alone(
        ("campaigns",),
        ("老客包邮周末",),
        words=("Effect cannot be told: days like these vary as much by chance",),
    ),
    "one wish for a gift box": Alone(("service",), ("礼盒", "gift")),
    "what somebody typed of fake orders": Alone(
        ("order_gap", "evening_ads"), ("补单", "刷单"), SUNDAY_AT_NINE
    ),
}


def asking(answer: Json) -> list[Json]:
    return [one for one in answer["findings"] if one["level"] in ("act", "watch")]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_no_trouble_is_left_alone(name: str, asked: Asked) -> None:
    alone = LEFT_ALONE[name]
    answers = [asked(step, alone.at) for step in alone.steps]
    named = [
        (one["key"], one["text"])
        for answer in answers
        for one in asking(answer)
        if any(word in f"{one['key']} {one['text']}" for word in alone.names)
    ]
    assert named == []
    said = json.dumps(answers, ensure_ascii=False)
    assert [words for words in alone.words if words not in said] == []


def test_what_nobody_can_tell_asks_for_nothing(asked: Asked) -> None:
    """An evening's gap that late payments may make, an idea without a number, promises not yet clear."""
    for step, key in [
        ("evening_service", "evening_service/shift"),
        ("communities", "communities/borrow/*"),
        ("standup", "standup/promise/*"),
    ]:
        open_ones = [
            one for one in asked(step)["findings"] if fnmatchcase(one["key"], key) and one["level"] == "info"
        ]
        assert open_ones
        assert [one["key"] for one in open_ones if one["proposals"]] == []


def test_words_that_cost_a_little_too_much_are_lowered_and_not_deleted(asked: Asked) -> None:
    keys = [one["key"] for one in asking(asked("paid"))]
    assert [key for key in keys if key.startswith("paid/delete/")] == ["paid/delete/736500100101/毛衣女"]
    assert {"paid/lower/736500100102/牛仔裤女", "paid/lower/736500100105/毛衣女秋冬"} <= set(keys)


def test_fake_orders_are_named_with_the_law_and_never_counted(asked: Asked) -> None:
    (law,) = [one for one in asked("order_gap", SUNDAY_AT_NINE)["findings"] if "补单" in one["text"]]
    assert (law["key"], law["level"], law["proposals"]) == ("order_gap/law", "info", [])
    assert "left out of every figure" in law["text"]


def test_nothing_the_day_asks_for_is_outside_the_story(asked: Asked) -> None:
    """The most urgent level is kept for what was planted."""
    planted_ones = [one.key for one in TROUBLES.values()]
    planted_ones += [
        "checks/after_sales",
        "standup/budget",
    ]
    urgent = [
        one["key"]
        for step in [*MORNING, "design", "content", "service", "members", "optimise", "notices", "promotion"]
        if step != "month_plan"
        for one in asked(step)["findings"]
        if one["level"] == "act"
    ]
    assert [key for key in urgent if not any(fnmatchcase(key, one) for one in planted_ones)] == []


# -- the documented shape ----------------------------------------------------------------------------

ISO_DAY = A(date.fromisoformat)
CELL_KINDS = OneOf("money", "count", "rate", "ratio", "text", "date", "days")


def _about(told: Any) -> About:
    """Return what the plain object names; TypeError for a field nobody documented."""
    return About(**told)


PROPOSAL = {
    "role": str,
    "text": str,
    "metric": Maybe(str),
    "direction": Maybe(OneOf("up", "down", "hold")),
    "due": Maybe(ISO_DAY),
    "expected": Maybe(float),
    "item": Maybe(str),
    "deed?": OneOf(*get_args(Deed)),
    "about?": A(_about),
    "quantity?": float,
    "price?": float,
    "arrives?": ISO_DAY,
}
IMPACT = {
    "yuan": float,
    "per": OneOf("day", "once"),
    "low?": float,
    "high?": float,
    "of?": OneOf("margin", "sales", "capital"),
    "side?": OneOf("loss", "gain"),
}
FINDING = {
    "key": str,
    "level": OneOf(*LEVELS),
    "text": str,
    "proposals": [PROPOSAL],
    "kind?": str,
    "about?": A(_about),
    "impact?": IMPACT,
    "states?": [str],
    "found?": [str],
    "settled?": [PROPOSAL],
    "asked?": OneOf(*LEVELS),
    "incident?": str,
    "since?": ISO_DAY,
    "sure?": float,
}
NUMBER = {
    "kind": OneOf("number"),
    "name": str,
    "unit": str,
    "value": Maybe(float),
    "low": Maybe(float),
    "high": Maybe(float),
    "reference": Maybe(float),
}


def _total(total: Any) -> None:
    """Refuse what the totals row does not know: neither a sum nor a rate of the sums of two columns."""
    if not re.fullmatch(r"sum|ratio:[a-z0-9_]+/[a-z0-9_]+", total):
        raise ValueError(total)


TABLE = {
    "kind": OneOf("table"),
    "name": str,
    "columns": [{"name": str, "kind": CELL_KINDS, "id?": str, "total?": A(_total)}],
    "rows": [[Maybe(str, float, bool)]],
    "keys": [str],
    "about?": [A(_about)],
    "holds?": [OneOf(*get_args(Held))],
}
SERIES = {
    "kind": OneOf("series"),
    "name": str,
    "unit": str,
    "dates": [ISO_DAY],
    "values": [Maybe(float)],
    "marks": [{"date": ISO_DAY, "text": str}],
    "targets?": [Maybe(float)],
    "low?": [Maybe(float)],
    "high?": [Maybe(float)],
    "limit?": bool,
    "lead?": bool,
}
PART = {"name": str, "value": float, "low": Maybe(float), "high": Maybe(float)}
SPLIT = {
    "kind": OneOf("split"),
    "name": str,
    "unit": str,
    "total": float,
    "parts": [PART],
    "start?": PART,
    "end?": PART,
    "lead?": bool,
}
BAR = {
    "name": str,
    "value": Maybe(float),
    "limit?": Maybe(float),
    "low?": Maybe(float),
    "high?": Maybe(float),
    "state?": OneOf("met", "missed", "plain"),
}
BARS = {"kind": OneOf("bars"), "name": str, "unit": str, "bars": [BAR], "limit?": str, "lead?": bool}

MONTH = {
    "day": ISO_DAY,
    "sold": float,
    "day_target": float,
    "to_date": float,
    "target_to_date": float,
    "target": float,
    "chance": Maybe(float),
    "level": OneOf(*LEVELS),
    "net?": bool,
}


def _figures(days: Any) -> dict[date, dict[str, float]]:
    """Return the shop's figures by day; ValueError for one nobody documented."""
    for values in days.values():
        if set(values) - {"gmv", "visitors", "conversion", "aov"}:
            raise ValueError(list(values))
    return {
        date.fromisoformat(day): {name: float(value) for name, value in values.items()}
        for day, values in days.items()
    }


SHAPE = {
    "step": str,
    "date": ISO_DAY,
    "verdict": {"level": OneOf(*LEVELS), "text": str, "asks?": bool},
    "findings": [FINDING],
    "evidence": [OneOf(NUMBER, TABLE, SERIES, SPLIT, BARS)],
    "limits": [str],
    "needs": [
        {
            "sheet": str,
            "state": OneOf("complete", "partial", "missing", "stale", "immature"),
            "how": str,
            "missing": [ISO_DAY],
        }
    ],
    "batches": [str],
    "figures": A(_figures),
    "month?": MONTH,
}


@pytest.mark.parametrize("step", MORNING)
def test_the_json_of_a_morning_step_is_as_documented(step: str, asked: Asked) -> None:
    answer = asked(step)
    assert differences(answer, SHAPE) == []
    assert (answer["step"], answer["date"]) == (step, "2026-11-16")
    keys = [one["key"] for one in answer["findings"]]
    assert len(keys) == len(set(keys))
    for one in answer["findings"]:  # what it says it is about is what its key says
        known = about_of(one["key"])
        assert "kind" not in one or not known[0] or known == (one["kind"], About(**one.get("about", {})))
    for table in (one for one in answer["evidence"] if one["kind"] == "table"):
        assert {len(row) for row in table["rows"]} <= {len(table["columns"])}
        assert len(table["keys"]) in (0, len(table["rows"]))
    for series in (one for one in answer["evidence"] if one["kind"] == "series"):
        told = [series[name] for name in ("values", "targets", "low", "high") if name in series]
        assert {len(figures) for figures in told} == {len(series["dates"])}
    for split in (one for one in answer["evidence"] if one["kind"] == "split"):
        assert sum(part["value"] for part in split["parts"]) == pytest.approx(split["total"], abs=0.02)


def test_every_morning_step_of_the_documents_is_asked() -> None:
    morning = ["target", "stock", "drivers", "page", "rivals", "reviews", "paid", "campaigns", "checks"]
    assert [*morning, "standup", "hands_on"] == MORNING


def test_a_process_of_its_own_prints_the_same(shop: Path, asked: Asked) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "ask", str(shop), "stock", "--date", "2026-11-16", "--json"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"SHOPDAY_LANG": "en"},
    )
    assert json.loads(done.stdout) == asked("stock")
