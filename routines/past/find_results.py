"""Search results as plain values that can be sent between processes, and their wording."""

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
    """A matching text."""

    id: str
    at: str
    """ISO time with time zone."""
    who: str
    step: str
    title: str
    """The step's title, in the reader's language."""
    kind: Kind
    text: str
    outcome: str = ""
    """The outcome in words: for an action, its state and whether its figure was reached."""


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """A figure of the day and of the day after; rates are fractions, money is in yuan."""

    metric: str
    name: str
    value: float | None
    next: float | None


@dataclass(frozen=True, slots=True)
class ResultDay:
    """A matching day."""

    date: str
    lines: tuple[ResultLine, ...]
    figures: tuple[ResultFigure, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The newest matching days; the counts cover all matches."""

    asked: str
    """The query as understood, in words, so that a misread condition is noticed."""
    words: tuple[str, ...]
    """The search words in folded form, for highlighting."""
    days: tuple[ResultDay, ...]
    all_days: int
    all_lines: int
    unknown: int
    """The number of days for which a figure in the query is unknown."""


def shape(result: Result) -> Shape:
    """Return the result as JSON.

    ``{"asked", "words": [...], "all_days", "all_lines", "unknown", "days": [{"date", "lines": [{"id", "at",
    "who", "step", "title", "kind", "text", "outcome"}], "figures": [{"metric", "name", "value",
    "next"}]}]}``; ``next`` is the figure of the day after.
    """
    return asdict(result)


def from_shape(data: Shape) -> Result:
    """Return the result that :func:`shape` wrote; raise KeyError or TypeError if the data is invalid."""
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
    """Return how, by whom and why an action ended, or that it is still open."""
    if action.state not in _NEXT or not action.updates:
        return say("Not done yet.")
    last = action.updates[-1]
    words = {
        "done": say("Done {day}.", day=day_words(last.day)),
        "handed": say("Handed over to {who} {day}.", who=action.owner, day=day_words(last.day)),
        "dropped": say("Dropped {day}.", day=day_words(last.day)),
    }[action.state]
    return f"{words} {last.reason}".strip()


def asked_words(query: Query) -> str:
    """Return the query as it was understood, in words."""
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
    """Return the condition as text, e.g. ``conversion < 2.0%``."""
    return f"{say(NAMES[condition.metric])} {condition.relation} {figure(condition.metric, condition.value)}"


def figure(metric: str, value: float | None) -> str:
    """Return a figure as text.

    Rates have one more digit than elsewhere, so that one sees how narrowly they meet a condition.
    """
    return percent(value, 2) if metric in RATES else wording.text(worded(metric, value))


def count_words(result: Result) -> str:
    """Return in words how many days and entries were found, and how many days lack the figure asked about."""
    if not result.all_days:
        words = say("Nothing was found.")
    else:
        lines = plural("{n} entry", "{n} entries", result.all_lines)
        words = plural("{n} day, {lines}", "{n} days, {lines}", result.all_days, lines=lines)
        if result.all_days > len(result.days):
            words += plural(
                " (only the newest day is shown)", " (only the newest {n} days are shown)", len(result.days)
            )
    if result.unknown:
        words += "  " + plural(
            "{n} day is left out because the figure is missing.",
            "{n} days are left out because the figure is missing.",
            result.unknown,
        )
    return words
