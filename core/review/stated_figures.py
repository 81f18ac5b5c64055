"""The shop's figures that a report states, stored with it, to detect corrections by later imports.

A figure counts as stated only if the report's text contains it: text that a person deleted, or a figure
edited by hand, is no longer stated.
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
"""Steps whose answers state figures of the shop's days and are included in the report."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of one day, as stated by a report."""

    day: date
    """The day the figure belongs to."""
    metric: str
    """A name from :data:`core.measures.metrics.STATED`; money is in yuan, rates are fractions."""
    value: float
    shown: datetime
    """When the answer with the figure was given."""
    batches: tuple[str, ...] = ()
    """The ids of the import batches it was computed from."""

    @property
    def words(self) -> str:
        """The figure as formatted in the report's text."""
        return figure_words(self.metric, self.value)


def stated_in(
    text: str, entries: Sequence[Entry], asked: Mapping[str, Answer], now: datetime
) -> tuple[Stated, ...]:
    """Return the figures that the report's text states.

    For each figure there may be two values: the one in the last answer a step showed on the day, and the one
    stored with the day's previous report. The value found in the text is returned; if both are found, the one
    from the answer. If both look the same when formatted, the stored one is returned. ``entries``: the day's
    entries before this report. ``asked``: answers that were computed just now and not shown, by step.
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
    """Return the figures in the form stored in a report's entry.

    The form is ``{day: {metric: {value, shown, batches}}}``.
    """
    days: dict[str, dict[str, dict[str, Any]]] = {}
    for one in found:
        told = {"value": one.value, "shown": one.shown.isoformat(), "batches": list(one.batches)}
        days.setdefault(one.day.isoformat(), {})[one.metric] = told
    return days


def stated_from(figures: object) -> tuple[Stated, ...]:
    """Return the figures from the form written by :func:`plain_of`; empty if it is invalid."""
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
    """Return the figures stored with the day's last report entry."""
    last = next((entry for entry in reversed(entries) if entry.kind == "report"), None)
    return () if last is None else stated_from(last.data.get("figures"))


def _shown(entries: Sequence[Entry], asked: Mapping[str, Answer], now: datetime) -> list[Stated]:
    """Return the figures in the last answers of the steps in :data:`STATING`."""
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
    """Return the figures in an answer's ``{day: {metric: value}}``; empty if it is invalid."""
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
    """Return whether the text contains the figure, not merely as part of a longer number.

    For example, 12,300 is not contained in 112,300.
    """
    return re.search(rf"(?<![\d,.]){re.escape(words)}(?![\d%]|[,.]\d)", text) is not None
