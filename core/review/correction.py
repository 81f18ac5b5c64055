"""A figure stated by a finished report and changed by a later import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from core.language import dates, money, numbers, wording
from core.language.wording import say
from core.measures.metrics import MONEY, NAMES, RATES, STATED


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure of one day: the stated value, the current value, and the import that changed it."""

    report: date
    """The day whose finished report stated the figure."""
    day: date
    """The day the figure belongs to."""
    metric: str
    was: float
    now: float
    at: datetime
    """When the import was made or, if ``undone``, taken back."""
    file: str
    undone: bool = False
    """True if the figure changed because an import was taken back."""

    @property
    def change(self) -> str:
        """The figure with its stated and its current value, without its day; shown in that day's row."""
        return say(
            "{figure} {was} → {now}",
            figure=say(NAMES[self.metric]),
            was=figure_words(self.metric, self.was),
            now=figure_words(self.metric, self.now),
        )

    @property
    def words(self) -> str:
        """The figure with its day, its stated and its current value: sales of 12 Nov ¥12,300 → ¥12,180."""
        return say(
            "{figure} of {day} {was} → {now}",
            figure=say(NAMES[self.metric]),
            day=dates.short_day(self.day),
            was=figure_words(self.metric, self.was),
            now=figure_words(self.metric, self.now),
        )


def figure_words(metric: str, value: float | None) -> str:
    """Return the figure formatted as on screens and in reports."""
    if metric in RATES:
        return numbers.percent(value, 2)
    return money.money(value) if metric in MONEY else numbers.count(value)


def differs(metric: str, was: float | None, now: float | None) -> bool:
    """Return whether the values differ as displayed; differences lost in rounding are no corrections."""
    if was is None or now is None:
        return False
    return figure_words(metric, was) != figure_words(metric, now)


def notices(corrections: Sequence[Correction]) -> tuple[str, ...]:
    """Return one line for each import that corrected a figure, latest import first."""
    groups: dict[tuple[datetime, str, bool], list[Correction]] = {}
    for one in sorted(corrections, key=lambda c: (c.at, c.day), reverse=True):
        groups.setdefault((one.at, one.file, one.undone), []).append(one)
    return tuple(_notice(at, group, undone=undone) for (at, _, undone), group in groups.items())


def shape(correction: Correction) -> dict[str, Any]:
    """Return the correction as a JSON-serializable dictionary."""
    row = asdict(correction)
    return row | {name: row[name].isoformat() for name in ("report", "day", "at")}


def correction_from(row: Mapping[str, Any]) -> Correction:
    """Return the correction from a dictionary written by :func:`shape`."""
    return Correction(
        report=date.fromisoformat(row["report"]),
        day=date.fromisoformat(row["day"]),
        metric=row["metric"],
        was=row["was"],
        now=row["now"],
        at=datetime.fromisoformat(row["at"]),
        file=row["file"],
        undone=row["undone"],
    )


def _notice(at: datetime, group: Sequence[Correction], *, undone: bool) -> str:
    """Return the line for one import.

    If it changed many figures, only one figure per day is listed, latest days first.
    """
    told = [one for one in group if one.metric == group[0].metric] if len(group) > _FEW else list(group)
    told = sorted(told, key=lambda one: (one.day, -STATED.index(one.metric)), reverse=True)
    words = wording.listing([one.words for one in told[:_FEW]])
    when = f"{dates.short_day(at.date())} {dates.clock(at)}"
    values = {"figures": words, "when": when, "n": len(group) - _FEW}
    if undone and len(group) > _FEW:
        return say("Corrected: {figures}, {n} more (import undone on {when}).", **values)
    if undone:
        return say("Corrected: {figures} (import undone on {when}).", **values)
    if len(group) > _FEW:
        return say("Corrected: {figures}, {n} more (import of {when}).", **values)
    return say("Corrected: {figures} (import of {when}).", **values)


_FEW: Final = 3
"""Maximum number of figures listed in one line."""
