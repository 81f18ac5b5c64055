"""Made-up days for tests: a clock, entries as the journal would give them back, the plan of a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.journal.entry import Entry, Kind
from core.shop.settings import Shop
from routines.days.day_plan import boxes_for
from routines.plan.calendar import falls_on
from routines.plan.routine_overrides import Routine
from routines.plan.schedule import Agenda, agenda
from routines.plan.step import DayKind, Plan

CHINA = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 11, 17)
MONDAY = date(2026, 11, 16)
LANTING = Shop(name="Lanting")


def at(text: str, day: date = TUESDAY) -> datetime:
    """Return ``10:05`` of the day; ``24:30`` is half an hour after midnight."""
    hour, _, minute = text.partition(":")
    midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return midnight + timedelta(hours=int(hour), minutes=int(minute))


def plan_of(day: date = TUESDAY, kind: DayKind = "weekday", routine: Routine | None = None) -> Plan:
    """Return the day's plan without looking at any calendar."""
    boxes = boxes_for(kind, routine)
    return Plan(day, kind, tuple(box for box in boxes if falls_on(box.step.repeat, day)))


def happened(*lines: tuple[Any, ...], day: date = TUESDAY) -> tuple[Entry, ...]:
    """Return entries of lines such as ("08:30", "started", "target", {"reason": "…"})."""
    return tuple(
        entry(text, kind, step, data[0] if data else {}, number, day)
        for number, (text, kind, step, *data) in enumerate(lines)
    )


def entry(
    text: str,
    kind: Kind,
    step: str = "",
    data: dict[str, Any] | None = None,
    number: int = 0,
    day: date = TUESDAY,
) -> Entry:
    """Return one entry of Wang's."""
    return Entry(f"e{number}", at(text, day), "Wang", kind, step, data or {}, day)


def stands(text: str, *lines: tuple[Any, ...], day: date = TUESDAY) -> Agenda:
    """Return where the day stands at the time after those lines."""
    return agenda(plan_of(day), happened(*lines, day=day), at(text, day))


def boxes(found: Agenda, steps: Sequence[str] = ()) -> list[str]:
    """Return the boxes with room as people read them: ``target 08:30-08:45``."""
    return [
        f"{line.step.id} {line.start:%H:%M}-{line.end:%H:%M}"
        for line in found.lines
        if not line.no_room
        and line.state not in ("skipped", "dropped")
        and (not steps or line.step.id in steps)
    ]


def shop_folder(
    folder: Path, settings: str = 'name = "Lanting"\nlanguage = "en"\n', routine: str = ""
) -> Path:
    """Make a shop folder with these settings and return it."""
    folder.mkdir(exist_ok=True)
    (folder / "shop.toml").write_text(settings, encoding="utf-8")
    if routine:
        (folder / "routine.toml").write_text(routine, encoding="utf-8")
    return folder


def with_september(folder: Path) -> Path:
    """Put an export of September's daily figures into the shop's inbox and return the folder."""
    inbox = folder / "inbox"
    inbox.mkdir()
    lines = ["统计日期,访客数,浏览量,支付买家数,支付金额"]
    for day in range(1, 31):
        visitors, buyers = 20_000 + 700 * (day % 7), 500 + 30 * (day % 7)
        lines.append(f"2026-09-{day:02d},{visitors},{visitors * 3},{buyers},{buyers * 118}")
    (inbox / "自助取数_店铺_2026-09-01_2026-09-30.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder
