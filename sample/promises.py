"""Promises made in stand-ups, with the notes, replies and decisions of those days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sample import season
from sample.ad_files import EARLY, credited, led_to
from sample.catalogue import NEW_AGENT_DAYS
from sample.outline import Outline
from sample.traffic import days_of
from sample.typing_in import CONTENT, DESIGN, OPERATOR, PROMOTION, SERVICE, Entry, entry
from sample.words import BURNING, LATE_BUYERS, STILL_DEAR
from sample.world import World

DECIDED_YOUNG = (LATE_BUYERS, STILL_DEAR)
"""Words about which something was decided on 5 November, on incompletely credited figures."""
LAST_SEEN = date(2026, 11, 1)
"""The newest day whose figures were old enough to be looked at on 5 November."""
BIG = 1.5
"""Days that sold more than this multiple of an ordinary day were left out."""


@dataclass(frozen=True)
class Young:
    """Clicks and orders of a word in these weeks, as reported on 5 November and as credited in full."""

    clicks: int
    then: int
    in_full: int


def _seen_then(outline: Outline) -> list[date]:
    """Return the four weeks looked at on 5 November, without the largest campaign days."""
    days = days_of(season.FIRST, LAST_SEEN)
    spans = {day: outline.season.span(day) for day in days}
    return [day for day, span in spans.items() if span is None or span.sales <= BIG][-28:]


def young(world: World, word: str) -> Young:
    """Return a word's figures of the four weeks before the decisions of 5 November."""
    clicks = then = in_full = 0
    for day in _seen_then(world.outline):
        led = led_to(world, day)
        for ad in (ad for ad in world.traffic[day].ads if ad.word == word):
            clicks, in_full = clicks + ad.clicks, in_full + len(led[id(ad)])
            then += sum(credited(world.outline, order, day) < EARLY for order in led[id(ad)])
    return Young(clicks, then, in_full)


def _action(handle: str, at: str, who: str, role: str, text: str, due: str, **measure: object) -> Entry:
    data = {"id": handle, "text": text, "role": role, "owner": who, "due": f"2026-{due}", **measure}
    return entry(at, "action", "standup", OPERATOR, **data)


def promises(outline: Outline) -> list[Entry]:
    """Return the actions with their ids a1 … a7, and the updates of some."""
    return [
        _action(
            "a1",
            "11-12 10:20",
            SERVICE,
            "service",
            "木子用快捷短语，平均响应压到 40 秒以内",
            "11-15",
            metric="average_response_s",
            direction="down",
            expected=40.0,
            item="木子",
        ),
        _action(
            "a2",
            "11-12 10:21",
            DESIGN,
            "design",
            "首页首屏换回日常款，跳失率回到 70% 以下",
            "11-15",
            metric="bounce_rate",
            direction="down",
            expected=0.70,
        ),
        _action(
            "a3",
            "11-12 10:22",
            DESIGN,
            "design",
            "斗篷外套换主图，转化率做到 2.5%",
            "11-15",
            metric="conversion",
            direction="up",
            expected=0.025,
            item=outline.item["cape"].id,
        ),
        _action(
            "a4",
            "11-12 10:24",
            PROMOTION,
            "promotion",
            "“羊毛大衣女”降出价，点击花费压到 2.60 元以内",
            "11-15",
            metric="cpc",
            direction="down",
            expected=2.60,
            item="羊毛大衣女",
        ),
        _action(
            "a5",
            "11-13 10:19",
            CONTENT,
            "supply",
            "催中山牛仔厂，确认直筒牛仔裤最快交期",
            "11-17",
            metric="on_hand",
            direction="up",
            expected=400.0,
            item=outline.item["jeans"].id,
        ),
        _action("a6", "11-13 10:23", SERVICE, "service", "小满跟岗一周，每天复盘三段聊天", "11-18"),
        _action(
            "a7",
            "11-10 10:22",
            PROMOTION,
            "promotion",
            "双11 当天预算提到 10,000，晚上 8 点前不断档",
            "11-11",
            metric="gmv",
            direction="up",
            expected=outline.peak_target,
        ),
        entry(
            "11-11 23:40",
            "action-update",
            "summary",
            PROMOTION,
            action="a7",
            state="done",
            reason="花了 1 万出头，没有断档",
        ),
        entry(
            "11-15 17:35",
            "action-update",
            "wrapup",
            DESIGN,
            action="a2",
            state="open",
            reason="首屏还没换，等模特图",
        ),
        entry(
            "11-15 17:36",
            "action-update",
            "wrapup",
            SERVICE,
            action="a1",
            state="done",
            reason="快捷短语都配好了",
        ),
    ]


def _on_young_figures(world: World) -> list[Entry]:
    """Return two decisions, based on incompletely credited figures, and why they were not carried out."""
    trench = world.outline.item["trench"]
    made = []
    for minute, word in enumerate(DECIDED_YOUNG):
        seen = young(world, word)
        key = f"paid/word/{trench.id}/{word}"
        kept = {
            "关键词": word,
            "商品": trench.title[:4],
            "决定": "降价",
            "点击量": f"{seen.clicks:,}",
            "成交笔数": str(seen.then),
        }
        made += [
            entry(f"11-05 09:{51 + minute}", "decision", "paid", key=key, choice="lower", detail=kept),
            entry(f"11-05 11:{44 + minute}", "decision", "hands_on", PROMOTION, key=key, choice="not done",
                  detail="双11 前不动价，大促后再看"),
        ]  # fmt: skip
    return made


def finds(world: World) -> tuple[tuple[str, str, str, str], ...]:
    """Return the planted findings among the decisions: step, what, figures, conclusion."""
    seen = young(world, LATE_BUYERS)
    figures = (
        f"{seen.then} orders of {seen.clicks} clicks then, {seen.in_full} of {seen.clicks} credited in full: "
        "it earns a higher price"
    )
    end = "opens again by itself on 11-16: decide anew"
    return (("paid", f"“{LATE_BUYERS}” was to become cheaper on 11-05", figures, end),)


def leave(world: World) -> tuple[tuple[str, str], ...]:
    """Return the decision that should stay as it is, and why."""
    seen = young(world, STILL_DEAR)
    why = (
        f"{seen.then} orders of {seen.clicks:,} clicks then, {seen.in_full} in full: still too dear, "
        "the decision holds"
    )
    return ((f"“{STILL_DEAR}”, lowered on 11-05 on young figures too", why),)


def words(world: World) -> list[Entry]:
    """Return notes, replies and decisions of the last days."""
    asked, paid = (sum(pair[at] for pair in NEW_AGENT_DAYS.values()) for at in (0, 1))
    return [
        entry("11-11 23:52", "note", "summary", text="双11 收官，比去年多两成。今晚都早点休息，明天看退款。"),
        entry("11-12 09:05", "note", "drivers", text="返场日流量正常回落，先不动预算。"),
        *_on_young_figures(world),
        entry(
            "11-13 09:52",
            "decision",
            "paid",
            key=f"paid/word/{BURNING}",
            choice="observe",
            detail="点击多不出单，先看到周一",
        ),
        entry(
            "11-13 09:54",
            "decision",
            "paid",
            key="paid/word/羊毛大衣女",
            choice="lower",
            detail="出价下调 20%",
        ),
        entry(
            "11-14 08:50",
            "reply",
            "stock",
            question="Which reorder goes out today, how many, and when will it be on the shelf?",
            text="牛仔裤等工厂回话，周一再定数量。",
        ),
        entry(
            "11-14 09:27",
            "reply",
            "rivals",
            question="Who fought for the first ad place and then dropped out?",
            text="慕言 11 号以后就不在第一了，再看两天。",
        ),
        entry(
            "11-15 15:20",
            "note",
            "service",
            SERVICE,
            text=f"小满上岗五天接了 {asked} 个成交 {paid} 个，先陪跑，不急着下结论。",
        ),
        entry("11-15 21:56", "note", "summary", text="周末平平。明天周例会：跳失率、牛仔裤库存、双12 报名。"),
    ]
