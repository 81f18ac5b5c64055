"""Pure functions that derive notes, replies, records, decisions and answers from journal entries.

Entries must be given in the order they were written; entries of several days, one day after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Protocol, TypeVar

from core.journal.actions import Action, actions
from core.journal.entry import Entry, word_of

if TYPE_CHECKING:
    from core.answers.answer import About, Answer
    from core.language.message import Words
    from core.records.records import Records

TALKED: Final = "ticked"
"""The choice which means that a point of a meeting was discussed and nothing was decided."""
DIET: Final = "diet/"
"""The key of a decision on how often a step appears is this prefix followed by the step's id."""


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]
    form: ClassVar[str]


R = TypeVar("R", bound=_Dataclass)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """A note somebody left on a step, as last edited."""

    id: str
    """The id of the entry with this version; pass it as ``replaces`` to edit the note."""
    step: str
    text: str
    who: str
    at: datetime
    first: datetime
    """When the note was first written."""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A person's reply to a question of a step."""

    id: str
    step: str
    question: str
    text: str
    who: str
    at: datetime
    to: str = ""
    """The id of the entry it replies to, if it replies to a person."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The choice made for a finding or table row, with the figures it was based on."""

    id: str
    step: str
    key: str
    choice: str
    detail: Any
    who: str
    at: datetime
    day: date | None = None
    kept_about: Any = None
    """The ids the decision is about, by field name, as stored; None if they are only in the key."""

    @property
    def about(self) -> About:
        """Return what the decision is about: as stored, else derived from the key."""
        from core.answers.answer import About
        from core.journal.format_1 import about_of

        kept = self.kept_about
        if not isinstance(kept, dict):
            return about_of(self.key)[1]
        return About(**{name: kept[name] for name in About.__slots__ if isinstance(kept.get(name), str)})

    @property
    def which(self) -> str:
        """Return the name of what was decided on (a keyword or id), without the step and item in its key."""
        about = self.about
        named = [name for name in (getattr(about, field) for field in about.__slots__) if name]
        return named[-1] if named else self.key.rsplit("/", 1)[-1]

    @property
    def is_about_day(self) -> bool:
        """Whether the decision is about the daily plan, i.e. about how often a step appears in it."""
        return self.key.startswith(DIET)


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """The day's report as corrected by a person."""

    state: Literal["draft", "finished"]
    text: str
    figures: Mapping[str, Any]
    who: str
    at: datetime


def notes(entries: Iterable[Entry], step: str | None = None) -> tuple[Note, ...]:
    """Return the notes as last edited, oldest first; ``step``: None for all steps."""
    kept = _latest(entry for entry in entries if entry.kind == "note" and step in (None, entry.step))
    return tuple(
        Note(last.id, last.step, word_of(last, "text"), last.who, last.at, first.at, last.day)
        for first, last in kept
        if word_of(last, "text").strip()
    )


def replies(entries: Iterable[Entry], step: str | None = None) -> tuple[Reply, ...]:
    """Return each person's last reply to each question of a step, and every reply addressed to a person.

    An empty reply to a question withdraws the person's earlier one. ``step``: None for all steps.
    """
    last: dict[tuple[str, ...], Reply] = {}
    for entry in entries:
        if entry.kind == "reply" and step in (None, entry.step):
            question, text, to = (word_of(entry, name) for name in ("question", "text", "to"))
            place = (entry.step, question, to, entry.who, entry.id if to else "")
            last.pop(place, None)
            last[place] = Reply(entry.id, entry.step, question, text, entry.who, entry.at, to)
    return tuple(reply for reply in last.values() if reply.text.strip())


def decisions(entries: Iterable[Entry], step: str | None = None) -> tuple[Decision, ...]:
    """Return the last decision on each key on each day, oldest first; an empty choice withdraws a decision.

    ``step``: None for all steps.
    """
    last: dict[tuple[object, ...], Decision] = {}
    for entry in entries:
        if entry.kind == "decision" and step in (None, entry.step):
            key, choice, detail = (
                word_of(entry, "key"),
                word_of(entry, "choice"),
                entry.data.get("detail", ""),
            )
            place = (entry.day, entry.step, key)
            last.pop(place, None)
            last[place] = Decision(
                entry.id, entry.step, key, choice, detail, entry.who, entry.at, entry.day,
                entry.data.get("about"),
            )  # fmt: skip
    return tuple(decision for decision in last.values() if decision.choice)


def records(entries: Iterable[Entry], kind: type[R]) -> Records[R]:
    """Return the records of one kind in their latest versions, oldest first, without unreadable ones."""
    from core.journal.record_codec import typed, unknown
    from core.records.records import Recorded, Records

    kept = _latest(
        entry for entry in entries if entry.kind == "record" and entry.data.get("form") == kind.form
    )
    rows = []
    for first, last in kept:
        values = last.data.get("values")
        value = typed(kind, values)
        if value is not None:
            rows.append(Recorded(value, first.at, last.who, last.id, unknown(kind, values)))
    return Records(tuple(rows))


def answer(entries: Iterable[Entry], step: str) -> Answer | None:
    """Return the answer last shown for the step's analysis, in the current language.

    None if none was shown or it cannot be read.
    """
    from core.language.wording import shown

    return _last_shown(entries, step, shown)


def answer_said(entries: Iterable[Entry], step: str) -> Answer[Words] | None:
    """Return the answer last shown for the step's analysis, with its messages untranslated.

    For code that passes the answer on. None if none was shown or it cannot be read.
    """
    from core.language.message import read

    return _last_shown(entries, step, read)


def report(entries: Iterable[Entry]) -> WrittenReport | None:
    """Return the report as last corrected; None if nobody has corrected it."""
    written = [entry for entry in entries if entry.kind == "report"]
    if not written:
        return None
    last = written[-1]
    state: Literal["draft", "finished"] = "finished" if last.data.get("state") == "finished" else "draft"
    figures = last.data.get("figures")
    return WrittenReport(
        state, word_of(last, "text"), figures if isinstance(figures, dict) else {}, last.who, last.at
    )


@dataclass(frozen=True, slots=True)
class Past:
    """The part of the journal that an analysis may read.

    It holds all entries of today and of the last day before it with entries; of earlier days only the entries
    that still matter (:data:`~entry.LASTING`).
    """

    today: date
    days: Mapping[date, tuple[Entry, ...]] = field(default_factory=dict)
    """Entries by day, oldest first; of days before :attr:`yesterday` only the kinds in
    :data:`~entry.LASTING`."""

    def entries(self, day: date | None = None) -> tuple[Entry, ...]:
        """Return the entries of ``day``; None: today."""
        return self.days.get(day or self.today, ())

    def answers(self, step: str, day: date | None = None) -> Answer | None:
        """Return the answer last shown for the step's analysis on ``day`` (None: today)."""
        return answer(self.entries(day), step)

    def said(self, step: str, day: date | None = None) -> Answer[Words] | None:
        """Return the same answer as :meth:`answers`, untranslated, for an analysis that passes it on."""
        return answer_said(self.entries(day), step)

    @property
    def yesterday(self) -> date | None:
        """The last day before today with entries; None if there is none."""
        return max((day for day, entries in self.days.items() if day < self.today and entries), default=None)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action agreed up to today in its current state, oldest first."""
        return actions(self.known())

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The last decision on each key of each day up to today, oldest first."""
        return decisions(self.known())

    @property
    def notes(self) -> tuple[Note, ...]:
        """Today's notes; for another day use ``notes(past.entries(day))``."""
        return notes(self.entries())

    def records(self, kind: type[R]) -> Records[R]:
        """Return every record of one kind up to today, in its latest version."""
        return records(self.known(), kind)

    def known(self) -> list[Entry]:
        """Return all entries in this view of the journal up to today, oldest first."""
        return [entry for day in sorted(self.days) if day <= self.today for entry in self.days[day]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Decisions of earlier days, for an analysis that reviews them and needs nothing else of the journal."""

    decisions: tuple[Decision, ...] = ()
    """The last decision for each key and day, oldest first."""


def _last_shown(entries: Iterable[Entry], step: str, words: Callable[[object], T]) -> Answer[T] | None:
    from core.answers.answer_codec import decode
    from core.journal.format_1 import completed

    shown = [entry for entry in entries if entry.kind == "answered" and entry.step == step]
    try:
        return completed(decode(shown[-1].data["answer"], words)) if shown else None
    except (KeyError, ValueError):
        return None


def _latest(entries: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the (first, last) version of each entry that later entries may replace, such as a note.

    If two people replace the same version, both replacements are kept.
    """
    things: list[list[Entry]] = []
    home: dict[str, list[Entry]] = {}
    for entry in entries:
        replaced = word_of(entry, "replaces")
        versions = home.get(replaced, [])
        overtaken = bool(versions) and versions[-1].id != replaced and versions[-1].who != entry.who
        if not versions or overtaken:
            versions = []
            things.append(versions)
        versions.append(entry)
        home[entry.id] = versions
    return [(versions[0], versions[-1]) for versions in things]
