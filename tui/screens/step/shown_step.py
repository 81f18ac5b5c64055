"""The step on the screen: what the workday, the session and the answer say of it."""

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
"""States of a box in which its step is over."""


class ShownStep:
    """One step, read from the day each time it is asked; the parts of a step screen share it."""

    def __init__(self, session: Session, step_id: str) -> None:
        self.session = session
        self.id = step_id
        self.answer: Answer | None = None
        """What is shown of its analysis; None while it is asked for or where there is none."""
        self.whole = False
        """Everything is shown, asked for with a key."""

    def show(self, step_id: str) -> None:
        """Be another step from now on, with the answer that is at hand."""
        self.id, self.whole = step_id, False
        self.answer = self.known_answer()

    def known_answer(self) -> Answer | None:
        """Return the answer on today's data where it is at hand."""
        return self.session.fresh_answer(self.id) if self.step.analyse else None

    @property
    def workday(self) -> Workday:
        """The day that is worked on."""
        return self.session.workday

    @property
    def step(self) -> Step:
        """The step as the day's plan has it."""
        return self.workday.step(self.id)

    @property
    def box(self) -> AgendaLine:
        """Its line of the agenda: planned time and state."""
        return self.workday.agenda().line(self.id)

    @property
    def asking(self) -> bool:
        """Whether the analyst is working on its answer."""
        return self.id in self.session.asking

    @property
    def questions(self) -> tuple[str, ...]:
        """Its questions; a viewer is asked none."""
        return () if self.workday.read_only else self.step.ask

    @property
    def replied(self) -> set[str]:
        """The questions that somebody answered."""
        return {reply.question for reply in self.workday.replies(self.id)}

    @property
    def answered(self) -> bool:
        """Whether it asks something and all of it is answered."""
        return bool(self.questions) and not set(self.questions) - self.replied

    @property
    def mine(self) -> bool:
        """Whether this person works on it now."""
        return self.workday.is_in(self.id)

    @property
    def to_copy(self) -> list[tuple[str, str]]:
        """What can be copied here, by its name: rivals' links, items' whole names to look for copies."""
        shop, forms = self.workday.shop, self.step.record
        links = [(one.name or one.id, one.link) for one in shop.rivals if one.link and "rival" in forms]
        names = [(one.id, one.name) for one in shop.items if one.name and "copy" in forms]
        return links + names

    @property
    def asked(self) -> tuple[Entry, ...]:
        """What this person is asked by name here and has not replied to."""
        return self.workday.asked(self.id, open_only=True)

    @property
    def made(self) -> list[Action]:
        """The actions made in this step today."""
        day = self.workday.day
        return [a for a in self.workday.actions() if a.step == self.id and a.created == day]

    @property
    def recorded(self) -> list[tuple[Form, Recorded[Any]]]:
        """What was recorded today with this step's forms."""
        return [(form, row) for form in self.workday.forms(self.id) for row in self.workday.records(form.id)]

    def draft(self, kind: str, more: str = "") -> str:
        """Return the key of a draft of this step."""
        return draft_key(kind, self.id, self.workday.day, more)

    # -- a step without an exception ---------------------------------------------------------------

    def not_quiet(self) -> str | None:
        """Return why Enter does not finish the step: it asks for something; None when it does not."""
        step, answer = self.step, self.answer
        if self.asking or (step.analyse and answer is None):
            return say("The answer is still coming; d finishes the step anyway.")
        if step.screen or self.asked:
            return say("There is something to do here: d finishes the step.")
        if without_exception(step, answer):
            return None  # its questions ask about exceptions
        levels = [answer.verdict.level, *(one.level for one in answer.findings)] if answer else []
        if set(self.questions) - self.replied or any(level in ("act", "watch") for level in levels):
            return say("There is something to do here: d finishes the step.")
        return None

    @property
    def collapsed(self) -> bool:
        """Whether it is shown as one line: nothing unusual, nothing written, not over."""
        if self.whole or not without_exception(self.step, self.answer) or self.not_quiet() is not None:
            return False
        touched = self.workday.notes(self.id) or self.workday.replies(self.id)
        return not touched and self.box.state not in OVER
