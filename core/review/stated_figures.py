"""The shop's figures that a report states: kept with it, so that a later import's correction is told exactly.

A figure counts as stated while the report's text has it: words that a person took out, or a figure they put
right by hand, are no longer what the report says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from core.answers.answer import Answer
from core.journal.entry import Entry
from core.measures.metrics import STATED
from core.review.correction import figure_words

STATING: Final = ("target", "drivers", "summary")
"""Steps whose answers state figures of the shop's days, in the report too."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of one day as a report states it."""

    day: date
    """The day the figure belongs to."""
    metric: str
    """One of :data:`core.measures.metrics.STATED`; money in yuan, rates as fractions."""
    value: float
    shown: datetime
    """When its answer was given."""
    batches: tuple[str, ...] = ()
    """The imports it came from."""

    @property
    def words(self) -> str:
        """The figure as the text has it."""
        return figure_words(self.metric, self.value)


def stated_in(
    text: str, entries: Sequence[Entry], asked: Mapping[str, Answer], now: datetime
) -> tuple[Stated, ...]:
    """Return the figures the report's text states: as shown last on its day, else as it stated them before.

    ``entries`` of its day up to the report; ``asked`` by step: answers nobody was shown, given just now.
    """
    before = {(one.day, one.metric): one for one in _kept(entries)}
    latest = {(one.day, one.metric): one for one in sorted(_shown(entries, asked, now), key=_when)}
    found = []
    for place in {**before, **latest}:
        held = [one for one in (latest.get(place), before.get(place)) if one is not None]
        there = [one for one in held if _stands(one.words, text)]
        if there:
            found.append(held[-1] if held[-1].words == there[0].words else there[0])
    return tuple(found)


def plain_of(found: Iterable[Stated]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the figures as a report's entry keeps them: ``{day: {metric: {value, shown, batches}}}``."""
    days: dict[str, dict[str, dict[str, Any]]] = {}
    for one in found:
        told = {"value": one.value, "shown": one.shown.isoformat(), "batches": list(one.batches)}
        days.setdefault(one.day.isoformat(), {})[one.metric] = told
    return days


def stated_from(figures: object) -> tuple[Stated, ...]:
    """Return what :func:`plain_of` wrote; nothing where it is not that."""
    try:
        return tuple(
            Stated(
                date.fromisoformat(day),
                metric,
                float(told["value"]),
                datetime.fromisoformat(told["shown"]),
                tuple(str(batch) for batch in told["batches"]),
            )
            for day, metrics in (figures.items() if isinstance(figures, dict) else ())
            for metric, told in metrics.items()
            if metric in STATED
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()


def _kept(entries: Sequence[Entry]) -> tuple[Stated, ...]:
    """Return what the report stated when it was kept last."""
    last = next((entry for entry in reversed(entries) if entry.kind == "report"), None)
    return () if last is None else stated_from(last.data.get("figures"))


def _shown(entries: Sequence[Entry], asked: Mapping[str, Answer], now: datetime) -> list[Stated]:
    """Return the figures of the stating steps' last answers."""
    last = {e.step: e for e in entries if e.kind == "answered" and e.step in STATING}
    found: list[Stated] = []
    for entry in last.values():
        answer = entry.data.get("answer")
        figures = answer.get("figures") if isinstance(answer, dict) else None
        found += _read(figures, entry.at, entry.data.get("batches"))
    for step, answer in asked.items():
        if step in STATING and step not in last:
            found += _read(answer.figures, now, answer.batches)
    return found


def _read(figures: object, at: datetime, batches: object) -> tuple[Stated, ...]:
    """Return an answer's figures, ``{day: {metric: value}}``."""
    if not isinstance(figures, Mapping) or not isinstance(batches, list | tuple):
        return ()
    told = {"shown": at.isoformat(), "batches": list(batches)}
    days = {
        day: {metric: {"value": value, **told} for metric, value in values.items()}
        for day, values in figures.items()
        if isinstance(values, Mapping)
    }
    return stated_from(days)


def _when(one: Stated) -> datetime:
    return one.shown


def _stands(words: str, text: str) -> bool:
    """Tell whether the text has the figure as a figure of its own: 12,300 is not in 112,300."""
    return re.search(rf"(?<![\d,.]){re.escape(words)}(?![\d%]|[,.]\d)", text) is not None
