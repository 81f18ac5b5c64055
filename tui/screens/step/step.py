"""One step of the day: what the data say, what is asked, what was written; one key for each thing to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from core.answers.answer import Answer
from core.language.wording import N_, plural, say
from routines.plan.schedule import AgendaLine
from tui.keymap import keys
from tui.screens.step.step_keys import StepKeys
from tui.screens.step.step_texts import form_words, made_words, note_words, question_words
from tui.text.sanitize import Part, Shown, content, line
from tui.text.text_layout import Prose
from tui.widgets.answer import (
    evidence_widgets,
    finding_words,
    gate_words,
    good_words,
    limit_words,
    verdict_words,
)
from tui.widgets.composer import Composer, Task
from tui.widgets.labels import KeyBar, Words
from tui.widgets.presence import finish_words, here_words
from tui.widgets.timing import box_words

_ROOM = 72
"""Narrower than this the time has no bar: the counts matter more."""


class StepScreen(StepKeys):
    """Verdict first; findings, evidence, limits and data below; questions and notes beside them."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.STEP, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(keys.STEP, keys.LEAVE),
        Binding("ctrl+s", "do('save')", show=False),
        *(Binding(key, f"scroll_page('{key}')", show=False) for key in ("up", "down", "pageup", "pagedown")),
        *(Binding(key, f"scroll_page('{key}')", show=False) for key in ("home", "end")),
    ]  # fmt: skip
    HELP: ClassVar[str] = N_(
        "Read the verdict, answer the questions, make actions of what should be done, go on."
    )

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step_id = step
        self.answer: Answer | None = None
        self._drawn: Answer | None = None
        self._arriving = True

    def take(self, step: str) -> None:
        """Be the screen of this step from now on: to fill it again costs a third of a new one."""
        self.workers.cancel_node(self)
        self.query_one(Composer).close()
        self.stop_writing()
        self.step_id, self.whole, self._once = step, False, ("", "")
        self.answer = self._known()
        self.tell("")
        for place in self.query(VerticalScroll):
            place.scroll_home(animate=False)
        self._arriving = True
        if self.is_current:
            self.come_to()

    def _known(self) -> Answer | None:
        """Return the step's answer where it has one at hand."""
        return self.session.fresh(self.step_id) if self.workday.step(self.step_id).analyse else None

    def body(self) -> Iterable[Widget]:
        """Return verdict, counts, the page in one or two columns, and the field to write in.

        What is known already is on the first frame: nothing comes in piece by piece.
        """
        self.answer = self._drawn = self._known()
        yield Words(id="verdict")
        yield Words(id="count")
        with VerticalScroll(id="page", can_focus=False):
            with VerticalScroll(id="said", can_focus=False):
                yield Words(id="findings", classes="part")
                yield Words(id="gate", classes="part")
                yield Vertical(*(evidence_widgets(self.answer) if self.answer else ()), id="evidence")
                yield Words(id="limits", classes="part")
                yield Words(id="good", classes="part")
            with VerticalScroll(id="mine", can_focus=False):
                yield Words(id="questions", classes="part")
                yield Words(id="notes", classes="part")
                yield Words(id="records", classes="part")
                yield Words(id="made", classes="part")
        yield Composer(self.session.keeper)

    def come_to(self) -> None:
        """Draw; of a step just come to, begin it when it is its turn and fetch the answer."""
        super().come_to()
        if self._arriving:
            self._arriving = False
            self.call_after_refresh(self._arrive, self.step_id)

    def _arrive(self, step: str) -> None:
        if step != self.step_id or not self.stands:
            return  # a quick hand has gone on
        box = self.box
        current = self.workday.agenda().current
        if not self.workday.read_only and current is not None and current.step.id == self.step_id:
            self.attempt(self.workday.begin, self.step_id)
        elif box.state in ("later", "due", "late"):
            self.tell(say("A look ahead: the clock keeps running for the current step. b begins this one."))
        kept = self.session.keeper.load(self.draft("note"))
        if kept:
            self.tell(plural("A draft of {n} character is kept: w goes on.",
                             "A draft of {n} characters is kept: w goes on.", len(kept)))  # fmt: skip
        self.fetch()
        self._draw_count()
        self.draw_head()

    @property
    def box(self) -> AgendaLine:
        """Where the step stands."""
        return self.workday.agenda().line(self.step_id)

    def title_words(self) -> str:
        """Return the step's title."""
        return say(self.workday.step(self.step_id).title)

    def help_words(self) -> str:
        """Return the analysis's question and the step's own help."""
        return self.workday.help(self.step_id)

    # -- the answer ------------------------------------------------------------------------------

    def fetch(self, *, again: bool = False) -> None:
        """Get the answer: at once when it is known, else from the analyst while the screen stays usable."""
        if again:
            self.session.forget(self.step_id)
        if not self.workday.step(self.step_id).analyse:
            return
        known = None if again else self.session.fresh(self.step_id)
        if known is not None and known == self._drawn:
            self._keep_shown(known)
        elif known is not None:
            self._show(known)
        else:
            self.answer = self.answer or self.session.seen().get(self.step_id)
            self.run_worker(self._ask(), name=f"ask {self.step_id}", exclusive=True, exit_on_error=False)
            self.renew()

    async def _ask(self) -> None:
        answer = await self.session.ask(self.step_id)
        if self.stands:
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        self.answer = answer
        self._keep_shown(answer)
        self.renew()

    def _keep_shown(self, answer: Answer) -> None:
        """Keep in the journal what is on the screen."""
        if not self.workday.read_only and self.step_id not in self.session.failed:
            self.attempt(self.workday.shown, self.step_id, answer)

    def changed(self, parts: frozenset[str]) -> None:
        """Others wrote something, or new data came."""
        if "facts" in parts:
            self.fetch()
        super().changed(parts)

    # -- drawing ---------------------------------------------------------------------------------

    def renew(self) -> None:
        """Draw everything from the workday."""
        step = self.workday.step(self.step_id)
        answer = self.answer
        asking = self.step_id in self.session.asking
        if step.analyse:
            self._put("verdict", verdict_words(answer, asking=asking))
        else:
            self._put(
                "verdict", content(say("This step has no data to read: answer, write down, go on."), "$quiet")
            )
        self._draw_count()
        self._put("findings", finding_words(answer) if answer else Prose())
        self._put("gate", gate_words(answer.needs) if answer else Prose())
        self._put("limits", limit_words(answer) if answer and answer.limits else Prose())
        self._put("good", good_words(answer.needs) if answer else Prose())
        self._put("questions", question_words(step, self.workday.replies(self.step_id)))
        replies = self.workday.replies(self.step_id)
        self._put("notes", note_words(self.workday.notes(self.step_id), replies))
        self._put("records", form_words(self.workday, step))
        self._put("made", made_words(self.made))
        place = self.query_one("#evidence", Vertical)
        place.display = bool(place.children)
        self.collapse()
        if self._drawn != answer:
            self._drawn = answer
            self.call_later(self._draw_evidence)

    async def _draw_evidence(self) -> None:
        place = self.query_one("#evidence", Vertical)
        await place.remove_children()
        if self.answer is not None:
            await place.mount_all(evidence_widgets(self.answer))
        place.display = bool(place.children) and not self.collapsed

    def minute(self) -> None:
        """Move the time left on."""
        super().minute()
        self._draw_count()

    def _draw_count(self) -> None:
        step = self.workday.step(self.step_id)
        room = self.app.size.width >= _ROOM  # the screen itself has no size before its first frame
        gap = "   " if room else " "
        parts: list[Part] = [*box_words(self.box, self.workday.now(), bar=room)]
        if step.ask:
            replied = len(self.replied & set(step.ask))
            look = "$level-good" if replied == len(step.ask) else ""
            parts += [gap, (say("questions {n}/{total}", n=replied, total=len(step.ask)), look)]
        if notes := len(self.workday.notes(self.step_id)):
            parts += [gap, say("notes {n}", n=notes)]
        if self.made:
            parts += [gap, plural("{n} action", "{n} actions", len(self.made))]
        if self.answer and any(need.state in ("missing", "partial", "stale") for need in self.answer.needs):
            parts += [gap, (say("data are missing"), "$level-watch")]
        if both := finish_words(self.workday.finishers(self.step_id)):
            parts += [gap, (both, "$quiet")]
        if words := here_words(self.workday.presence.others(), self.step_id):
            parts += [gap, (words, "$quiet")]
        if self.step_id in self.session.asking and self.answer is not None:
            parts += [gap, (say("asking again ..."), "$quiet")]
        self._put("count", line(*parts))

    def _put(self, name: str, shown: Shown | Prose) -> None:
        widget = self.query_one(f"#{name}", Words)
        widget.put(shown)
        widget.display = bool(shown)

    def action_scroll_page(self, key: str) -> None:
        """Scroll the page, or the left column of it."""
        place = self.query_one("#said" if self.has_class("-wide") else "#page", VerticalScroll)
        {
            "up": place.scroll_up,
            "down": place.scroll_down,
            "pageup": place.scroll_page_up,
            "pagedown": place.scroll_page_down,
            "home": place.scroll_home,
            "end": place.scroll_end,
        }[key](animate=False)

    # -- writing ---------------------------------------------------------------------------------

    def write(self, task: Task) -> None:
        """Open the field for a note or a reply."""
        taken_up = self.query_one(Composer).open(task)
        self.query_one("#keys", KeyBar).use((*keys.WRITE, *keys.EVERYWHERE))
        self.tell(say("Your draft is here again.") if taken_up else "")

    @on(Composer.Save)
    def _save(self, event: Composer.Save) -> None:
        task, text = event.job, event.text
        if not text and task.kind != "edit":
            self.tell(say("Nothing is written yet."), "watch")
            return
        if task.kind == "answer":
            done = self.attempt(self.keep_answer, task.about, text)
        elif task.kind == "reply":
            done = self.attempt(self.workday.reply, self.step_id, task.about, text)
        else:
            done = self.attempt(self.workday.note, self.step_id, text, replaces=task.about)
        if done:
            self.query_one(Composer).saved()
            self.stop_writing()
            self.tell(say("Saved."), "good")
            self.renew()
            place = self.query_one("#questions" if task.kind == "reply" else "#notes", Words)
            self.call_after_refresh(place.scroll_visible, animate=False)
            if task.kind == "reply":
                self.ask_next()

    def stop_writing(self) -> None:
        """The keys of the step are back."""
        self.query_one("#keys", KeyBar).use(self.KEYS)
        self.set_focus(None)
