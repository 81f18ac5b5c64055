"""A day's timeline: what was shown and written, and for each figure its value at that time and now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.answers.answer import Answer, LevelName, Number
from core.answers.answer_codec import decode_shown
from core.journal import projections
from core.journal.entry import Entry, Kind
from core.language import money, numbers
from core.language.wording import N_, say
from core.reports.day_report import FormWords
from core.review.entry_text import KIND_WORDS, EntryNames, Titles, tell


@dataclass(frozen=True, slots=True)
class FigureThen:
    """One figure of an answer, with the value that was shown."""

    name: str
    was: str
    now: str = ""
    """The current value, if a later import changed it; else empty."""

    @property
    def words(self) -> str:
        """The figure and its value, or both values if it has changed: Yesterday's sales ¥12,300 → ¥12,180."""
        if self.now:
            return say("{figure} {was} → {now}", figure=self.name, was=self.was, now=self.now)
        return say("{figure} {was}", figure=self.name, was=self.was)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the timeline, formatted for display."""

    at: datetime
    who: str
    kind: Kind
    step: str
    title: str
    """The step's title; empty for entries about the whole day."""
    text: str
    late: bool = False
    level: LevelName | None = None
    """The level of the verdict shown; None for other entries."""
    figures: tuple[FigureThen, ...] = ()
    verdict_now: str = ""
    """The analysis's current verdict, if a later import changed it; else empty."""

    @property
    def changed(self) -> bool:
        """Return whether any figure has changed."""
        return any(figure.now for figure in self.figures)

    @property
    def kind_word(self) -> str:
        """The name of the kind of entry."""
        return say(KIND_WORDS.get(self.kind, self.kind))


def timeline(
    entries: Sequence[Entry],
    *,
    titles: Titles,
    forms: Mapping[str, FormWords],
    actions: Mapping[str, str],
    now: Mapping[str, Answer] | None = None,
) -> tuple[Moment, ...]:
    """Return the day's timeline, ordered by time.

    ``actions`` contains the text of each action by id. ``now`` contains the analyses' current answers by
    step, which are compared only with each step's last answer. A note that was edited is listed once.
    """
    told = {note.id for note in projections.notes(entries)}
    last = {entry.step: entry.id for entry in entries if entry.kind == "answered"}
    known = EntryNames(titles, forms, actions)
    found = []
    for entry in entries:
        if entry.kind not in KIND_WORDS or (entry.kind == "note" and entry.id not in told):
            continue
        if entry.kind == "answered":
            found.append(
                _shown(entry, titles, (now or {}).get(entry.step) if last[entry.step] == entry.id else None)
            )
            continue
        title = titles.get(entry.step, entry.step)
        text = tell(entry, known)
        found.append(Moment(entry.at, entry.who, entry.kind, entry.step, title, text, entry.late))
    return tuple(sorted(found, key=lambda moment: moment.at))


def by_step(moments: Iterable[Moment]) -> dict[str, list[Moment]]:
    """Return the moments grouped by step, in the order in which the steps first occur."""
    found: dict[str, list[Moment]] = {}
    for moment in moments:
        found.setdefault(moment.step, []).append(moment)
    return found


def figure_in(unit: str, value: float | None) -> str:
    """Return a figure of an answer, formatted for display."""
    shows: dict[str, Callable[[float | None], str]] = {
        "CNY": money.money,
        "rate": numbers.percent,
        "ratio": numbers.ratio,
        "count": numbers.count,
    }
    if unit in shows or value is None:
        return shows.get(unit, numbers.count)(value)
    words = {"days": N_("{number} days"), "seconds": N_("{number} seconds")}.get(unit)
    number = numbers.ratio(value, 1)
    return say(words, number=number) if words else f"{number} {unit}".rstrip()


def _shown(entry: Entry, titles: Titles, now: Answer | None) -> Moment:
    title = titles.get(entry.step, entry.step)
    then = _answer(entry)
    if then is None:
        words = say("the stored analysis has a format that can no longer be read")
        return Moment(entry.at, entry.who, entry.kind, entry.step, title, words, entry.late)
    was, pairs = _numbers(then), _paired(then, now)
    figures = tuple(_figure(one, pairs.get(place)) for place, one in enumerate(was))
    other = ""
    if now is not None and any(one.now for one in figures) and _same_words(then, now):
        other = now.verdict.text if now.verdict.text != then.verdict.text else ""
    return Moment(
        entry.at, entry.who, entry.kind, entry.step, title, then.verdict.text, entry.late,
        then.verdict.level, figures, other,
    )  # fmt: skip


def _answer(entry: Entry) -> Answer | None:
    try:
        return decode_shown(entry.data["answer"])
    except (KeyError, TypeError, ValueError):
        return None


def _numbers(answer: Answer) -> list[Number]:
    return [piece for piece in answer.evidence if isinstance(piece, Number)]


def _same_words(then: Answer, now: Answer) -> bool:
    """Return whether every figure of ``then`` has one of the same name in ``now``.

    That is not so if the answers are in different languages.
    """
    return {one.name for one in _numbers(then)} <= {one.name for one in _numbers(now)}


def _paired(then: Answer, now: Answer | None) -> dict[int, Number]:
    """Return the current figure for each figure shown then, by index.

    Figures are matched by name or, if the answers are in different languages, by position.
    """
    if now is None or now.verdict.level == "nodata":
        return {}
    was, are = _numbers(then), _numbers(now)
    named = {(one.name, one.unit): one for one in are}
    if _same_words(then, now):
        return {
            place: named[one.name, one.unit] for place, one in enumerate(was) if (one.name, one.unit) in named
        }
    if [one.unit for one in was] == [one.unit for one in are]:
        return dict(enumerate(are))
    return {}


def _figure(then: Number, now: Number | None) -> FigureThen:
    was = figure_in(then.unit, then.value)
    other = "" if now is None else figure_in(now.unit, now.value)
    return FigureThen(then.name, was, other if other != was else "")


def shape(moment: Moment) -> dict[str, Any]:
    """Return the moment as a JSON-serializable dictionary.

    It has the form ``{"at", "who", "kind", "step", "late", "text", "level", "figures": [{"name", "was",
    "now"}], "verdict_now"}``; a figure's ``now`` is empty unless an import has changed it.
    """
    return {
        "at": moment.at.isoformat(),
        "who": moment.who,
        "kind": moment.kind,
        "step": moment.step,
        "late": moment.late,
        "text": moment.text,
        "level": moment.level,
        "figures": [{"name": one.name, "was": one.was, "now": one.now} for one in moment.figures],
        "verdict_now": moment.verdict_now,
    }
