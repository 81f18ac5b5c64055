"""A shop that has been worked in for ten years: its journal, written straight to files and quickly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from math import pi, sin
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.answers.answer import Answer, Finding, Number, Proposal, Verdict
from core.answers.answer_codec import encode
from core.journal.day_files.dayfile import ABOUT, ENTRIES, FORMAT, file_of
from core.journal.entry import Entry, Kind
from core.journal.entry_codec import row_of, spelled, tick

LAST: Final = date(2026, 11, 15)
"""The last of the days."""
ZONE: Final = ZoneInfo("Asia/Shanghai")
RARE: Final = "青花瓷盘"
"""Stands in a note about once in a hundred days."""

SETTINGS = """
name = "兰亭女装"
margin = 0.55

[[team]]
name = "沈岚"
user = "lan"
roles = ["operator"]

[[team]]
name = "何萍"
roles = ["service"]
"""
_PEOPLE = ("沈岚", "沈岚", "沈岚", "何萍", "周岩")
_STEPS = (
    "target", "stock", "drivers", "rivals", "reviews", "paid", "campaigns", "checks", "standup", "design",
    "service", "members", "optimise", "wrapup", "evening_ads", "summary",
)  # fmt: skip
_WORDS = (
    "竞价", "直通车", "关键词", "点击率", "转化率", "访客", "客单价", "毛衣", "牛仔裤", "羽绒服", "主图",
    "差评", "退款", "库存", "补货", "首焦", "钻展", "双11", "预售", "老客", "新品", "短视频", "直播", "竞店",
    "素年锦时", "降价", "加价", "删词", "上新", "优惠券", "客服", "响应", "发货", "色差", "尺码", "手淘推荐",
)  # fmt: skip
_JOINS = (
    "比昨天高，先看两天", "掉得厉害，下午和美工一起看", "没有变化", "按计划走", "花费超了，晚上降一点",
    "买家说面料薄，详情页加一张特写", "对手今天改了价，我们不跟", "明天 9 点前再看一遍", "先不动",
    "和上周一比还是低", "问过小二，说是活动结束", "ROI 1.8，保本 2.1", "要补 200 件，周五到",
    "换第二张主图试三天", "已经让仓库去查",
)  # fmt: skip
_PLAN = [{"id": step, "at": "08:30", "minutes": 10, "must": True} for step in _STEPS]


def ten_years(folder: Path, *, days: int = 3650, entries: int = 30, seed: int = 1) -> Path:
    """Return the shop folder with so many days up to :data:`LAST`, each of exactly so many entries (from 4).

    Every day has its plan, what was shown, notes in Chinese, decisions, an action and what became of one.
    Most reports are finished in the evening; every 7th in the night after (late), every 11th stays a draft,
    every 13th was never written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "shop.toml"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
    dice = random.Random(seed)
    action = ""
    for number in range(days):
        day = LAST - timedelta(days=days - 1 - number)
        found = _day(day, number, dice, entries, action, sales(day - timedelta(days=1), seed))
        action = next((entry.id for entry in found if entry.kind == "action"), action)
        file = folder / "journal" / f"{day.year:04d}" / f"{day.isoformat()}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        rows = {str(place): row_of(entry) for place, entry in enumerate(found, 1)}
        file.write_bytes(file_of({ABOUT: {"1": {"format": FORMAT}}, ENTRIES: rows}))
    return folder


def sales(day: date, seed: int = 1) -> tuple[float, float]:
    """Return what the shop of that seed sold on the day, and its target, in yuan."""
    dice = random.Random(f"{seed} {day}")
    target = round(
        30_000 * (1 + 0.25 * sin(2 * pi * day.timetuple().tm_yday / 365)) * 1.07 ** (day.year - 2016)
    )
    return round(target * dice.uniform(0.75, 1.3), 2), float(target)


def words(dice: random.Random) -> str:
    """Return a note of two to four clauses."""
    clauses = [f"{dice.choice(_WORDS)}{dice.choice(_JOINS)}" for _ in range(dice.randint(2, 4))]
    return "，".join(clauses) + ("。" if dice.random() < 0.99 else f"，{RARE}。")


def _day(
    day: date, number: int, dice: random.Random, entries: int, action: str, sold: tuple[float, float]
) -> list[Entry]:
    """Return the day's entries in the order of the clock."""
    must = [("opened", "", {"plan": _PLAN}), *_report(number, day)]
    lines = [*_lines(day, dice, action, *sold)]
    lines = [must[0], *lines[: entries - len(must)]]
    while len(lines) < entries - len(must) + 1:
        lines.append(("note", dice.choice(_STEPS), {"text": words(dice)}))
    lines += must[1:]
    begin = datetime(day.year, day.month, day.day, 8, 30, tzinfo=ZONE)
    gap = timedelta(minutes=780 / entries)
    found, counter = [], count(1)
    for place, (kind, step, data) in enumerate(lines):
        at = begin + gap * place
        late = kind == "report" and number % 7 == 6
        if late:
            at = begin + timedelta(hours=24, minutes=20)
        at = at.replace(microsecond=0)
        name = f"{spelled(tick(at))}-1{number:07x}-{next(counter)}"
        found.append(Entry(name, at, dice.choice(_PEOPLE), kind, step, data, day, late))
    return found


def _lines(
    day: date, dice: random.Random, action: str, sold: float, target: float
) -> Iterator[tuple[Kind, str, dict[str, Any]]]:
    """Give the day's work; what comes first is there even on short days."""
    visitors, level = dice.randint(4000, 16000), dice.uniform(0.01, 0.03)
    yield "started", "target", {}
    yield (
        "answered",
        "target",
        _shown(
            f"昨日成交 ¥{sold:,.0f}，达成 {sold / target:.0%}。",
            Number("昨日成交", "CNY", sold, reference=target),
            Number("访客数", "count", float(visitors)),
        ),
    )
    yield "note", "target", {"text": words(dice)}
    yield "done", "target", {}
    yield "action", "standup", {
        "text": f"{dice.choice(_WORDS)}：{dice.choice(_JOINS)}", "role": "promotion", "owner": "周岩",
        "due": (day + timedelta(days=2)).isoformat(), "metric": "visitors", "direction": "up",
        "expected": visitors * 1.1, "item": None, "finding": "",
    }  # fmt: skip
    if action:
        state = dice.choice(("done", "done", "dropped", "open"))
        yield "action-update", "standup", {"action": action, "state": state, "reason": dice.choice(_JOINS)}
    yield (
        "decision",
        "paid",
        {"key": f"paid/word/{dice.choice(_WORDS)}", "choice": "lower", "detail": "降 20%"},
    )
    yield "note", "paid", {"text": words(dice)}
    yield (
        "answered",
        "drivers",
        _shown(
            f"访客 {visitors:,}，支付转化率 {level:.2%}。",
            Number("支付转化率", "rate", level, level * 0.9, level * 1.1),
            Number("客单价", "CNY", round(sold / max(visitors * level, 1), 2)),
        ),
    )
    yield "record", "rivals", {"form": "rival", "values": {"rival": "r01", "note": words(dice)}}
    yield "reply", "drivers", {"question": "Which one to three problems do we assign this afternoon?",
                               "text": words(dice)}  # fmt: skip
    yield (
        "answered",
        "paid",
        _shown(
            f"“{dice.choice(_WORDS)}”每天约亏 ¥{dice.randint(20, 300)}：降价。",
            Number("花费", "CNY", float(dice.randint(800, 5000))),
            Number("ROI", "ratio", round(dice.uniform(0.8, 4.0), 2)),
        ),
    )


def _shown(verdict: str, *numbers: Number) -> dict[str, Any]:
    finding = Finding("target/month", "watch", verdict, (Proposal("operator", "看两天再定"),))
    answer = Answer(Verdict("watch", verdict), (finding,), numbers, batches=("b1",))
    return {"answer": encode(answer), "batches": ["b1"]}


def _report(number: int, day: date) -> list[tuple[Kind, str, dict[str, Any]]]:
    if number % 13 == 12:
        return []
    state = "draft" if number % 11 == 10 else "finished"
    return [("report", "summary", {"state": state, "text": f"# 日报 {day}\n\n- 照常", "figures": {}})]
