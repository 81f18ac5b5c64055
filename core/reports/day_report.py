"""The data classes of a report: frozen plain values, worded in the reader's language.

A report is built from the journal's entries. Its order: the verdict; the rest of the first page (figures,
what is good, what to improve, what to keep doing, promises, actions, what to do tomorrow); then every step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from core.answers.answer import Evidence, LevelName


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of the day's plan; its title is in the reader's language."""

    id: str
    title: str
    at: time
    minutes: int
    must: bool = True


@dataclass(frozen=True, slots=True)
class FormWords:
    """The title of a form and the labels of its fields, in the reader's language."""

    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """Field names and their labels, in the form's order."""
    shows: Mapping[str, Callable[[object], str]] = field(default_factory=dict)
    """Functions that format a field's value, by field name, e.g. a rival's id as its name."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One sentence, with the author and the time if a person wrote it."""

    text: str
    level: LevelName | Literal[""] = ""
    who: str = ""
    at: str = ""
    late: bool = False
    """True if it was written after the day was over."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A question of a step, and the answer."""

    question: str
    text: str
    who: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the operator wrote for the report's first page; each text is a tuple of its lines."""

    conclusion: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    """The first things to do tomorrow; if there are any, they replace those computed from the day."""
    newcomer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its reference value, formatted for display."""

    name: str
    value: str
    against: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The table of key figures of the newest finished day, formatted for display."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unfair: bool
    """Whether a comparison in it is marked as not comparable, because one of the two days was special."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One filled-in form: (label, value) pairs of the fields that were filled in."""

    form: str
    title: str
    fields: tuple[tuple[str, str], ...]
    who: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class StepPart:
    """Everything the report tells about one step."""

    id: str
    title: str
    planned: str
    """Planned start time (08:30); empty if the plan does not contain the step."""
    minutes: int
    used: int | None
    state: str
    reason: str
    verdict: ReportLine | None
    findings: tuple[ReportLine, ...]
    replies: tuple[Replied, ...]
    notes: tuple[ReportLine, ...]
    records: tuple[RecordRow, ...]
    decisions: tuple[ReportLine, ...]
    limits: tuple[str, ...]
    begun: bool = True

    @property
    def touched(self) -> bool:
        """Return whether anything was shown, written or done in the step."""
        return bool(
            self.verdict or self.replies or self.notes or self.records or self.decisions or self.reason
        ) or (self.used is not None)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action in a report: text, owner, due day and outcome."""

    text: str
    owner: str
    due: str
    state: Literal["done", "open", "handed", "dropped"]
    metric: str
    reason: str = ""
    later: bool = False
    """True if it is not yet due on the report's day."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a weekly or monthly report, formatted for display."""

    date: str
    sold: str
    state: str
    """Whether the day's report was finished, is a draft, or was never written; in words."""
    verdict: str
    net: str = ""
    """Its net sales with the mark of their result, if the month is judged by these."""


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a day, week or month; every value is plain or formatted text, ready to render."""

    shop: str
    day: date
    date: str
    who: tuple[str, ...]
    state: Literal["building", "draft", "finished"]
    verdict: ReportLine
    figures: tuple[Figure, ...]
    good: tuple[str, ...]
    improve: tuple[str, ...]
    keep: tuple[str, ...]
    promises: tuple[ReportLine, ...]
    done: tuple[ActionRow, ...]
    open: tuple[ActionRow, ...]
    handed: tuple[ActionRow, ...]
    dropped: tuple[ActionRow, ...]
    tomorrow: tuple[str, ...]
    planned_minutes: int
    used_minutes: int
    steps: tuple[StepPart, ...]
    late: int
    """Number of entries written after the day was over."""
    written: str = ""
    """The report as edited by a person (markdown); empty if nobody has edited it."""
    written_by: str = ""
    corrected: tuple[str, ...] = ()
    """Figures that a later import changed after the report stated them, one line per import."""
    covered: tuple[str, ...] = ()
    """Who covered for whom, one line each."""
    unfed: str = ""
    """A line that names the steps for which the shop's platform has no export; empty if there are none."""
    by: Literal["day", "week", "month"] = "day"
    """The period the report covers."""
    days: tuple[DayLine, ...] = ()
    """The days of a week or month; empty in the report of one day."""
    pictures: tuple[Evidence, ...] = ()
    """Evidence that outputs with enough room show as charts; the text contains the same information."""
    suggested: bool = False
    """Whether the first things tomorrow were computed because the operator named none."""
    conclusion: tuple[str, ...] = ()
    """What the operator wrote as the day's conclusion."""
    newcomer: tuple[str, ...] = ()
    """What the operator would show a newcomer of this day."""
    key_figures: KeyFigures | None = None
    decided: int = 0
    """Number of decisions made during the day."""
    rivals: str = ""
    """The verdict of the rivals step."""
    reached: tuple[ActionRow, ...] = ()
    """Open actions whose figure has reached its promised value, but which are not marked as done."""
