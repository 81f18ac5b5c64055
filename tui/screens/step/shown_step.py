"""The state of the step on the step screen, combined from workday, session and the analysis's answer."""

from __future__ import annotations

from typing import Any

from core.answers.answer import Answer
from core.journal.actions import Action
from core.journal.entry import Entry
from core.language.wording import say
from core.records.records import Recorded
from routines.answers.quiet_steps import without_exception
from routines.forms.form import Form
from routines.plan.schedule import AgendaLine
from routines.plan.step import Step
from routines.workday.workday import Workday
from tui.runtime.draft_autosave import draft_key
from tui.runtime.session import Session

OVER = ("done", "skipped", "dropped")
"""The states of a step that is over."""


class ShownStep:
    """The step on a step screen, shared by the screen's parts; properties read the workday on each access."""

    def __init__(self, session: Session, step_id: str) -> None:
        self.session = session
        self.id = step_id
        self.answer: Answer | None = None
        """The answer of the step's analysis; None while it is being computed or if there is no analysis."""
        self.whole = False
        """Whether the user asked for all parts of a step that would be shown as one line."""

    def show(self, step_id: str) -> None:
        """Switch to another step; show the answer of its analysis if it has been computed already."""
        self.id, self.whole = step_id, False
        self.answer = self.known_answer()

    def known_answer(self) -> Answer | None:
        """Return the analysis's answer if it has been computed from the current data; else None."""
        return self.session.fresh_answer(self.id) if self.step.analyse else None

    @property
    def workday(self) -> Workday:
        """The workday the step belongs to."""
        return self.session.workday

    @property
    def step(self) -> Step:
        """The step as planned for the day."""
        return self.workday.step(self.id)

    @property
    def box(self) -> AgendaLine:
        """The step's line of the agenda: planned time and state."""
        return self.workday.agenda().line(self.id)

    @property
    def asking(self) -> bool:
        """Whether the analyst process is computing the step's answer right now."""
        return self.id in self.session.asking

    @property
    def questions(self) -> tuple[str, ...]:
        """The step's questions; empty for viewers."""
        return () if self.workday.read_only else self.step.ask

    @property
    def replied(self) -> set[str]:
        """The questions of the step that somebody has answered today."""
        return {reply.question for reply in self.workday.replies(self.id)}

    @property
    def answered(self) -> bool:
        """Whether the step has questions and all of them are answered."""
        return bool(self.questions) and not set(self.questions) - self.replied

    @property
    def mine(self) -> bool:
        """Whether this person is working on the step now."""
        return self.workday.is_in(self.id)

    @property
    def to_copy(self) -> list[tuple[str, str]]:
        """What can be copied in this step, as (label, text): rivals' links, or item names to search for."""
        shop, forms = self.workday.shop, self.step.record
        links = [(one.name or one.id, one.link) for one in shop.rivals if one.link and "rival" in forms]
        names = [(one.id, one.name) for one in shop.items if one.name and "copy" in forms]
        return links + names

    @property
    def asked(self) -> tuple[Entry, ...]:
        """The questions addressed to this person by name and not answered yet."""
        return self.workday.asked(self.id, open_only=True)

    @property
    def made(self) -> list[Action]:
        """The actions made in this step today."""
        day = self.workday.day
        return [a for a in self.workday.actions() if a.step == self.id and a.created == day]

    @property
    def recorded(self) -> list[tuple[Form, Recorded[Any]]]:
        """The records made today with the step's forms, as (form, record)."""
        return [(form, row) for form in self.workday.forms(self.id) for row in self.workday.records(form.id)]

    def draft(self, kind: str, more: str = "") -> str:
        """Return the key under which a draft of this step is kept; ``more`` separates drafts of one kind."""
        return draft_key(kind, self.id, self.workday.day, more)

    # -- steps without an exception ------------------------------------------------------------------

    def not_quiet(self) -> str | None:
        """Return why Enter cannot finish the step, such as what is left to do; None if it can."""
        step, answer = self.step, self.answer
        if self.asking or (step.analyse and answer is None):
            return say("The analysis is still running; press d to finish the step anyway.")
        if step.screen or self.asked:
            return say("There is something to do in this step: press d to finish it anyway.")
        if without_exception(step, answer):
            return None  # its questions are only about exceptions, so they can be left
        levels = [answer.verdict.level, *(one.level for one in answer.findings)] if answer else []
        if set(self.questions) - self.replied or any(level in ("act", "watch") for level in levels):
            return say("There is something to do in this step: press d to finish it anyway.")
        return None

    @property
    def collapsed(self) -> bool:
        """Whether the step is shown as one line, because nothing in it is unusual or left to do.

        A step that is over, that the user has expanded, or in which something was written is shown
        completely.
        """
        if self.whole or not without_exception(self.step, self.answer) or self.not_quiet() is not None:
            return False
        touched = self.workday.notes(self.id) or self.workday.replies(self.id)
        return not touched and self.box.state not in OVER
