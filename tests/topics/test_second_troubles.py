"""Every planted trouble of the second shop is named by its step, and what is no trouble is left alone.

One case a line of sample/tangli/STORY.md. A step is asked once; its answer serves all cases.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from sample.second_measured import LOSES_NET, planted
from sample.shops import TANGLI
from sample.world import build
from tests.conftest import ROOT, copy_of
from tests.topics.planted import Asked, Trouble, asking, assert_found, numbers
from tui.cli.commands import shopday
from tui.cli.context import Terms

ID = {item.key: item.id for item in TANGLI.items}


@pytest.fixture(scope="module")
def shop(second_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(second_shop, tmp_path_factory.mktemp("second") / "tangli")


@pytest.fixture(scope="module")
def asked(shop: Path) -> Asked:
    return asking(shop)


@cache
def figures() -> dict[str, float]:
    """What was planted, counted from the simulated days and not from the exports."""
    return planted(build(TANGLI))


TROUBLES = {
    "what November kept": Trouble(
        "target", "target/kept", "info", ("left after refunds", "net profit after all costs"),
        {"paid": (1, 1)},
    ),
    "the net target is narrowly reachable": Trouble(
        "target", "target/net_month", "watch", ("of ¥1,140,000 so far, 15 days left",), {},
        "missing after refunds",
    ),
    "yesterday was missed after refunds": Trouble(
        "target", "target/net", "watch", ("not reached", "is still expected"), {"paid_last": (1, 1)}
    ),
    "the cardigan comes back for its quality": Trouble(
        "drivers", f"incidents/reason_refunds/{ID['cardigan']}/质量问题", "act", ("温柔风针织开衫",)
    ),
    "the bottoming shirt comes back": Trouble(
        "drivers", f"incidents/item_refunds/{ID['base']}", "watch", ("德绒打底衫", "refunds a day since"), {},
        "newest refunds",
    ),
    "short videos died": Trouble(
        "drivers", "incidents/source_visitors/短视频", "act", ("12 Nov",), {"video_after": (1, 2)},
        "Find out why",
    ),
    "the jeans run out": Trouble(
        "stock", f"stock/order/{ID['jeans']}", "act", ("takes 9 days", "will probably sell out"), {}, "Order"
    ),
    "the sun shirt does not sell": Trouble(
        "stock", f"stock/slow/{ID['sunwear']}", "watch", ("Do not reorder",),
        {"sunwear_on_hand": (1, 0)}, "Clear",
    ),
    "a word burns money": Trouble("paid", f"paid/delete/{ID['cardigan']}/毛衣女", "act", ("It loses",)),
    "a word earns gross and loses net": Trouble(
        "paid", f"paid/lower/{ID['dress']}/{LOSES_NET}", "watch",
        ("Judged by margin alone, this keyword would pay", "after fees, parcels and returns"),
    ),
    "a whole-site plan overspends": Trouble(
        "paid", f"paid/site_step/{ID['sweater']}/*", "watch", ("Undo this change to the plan",),
        {"orders_more": (1, 0.06), "spent_more": (1, 1)}, "Undo the last change",
    ),
    "its page recommends too low a target": Trouble(
        "paid", f"paid/site_target/{ID['sweater']}/*", "watch", ("4.58", "assuming a refund rate of 12%")
    ),
    "a decision on young figures": Trouble(
        "paid", f"paid/reopened/{ID['trench']}/风衣女", "watch", (),
        {"word_then": (1, 0), "word_in_full": (1, 0), "word_clicks": (1, 0)},
    ),
    "orders are not sent": Trouble(
        "checks", "checks/dispatch", "act", ("since 12 Nov", "older than 48 hours"), {"unsent": (1, 0)},
        "Send",
    ),
    "the score falls": Trouble(
        "checks", "checks/experience_fall/refund_hours", "watch", ("refund time, 4.48 → 4.05",),
        {"score": (1, 0.001), "score_before": (1, 0.001)}, "Process returned parcels",
    ),
    "a line of the bill does not fit": Trouble(
        "checks", "checks/fee_bill/points", "watch", ("reward points", "1.10%", "0.50%"),
        {"points_more": (1, 1)}, "Check the reward points",
    ),
    "compensation for late parcels": Trouble(
        "checks", "checks/compensation", "info", ("延迟发货赔付红包",), {"compensation": (1, 0)}
    ),
    "offers add up below cost": Trouble(
        "checks", f"checks/offers/{ID['vest']}", "act", ("¥41.20", "¥43"), {}, "Remove one of the offers"
    ),
    "the ad balance does not last": Trouble("checks", "checks/balance", "act", ("¥910",), {}, "Top up"),
    "returned parcels wait": Trouble("checks", "checks/after_sales", "act", ("are waiting, the oldest",)),
    "a tool ends": Trouble("checks", "checks/expires/生意参谋 市场洞察专业版", "watch", ("in 4 days",)),
    "too many leave at once": Trouble(
        "page", "page/bounce", "act", ("Mon 9 Nov",), {"bounce_last": (100, 0.1)}, "no additional traffic"
    ),
    "the cardigan's seams": Trouble(
        "reviews", f"reviews/rise/{ID['cardigan']}", "act", ("9 of", "开线", "掉色"), {},
        "Stop shipping this batch",
    ),
    "the dress is copied": Trouble("reviews", f"reviews/copy/{ID['dress']}/衣品汇小铺", "act", ("¥229",)),
    "the festival as one": Trouble("campaigns", "campaigns/effect/双11", "good", ("双11 sold",)),
    "a sign-up closes": Trouble("campaigns", "campaigns/deadline/双12 预热", "act", ("in 2 days",)),
    "a rival cuts prices": Trouble("rivals", "rivals/listings/r03", "watch", ("4 of 12 items cheaper",)),
    "a rival fell back": Trouble("rivals", "rivals/fell_back/r02", "good", ("针织开衫女",)),
    "a rival was not looked at": Trouble("rivals", "rivals/stale/r05", "watch", ("10 Nov",)),
    "an agent is really below": Trouble("service", "service/below/木子", "act", ("clearly below",)),
    "an agent is really above": Trouble("service", "service/above/小禾", "good", ("worth sharing",)),
    "service was not told": Trouble("design", f"design/untold/{ID['trench']}", "act", ("拍下送同色腰带",)),
    "a search term rises": Trouble("optimise", "optimise/rising/美拉德针织开衫", "watch", ("are rising",)),
    "nobody decided": Trouble("notices", "notices/潮流女装日", "act", ("not decided yet",)),
}  # fmt: skip


@pytest.mark.parametrize("name", TROUBLES)
def test_a_planted_trouble_is_named_by_its_step(name: str, asked: Asked) -> None:
    trouble = TROUBLES[name]
    assert_found(trouble, asked(trouble.step, trouble.at), figures())


def test_every_step_of_the_story_has_its_cases() -> None:
    page = (ROOT / "sample" / TANGLI.folder / "STORY.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert set(told) == {one.step for one in TROUBLES.values()}
    assert len(told) <= len(TROUBLES)


URGENT_BESIDES = ("checks/pickup", "standup/budget", "rivals/season", "paid/delete/*/毛呢外套女冬")
"""The seven unsent parcels again; the balance again; as in the first shop; a dear word of the coat."""


def test_nothing_the_morning_asks_for_at_once_is_outside_the_story(asked: Asked) -> None:
    known = [*(one.key for one in TROUBLES.values()), *URGENT_BESIDES]
    steps = [
        "target",
        "stock",
        "drivers",
        "page",
        "rivals",
        "reviews",
        "paid",
        "campaigns",
        "checks",
        "standup",
    ]
    urgent = [one["key"] for step in steps for one in asked(step)["findings"] if one["level"] == "act"]
    assert [key for key in urgent if not any(fnmatchcase(key, one) for one in known)] == []


def test_words_with_few_clicks_and_agents_with_few_talks_are_left_alone(asked: Asked) -> None:
    asks = [
        f"{one['key']} {one['text']}"
        for step in ("paid", "optimise", "service")
        for one in asked(step)["findings"]
        if one["level"] in ("act", "watch")
    ]
    spared = ("奶茶色毛衣开衫", "小个子牛仔裤", "度假长裙", "小满", "礼盒")
    assert [one for one in asks if any(name in one for name in spared)] == []


def test_yesterdays_refunds_are_not_all_in_and_its_mark_is_hollow(asked: Asked) -> None:
    course = next(
        one
        for one in asked("target")["evidence"]
        if one["kind"] == "table" and "after refunds" in one["name"]
    )
    at = [column["id"] for column in course["columns"]].index("net_state")
    marks = {row[0]: row[at] for row in course["rows"]}
    assert marks["2026-11-01"] == "✗ missed"
    assert {marks[f"2026-11-{day:02d}"][0] for day in range(9, 16)} == {"◦"}
    assert marks["2026-11-14"] == "◦ cannot tell"


def test_the_first_key_figure_is_what_is_left_after_refunds(asked: Asked) -> None:
    figures_ = next(one for one in asked("summary")["evidence"] if one.get("name") == "Key figures")
    ids = [column["id"] for column in figures_["columns"]]
    first, second = (dict(zip(ids, row, strict=True)) for row in figures_["rows"][:2])
    assert (first["key_figure"], second["key_figure"]) == ("Net sales", "Sales")
    assert numbers(first["seen"])[0] < 0.6 * numbers(second["seen"])[0]
    assert first["state"] in ("missed", "not reached")


def test_the_boss_reads_on_the_first_page_what_was_kept(shop: Path) -> None:
    """「到底留下了多少钱？」: after refunds and after all costs, in the report's first sentence."""
    now = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    done = CliRunner().invoke(
        shopday, ["report", str(shop), "--date", date(2026, 11, 15).isoformat()],
        obj=Terms(clock=lambda: now, user="boss"), env={"SHOPDAY_LANG": "zh"},
    )  # fmt: skip
    first = done.output.split("\n")[2]
    assert re.search(r"支付 ¥[\d,]+，退款后留下 ¥[\d,]+，扣完所有成本净利润约 ¥[\d,]+", first), first
