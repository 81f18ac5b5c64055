"""What was found, as plain values that travel between processes, and how it is told in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

from core.find.query import Condition, Query
from core.journal.actions import Action
from core.journal.entry import Kind
from core.language import wording
from core.language.dates import day as day_words
from core.language.dates import weekday_name
from core.language.numbers import percent
from core.language.wording import listing, plural, say
from core.measures.metrics import NAMES, RATES, worded

Shape: TypeAlias = dict[str, Any]
_NEXT: Final = ("done", "handed", "dropped")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One thing that was written."""

    id: str
    at: str
    """ISO, with zone."""
    who: str
    step: str
    title: str
    """The step's, in the reader's language."""
    kind: Kind
    text: str
    outcome: str = ""
    """What came of it, in words: of an action its state and whether its figure came."""


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """One figure of the day, and of the day after; rates are fractions, money is yuan."""

    metric: str
    name: str
    value: float | None
    next: float | None


@dataclass(frozen=True, slots=True)
class ResultDay:
    """One day that fits."""

    date: str
    lines: tuple[ResultLine, ...]
    figures: tuple[ResultFigure, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The newest days that fit; the counts are of all."""

    asked: str
    """What was looked for, in words, so that a misread condition is seen."""
    words: tuple[str, ...]
    """To mark them where they stand; folded."""
    days: tuple[ResultDay, ...]
    all_days: int
    all_lines: int
    unknown: int
    """Days of which a figure that was asked for is not known."""


def shape(result: Result) -> Shape:
    """Return the result as JSON.

    ``{"asked", "words": [...], "all_days", "all_lines", "unknown", "days": [{"date",
    "lines": [{"id", "at", "who", "step", "title", "kind", "text", "outcome"}],
    "figures": [{"metric", "name", "value", "next"}]}]}``; ``next`` is the figure of the day after.
    """
    return asdict(result)


def from_shape(data: Shape) -> Result:
    """Return the result that :func:`shape` wrote; KeyError or TypeError when it is not one."""
    days = tuple(
        ResultDay(
            one["date"],
            tuple(ResultLine(**line) for line in one["lines"]),
            tuple(ResultFigure(**figure) for figure in one["figures"]),
        )
        for one in data["days"]
    )
    return Result(**{**data, "words": tuple(data["words"]), "days": days})


def state_words(action: Action) -> str:
    """Return how an action ended, by whom and why; that it is still open where it is."""
    if action.state not in _NEXT or not action.updates:
        return say("Not done yet.")
    last = action.updates[-1]
    words = {
        "done": say("Done {day}.", day=day_words(last.day)),
        "handed": say("Handed to {who} {day}.", who=action.owner, day=day_words(last.day)),
        "dropped": say("Dropped {day}.", day=day_words(last.day)),
    }[action.state]
    return f"{words} {last.reason}".strip()


def asked_words(query: Query) -> str:
    """Return what was looked for as it was understood."""
    parts = [f"“{word}”" for word in query.words]
    parts += [say("without “{word}”", word=word) for word in query.without]
    parts += [condition_words(one) for one in query.conditions]
    parts += [weekday_name(number) for number in query.weekdays]
    if query.first is not None:
        parts.append(say("from {day}", day=query.first.isoformat()))
    if query.last is not None:
        parts.append(say("to {day}", day=query.last.isoformat()))
    return listing(parts)


def condition_words(condition: Condition) -> str:
    """Return ``conversion < 2.0%``."""
    return f"{say(NAMES[condition.metric])} {condition.relation} {figure(condition.metric, condition.value)}"


def figure(metric: str, value: float | None) -> str:
    """Return a figure as people read it; of a rate one digit more than elsewhere: conditions are close."""
    return percent(value, 2) if metric in RATES else wording.text(worded(metric, value))


def count_words(result: Result) -> str:
    """Return how much was found: days and entries, and what could not be judged."""
    if not result.all_days:
        words = say("Nothing fits.")
    else:
        lines = plural("{n} entry", "{n} entries", result.all_lines)
        words = plural("{n} day, {lines}", "{n} days, {lines}", result.all_days, lines=lines)
        if result.all_days > len(result.days):
            words += say(" (the newest {n} days are shown)", n=len(result.days))
    if result.unknown:
        words += "  " + plural(
            "{n} day is left out: its figures are not known.",
            "{n} days are left out: their figures are not known.",
            result.unknown,
        )
    return words
