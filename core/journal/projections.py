"""What a day's entries come to: notes, replies, records, decisions, answers. Pure; the journal is the memory.

Entries come in the order they were written; for more than one day, day after day.
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
"""The choice that says a point of a meeting was talked about: nothing was decided by it."""
DIET: Final = "diet/"
"""Before the step in the key of a decision about the day itself: how often the step comes."""


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]
    form: ClassVar[str]


R = TypeVar("R", bound=_Dataclass)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote to a step, in its last wording."""

    id: str
    """The entry that holds this wording; give it as ``replaces`` to change the note."""
    step: str
    text: str
    who: str
    at: datetime
    first: datetime
    """When it was first written."""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to a step's question."""

    id: str
    step: str
    question: str
    text: str
    who: str
    at: datetime
    to: str = ""
    """The entry it answers, when it answers a person."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen for a finding or a row, with what it was chosen on."""

    id: str
    step: str
    key: str
    choice: str
    detail: Any
    who: str
    at: datetime
    day: date | None = None
    kept_about: Any = None
    """The ids it is about as they were kept, by name; None where only its key tells them."""

    @property
    def about(self) -> About:
        """Return what it is about, as it was kept; else as its key tells."""
        from core.answers.answer import About
        from core.journal.format_1 import about_of

        kept = self.kept_about
        if not isinstance(kept, dict):
            return about_of(self.key)[1]
        return About(**{name: kept[name] for name in About.__slots__ if isinstance(kept.get(name), str)})

    @property
    def which(self) -> str:
        """Return the word or the id it was taken on, without the step and the item before it."""
        about = self.about
        named = [name for name in (getattr(about, field) for field in about.__slots__) if name]
        return named[-1] if named else self.key.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """The day's report as a person corrected it."""

    state: Literal["draft", "finished"]
    text: str
    figures: Mapping[str, Any]
    who: str
    at: datetime


def notes(entries: Iterable[Entry], step: str | None = None) -> tuple[Note, ...]:
    """Return the notes in their last wording, oldest first; None means every step's."""
    kept = _latest(entry for entry in entries if entry.kind == "note" and step in (None, entry.step))
    return tuple(
        Note(last.id, last.step, word_of(last, "text"), last.who, last.at, first.at, last.day)
        for first, last in kept
        if word_of(last, "text").strip()
    )


def replies(entries: Iterable[Entry], step: str | None = None) -> tuple[Reply, ...]:
    """Return the last reply of each person to each question; an empty one takes it back."""
    last: dict[tuple[str, ...], Reply] = {}
    for entry in entries:
        if entry.kind == "reply" and step in (None, entry.step):
            question, text, to = (word_of(entry, name) for name in ("question", "text", "to"))
            place = (entry.step, question, to, entry.who, entry.id if to else "")
            last.pop(place, None)
            last[place] = Reply(entry.id, entry.step, question, text, entry.who, entry.at, to)
    return tuple(reply for reply in last.values() if reply.text.strip())


def decisions(entries: Iterable[Entry], step: str | None = None) -> tuple[Decision, ...]:
    """Return the last decision on each key of each day, oldest first; an empty choice takes it back."""
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
    """Return the records of one kind in their last form, oldest first; what cannot be read is left out."""
    from core.journal.record_codec import typed
    from core.records.records import Recorded, Records

    kept = _latest(
        entry for entry in entries if entry.kind == "record" and entry.data.get("form") == kind.form
    )
    rows = []
    for first, last in kept:
        value = typed(kind, last.data.get("values"))
        if value is not None:
            rows.append(Recorded(value, first.at, last.who, last.id))
    return Records(tuple(rows))


def answer(entries: Iterable[Entry], step: str) -> Answer | None:
    """Return what was last shown of the step's analysis, in the language now spoken.

    None when nothing was, or nobody can read it now.
    """
    from core.language.wording import shown

    return _last_shown(entries, step, shown)


def answer_said(entries: Iterable[Entry], step: str) -> Answer[Words] | None:
    """Return what was last shown of the step's analysis, its texts in no language yet, to be passed on."""
    from core.language.message import read

    return _last_shown(entries, step, read)


def report(entries: Iterable[Entry]) -> WrittenReport | None:
    """Return the report as last corrected; None when nobody has."""
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
    """The journal as an analysis sees it: today in full, yesterday in full, earlier days' lasting entries."""

    today: date
    days: Mapping[date, tuple[Entry, ...]] = field(default_factory=dict)
    """Entries by day, oldest day first. Earlier than yesterday: only the kinds in :data:`~entry.LASTING`."""

    def entries(self, day: date | None = None) -> tuple[Entry, ...]:
        """Return a day's entries; today's when no day is named."""
        return self.days.get(day or self.today, ())

    def answers(self, step: str, day: date | None = None) -> Answer | None:
        """Return what was last shown of the step's analysis on the day; today when none is named."""
        return answer(self.entries(day), step)

    def said(self, step: str, day: date | None = None) -> Answer[Words] | None:
        """Return the same with its texts in no language yet: for an analysis that passes them on."""
        return answer_said(self.entries(day), step)

    @property
    def yesterday(self) -> date | None:
        """The last day before today on which anything was written."""
        return max((day for day, entries in self.days.items() if day < self.today and entries), default=None)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action agreed up to today, as it stands now, oldest first."""
        return actions(self.known())

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The last decision on each key of each day up to today, oldest first."""
        return decisions(self.known())

    @property
    def notes(self) -> tuple[Note, ...]:
        """Today's notes; for another day: ``notes(past.entries(day))``."""
        return notes(self.entries())

    def records(self, kind: type[R]) -> Records[R]:
        """Return every record of one kind up to today, in its last form."""
        return records(self.known(), kind)

    def known(self) -> list[Entry]:
        """Return every entry there is up to today, oldest first."""
        return [entry for day in sorted(self.days) if day <= self.today for entry in self.days[day]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Decisions of the days before today, for an analysis that looks at them again and reads nothing else."""

    decisions: tuple[Decision, ...] = ()
    """The last decision on each key of each day, oldest first."""


def _last_shown(entries: Iterable[Entry], step: str, words: Callable[[object], T]) -> Answer[T] | None:
    from core.answers.answer_codec import decode
    from core.journal.format_1 import completed

    shown = [entry for entry in entries if entry.kind == "answered" and entry.step == step]
    try:
        return completed(decode(shown[-1].data["answer"], words)) if shown else None
    except (KeyError, ValueError):
        return None


def _latest(entries: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Return first and last form of everything that later entries may replace.

    Two people who change the same thing at the same time both keep their wording.
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
