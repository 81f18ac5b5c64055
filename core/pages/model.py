"""What the pages of a day show, as plain values in the reader's language, not sanitized yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.answers.answer import Answer, LevelName, Series
from core.reports.day_report import StepPart


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page of the same folder."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its value, the share of its target, and what it means."""

    name: str
    value: str
    share: str
    meaning: str
    state: str = ""
    """The id of the meaning: missed, low and high are emphasised."""


@dataclass(frozen=True, slots=True)
class Worth:
    """A finding with money at stake, and the step that reports it."""

    stake: str
    text: str
    step: Link


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A step of the day with the verdict of its answer, if it has one."""

    time: str
    minutes: str
    step: Link
    state: str
    """The state in words, e.g. done; empty for a step that is still to come."""
    level: LevelName | None = None
    text: str = ""
    stake: str = ""


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """A part of the day, e.g. the morning, and its steps."""

    title: str
    ends: str
    rows: Sequence[AgendaRow]


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An open action that is due."""

    text: str
    who: str
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The day at a glance."""

    verdict: tuple[LevelName, str] | None
    """What is said of the newest finished day; None if nothing is imported."""
    cards: Sequence[Card]
    trend: Series | None
    worth: Sequence[Worth]
    blocks: Sequence[AgendaBlock]
    missing: Sequence[str]
    """Sentences on exports that are missing today."""
    actions: Sequence[OpenAction]


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step with its question, its answer, and what was written and decided in it."""

    title: str
    question: str
    answer: Answer | None
    """None for a step without an analysis."""
    part: StepPart | None
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class DayBox:
    """A day of the calendar; empty texts are left out."""

    number: int
    look: str
    """One of :data:`core.review.target_share.HEAT`, or empty if nothing is known of the day."""
    money: str
    share: str
    note: str
    today: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of the calendar: seven days, None outside the month, and its total."""

    days: Sequence[DayBox | None]
    money: str
    share: str


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month of the calendar."""

    title: str
    summary: str
    weeks: Sequence[WeekRow]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: the shop, the day, the pages to go to, and when they were made."""

    shop: str
    day: str
    links: Sequence[Link]
    made: str
