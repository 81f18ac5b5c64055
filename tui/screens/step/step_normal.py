"""A step without an exception is one line: “Normal – Enter”. The rest of it is a key away."""

from __future__ import annotations

from core.answers.answer import Answer
from core.language.wording import say
from routines.answers.quiet_steps import without_exception
from routines.plan.schedule import AgendaLine
from tui.screens.step.step_replies import StepReplies
from tui.text.sanitize import line
from tui.widgets.labels import Words

OVER = ("done", "skipped", "dropped")
_SHUT = ("gate", "evidence", "limits", "good", "questions")
"""The parts of the page that a normal step does without."""


class StepNormal(StepReplies):
    """Tells a normal step from one that asks for something."""

    answer: Answer | None
    whole = False
    """Everything is shown, asked for with a key."""

    @property
    def box(self) -> AgendaLine:
        """Where the step stands."""
        raise NotImplementedError

    def not_quiet(self) -> str | None:
        """Return why Enter does not finish the step: only one that asks for nothing goes that way."""
        step, answer = self.workday.step(self.step_id), self.answer
        if self.step_id in self.session.asking or (step.analyse and answer is None):
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
        """Whether the page is one line: nothing unusual, nothing written, not over, not asked to be whole."""
        step = self.workday.step(self.step_id)
        if self.whole or not without_exception(step, self.answer) or self.not_quiet() is not None:
            return False
        touched = self.workday.notes(self.step_id) or self.workday.replies(self.step_id)
        return not touched and self.box.state not in OVER

    def collapse(self) -> None:
        """Leave out what a normal step does without."""
        if not self.collapsed:
            return
        for name in _SHUT:
            self.query_one(f"#{name}").display = False
        words = line(
            (say("Normal – Enter"), "bold $level-good"), ("   m ", "bold $key"), (say("show all"), "$quiet")
        )
        findings = self.query_one("#findings", Words)
        findings.put(words)
        findings.display = True

    def do_more(self) -> None:
        """Show the whole page."""
        self.whole = True
        self.query_one("#evidence").display = bool(self.query_one("#evidence").children)
        self.renew()
