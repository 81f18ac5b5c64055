"""The day's report as frozen plain values, worded in the reader's language.

It builds itself from the entries.

Verdict first, then what a boss reads (figures, good, to improve, keep, promises, actions, tomorrow), then
every step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from core.answers.answer import Evidence, LevelName


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of the day as the plan has it; titles already in the reader's language."""

    id: str
    title: str
    at: time
    minutes: int
    must: bool = True


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form and its fields are called, in the reader's language."""

    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """Field name to label, in the form's order."""
    shows: Mapping[str, Callable[[object], str]] = field(default_factory=dict)
    """Field name to how its value is worded: a rival by its name, a choice in the reader's language."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One sentence, with who wrote it and when where a person did."""

    text: str
    level: LevelName | Literal[""] = ""
    who: str = ""
    at: str = ""
    late: bool = False
    """Written after the day was over."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A question of the step and what was answered."""

    question: str
    text: str
    who: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the operator wrote for the first page, a line each."""

    conclusion: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    """The first things of tomorrow: they stand before those that follow from the day."""
    newcomer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure against what it is held against, in words."""

    name: str
    value: str
    against: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One filled form: label and value of what was filled in."""

    form: str
    title: str
    fields: tuple[tuple[str, str], ...]
    who: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class StepPart:
    """What one step came to."""

    id: str
    title: str
    planned: str
    """When it was planned to begin: 08:30; empty where the plan does not say."""
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

    @property
    def touched(self) -> bool:
        """Tell whether anything happened to it."""
        return bool(
            self.verdict or self.replies or self.notes or self.records or self.decisions or self.reason
        ) or (self.used is not None)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action: who, what, by when, what became of it."""

    text: str
    owner: str
    due: str
    state: Literal["done", "open", "handed", "dropped"]
    metric: str
    reason: str = ""
    later: bool = False
    """Not due yet on the report's day."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a week or month, in words."""

    date: str
    sold: str
    state: str
    """Whether its report was finished, begun, or nothing was written."""
    verdict: str


@dataclass(frozen=True, slots=True)
class Report:
    """One operator's day, told; every value is plain and worded, so any face can show it."""

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
    """Entries written after the day was over."""
    written: str = ""
    """The report as a person corrected it (markdown); empty while nobody has."""
    written_by: str = ""
    corrected: tuple[str, ...] = ()
    """What it stated and a later import changed, one line an import."""
    covered: tuple[str, ...] = ()
    """Who worked for whom, one line each."""
    by: Literal["day", "week", "month"] = "day"
    """What it tells of: a day, or the days of a week or month."""
    days: tuple[DayLine, ...] = ()
    """The days of a week or month; empty in the report of one day."""
    pictures: tuple[Evidence, ...] = ()
    """What a page with room for it shows as charts; the words say it too."""
    conclusion: tuple[str, ...] = ()
    """What the operator wrote as the day's conclusion."""
    newcomer: tuple[str, ...] = ()
    """What the operator would show a newcomer from the day."""
    reached: tuple[ActionRow, ...] = ()
    """Open, but their figure is where it was promised: only the tick is missing."""
