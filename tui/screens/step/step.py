"""The step screen: the analysis, the step's questions and what was written, with one key for each action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from core.answers.answer import Answer
from core.answers.picture_sentences import Picture
from core.errors import ShopdayError
from core.language.wording import N_, plural, say
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.runtime.session import Session
from tui.screens.base_screen import BaseScreen
from tui.screens.step.shown_step import OVER, ShownStep
from tui.screens.step.step_moves import StepMoves
from tui.screens.step.step_records import StepRecords
from tui.screens.step.step_texts import (
    count_words,
    form_words,
    made_words,
    note_words,
    question_words,
)
from tui.screens.step.step_writing import StepWriting
from tui.screens.table_keys import TableKeys, hidden_columns, table_in_focus
from tui.text.sanitize import Shown, content, line
from tui.text.text_layout import Prose
from tui.widgets.answer import (
    evidence_widgets,
    finding_words,
    gate_words,
    good_words,
    limit_words,
    verdict_words,
)
from tui.widgets.composer import Composer
from tui.widgets.evidence_table import EvidenceTable
from tui.widgets.labels import KeyBar, Words
from tui.widgets.lead_picture import lead_words
from tui.widgets.table import TableView

_COLLAPSED = ("lead", "gate", "evidence", "limits", "good", "questions")
"""The parts of the page that are hidden in a step where nothing is unusual."""
_ROOM = 72
"""The screen width in cells below which the time bar is hidden to leave room for the counts."""


class StepScreen(BaseScreen):
    """The verdict, findings, evidence, caveats and data of a step, beside its questions and notes."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.STEP, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(keys.STEP, keys.LEAVE),
        Binding("ctrl+s", "do('save')", show=False),
        *(Binding(key, f"scroll_page('{key}')", show=False) for key in ("up", "down", "pageup", "pagedown")),
        *(Binding(key, f"scroll_page('{key}')", show=False) for key in ("home", "end")),
    ]  # fmt: skip
    HELP: ClassVar[str] = N_(
        "Read the verdict, answer the questions, make actions of what should be done, then go on."
    )

    def __init__(self, session: Session, step: str) -> None:
        super().__init__()
        self.shown = ShownStep(session, step)
        self.writing = StepWriting(self, self.shown, self.keep_in_sight)
        self.handlers = (
            self.writing,
            StepRecords(self, self.shown, self.writing, self.fetch),
            StepMoves(self, self.shown, self.fetch),
        )
        self._drawn: Answer | None = None
        self._arriving = True
        self._in_sight = ""
        self._asked = step
        """The step whose answer was asked for and is not there yet."""

    @property
    def step_id(self) -> str:
        """The id of the step shown."""
        return self.shown.id

    def take(self, step: str) -> None:
        """Show another step in this screen, which takes a third of the time that a new screen would take."""
        self.workers.cancel_node(self)
        self.writing.close()
        self.shown.show(step)
        self._once = ("", "")
        self.tell("")
        self._in_sight = ""
        self._asked = step
        for place in self.query(VerticalScroll):
            place.scroll_home(animate=False)
        self._arriving = True
        if self.is_current:
            self.draw()

    def body(self) -> Iterable[Widget]:
        """Yield the verdict, the status line, the page in one or two columns, and the writing field.

        An answer already computed is in the first frame, so the page does not build up piece by piece.
        """
        self.shown.answer = self._drawn = self.shown.known_answer()
        yield Words(id="verdict")
        yield Words(id="count")
        with VerticalScroll(id="page", can_focus=False):
            with VerticalScroll(id="said", can_focus=False):
                yield Words(id="lead", classes="part")
                yield Words(id="findings", classes="part")
                yield Words(id="gate", classes="part")
                yield Vertical(*self._evidence(), id="evidence")
                yield Words(id="limits", classes="part")
                yield Words(id="good", classes="part")
            with VerticalScroll(id="mine", can_focus=False):
                yield Words(id="questions", classes="part")
                yield Words(id="notes", classes="part")
                yield Words(id="records", classes="part")
                yield Words(id="made", classes="part")
        yield Composer(self.session.autosave)

    def _evidence(self) -> list[Widget]:
        """Return the widgets of the drawn answer's evidence, without the columns this person has hidden."""
        hidden = partial(hidden_columns, self.workday.drafts)
        return evidence_widgets(self._drawn, hidden) if self._drawn else []

    def draw(self) -> None:
        """Draw the screen; when a step was just opened, begin it if it is current and fetch its answer."""
        super().draw()
        if self._arriving:
            self._arriving = False
            self.call_after_refresh(self._arrive, self.step_id)

    def _arrive(self, step: str) -> None:
        if step != self.step_id or not self.is_up:
            return  # the user has already moved on
        current = self.workday.agenda().current
        if not self.workday.read_only and current is not None and current.step.id == self.step_id:
            self.attempt(self.workday.begin, self.step_id)
        elif self.shown.box.state in ("later", "due", "late"):
            self.tell(
                say(
                    "You are looking ahead: the time still counts for the current step. Press b to start "
                    "this one."
                )
            )
        kept = self.session.autosave.load(self.shown.draft("note"))
        if kept:
            self.tell(
                plural(
                    "A draft of {n} character is kept: press w to continue it.",
                    "A draft of {n} characters is kept: press w to continue it.",
                    len(kept),
                )
            )
        self.fetch()
        self._draw_count()
        self.draw_head()

    def title_words(self) -> str:
        """Return the step's title."""
        return say(self.shown.step.title)

    def help_words(self) -> str:
        """Return the question that the step's analysis answers, and the step's own help text."""
        return self.workday.help(self.step_id)

    def help_keys(self) -> Sequence[keys.Key]:
        """Return the step's keys, after those of the table that has the focus."""
        return (*keys.EVIDENCE_TABLE, *self.KEYS) if table_in_focus(self) else self.KEYS

    # -- the answer ------------------------------------------------------------------------------

    def fetch(self, *, again: bool = False) -> None:
        """Show the answer at once if it is known; otherwise have it computed in the background.

        ``again`` has it computed even if it is known.
        """
        if again:
            self.session.forget(self.step_id)
        if not self.shown.step.analyse:
            return
        known = None if again else self.session.fresh_answer(self.step_id)
        if known is not None and known == self._drawn:
            self._keep_shown(known)
        elif known is not None:
            self._show(known)
        else:
            self.shown.answer = self.shown.answer or self.session.shown_answers().get(self.step_id)
            self._asked = self.step_id
            self.run_worker(self._ask(), name=f"ask {self.step_id}", exclusive=True, exit_on_error=False)
            self.redraw()

    async def _ask(self) -> None:
        answer = await self.session.ask(self.step_id)
        if self.is_up:
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        self._asked = ""
        self.shown.answer = answer
        self._keep_shown(answer)
        self.redraw()

    def _keep_shown(self, answer: Answer) -> None:
        """Record in the journal which answer was shown; no key asked for it, so a failure answers none."""
        if self.workday.read_only or self.step_id in self.session.failed:
            return
        try:
            self.workday.shown(self.step_id, self.session.said.get(self.step_id, answer))
        except (ShopdayError, OSError) as error:
            self.tell_unasked(words_of(error))

    def changed(self, parts: frozenset[str]) -> None:
        """Redraw after a change on disk; after an import, also update the analysis's answer."""
        if "facts" in parts:
            self.fetch()
        super().changed(parts)

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw all parts of the page from the workday's current state."""
        shown, workday = self.shown, self.workday
        step, answer = shown.step, shown.answer
        if step.analyse:
            self._put("verdict", verdict_words(answer, asking=shown.asking or self._asked == step.id))
        else:
            self._put(
                "verdict", content(say("This step needs no data: answer, write notes, go on."), "$quiet")
            )
        self._draw_count()
        self._draw_lead()
        self._put("findings", finding_words(answer) if answer else Prose())
        self._put("gate", gate_words(answer.needs) if answer else Prose())
        self._put("limits", limit_words(answer) if answer and answer.limits else Prose())
        self._put("good", good_words(answer.needs) if answer else Prose())
        replies = workday.replies(step.id)
        self._put("questions", question_words(step, replies, workday.earlier_replies(step.id)))
        self._put("notes", note_words(workday.notes(step.id), replies))
        self._put("records", form_words(workday, step))
        self._put("made", made_words(shown.made))
        place = self.query_one("#evidence", Vertical)
        place.display = bool(place.children)
        self._collapse()
        if self._drawn != answer:
            self._drawn = answer
            self.call_later(self._draw_evidence)

    def _picture(self) -> Picture | None:
        """Return the picture that proves the verdict; None if there is none."""
        return None if self.shown.answer is None else self.shown.answer.lead

    def _draw_lead(self) -> None:
        """Draw the picture that proves the verdict; on a low screen its sentence."""
        picture = self._picture()
        size = self.app.size
        wide = size.width >= self.HORIZONTAL_BREAKPOINTS[0][0]
        self._put("lead", Prose() if picture is None else lead_words(picture, size.height, wide=wide))

    def on_resize(self) -> None:
        """Draw the picture as large as there is room for now."""
        self._draw_lead()
        self._collapse()

    async def _draw_evidence(self) -> None:
        place = self.query_one("#evidence", Vertical)
        await place.remove_children()
        if self.shown.answer is not None:
            await place.mount_all(self._evidence())
        place.display = bool(place.children) and not self.shown.collapsed
        if self.is_current:
            self.attempt(self.draw_keys)  # the key for tables works as soon as there are some
        self._scroll_in_sight()
        self._in_sight = ""

    def keep_in_sight(self, part: str) -> None:
        """Scroll to a part of the page; scroll again after the next answer has been drawn above that part."""
        self._in_sight = part
        self._scroll_in_sight()

    def _scroll_in_sight(self) -> None:
        if self._in_sight:
            part = self.query_one(f"#{self._in_sight}", Words)
            self.call_after_refresh(part.scroll_visible, animate=False)

    def _collapse(self) -> None:
        """If nothing is unusual in the step, show one line and hide the other parts of the page."""
        if not self.shown.collapsed:
            return
        for name in _COLLAPSED:
            self.query_one(f"#{name}").display = False
        words = line(
            (say("Nothing unusual: press Enter to go on"), "bold $level-good"),
            ("   m ", "bold $key"),
            (say("show all"), "$quiet"),
        )
        self._put("findings", words)

    def minute(self) -> None:
        """Update the time left; called every minute."""
        super().minute()
        self._draw_count()

    def _draw_count(self) -> None:
        # The screen itself has no size before its first frame.
        room = self.app.size.width
        self._put("count", count_words(self.shown, bar=room >= _ROOM, room=room - 2))

    def _put(self, name: str, shown: Shown | Prose) -> None:
        widget = self.query_one(f"#{name}", Words)
        widget.put(shown)
        widget.display = bool(shown)

    def action_scroll_page(self, key: str) -> None:
        """Scroll the page, or its left column on wide screens."""
        self._in_sight = ""
        place = self.query_one("#said" if self.has_class("-wide") else "#page", VerticalScroll)
        {
            "up": place.scroll_up,
            "down": place.scroll_down,
            "pageup": place.scroll_page_up,
            "pagedown": place.scroll_page_down,
            "home": place.scroll_home,
            "end": place.scroll_end,
        }[key](animate=False)

    # -- keys ------------------------------------------------------------------------------------

    def may(self, does: str) -> bool:
        """Return whether this person may use the key; viewers may also reply to questions that name them."""
        if does == "save" and self.workday.read_only:
            return self.writing.answers_by_name
        return super().may(does) or (does == "reply" and bool(self.shown.asked))

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work in this step now; None if it works."""
        shown = self.shown
        step = shown.step
        if does in ("finish", "quick", "skip", "extend") and shown.box.state in OVER:
            return say("“{step}” is already finished; press b to work on it again.", step=say(step.title))
        if does == "quick":
            return shown.not_quiet()
        reasons: dict[str, tuple[Callable[[], object], str]] = {
            "reply": (
                lambda: shown.questions or shown.asked,
                N_("This step has no questions; press w to write a note."),
            ),
            "form": (lambda: step.record, N_("This step has no form; press w to write a note.")),
            "screen": (lambda: step.screen, N_("This step has no work table.")),
            "again": (lambda: step.analyse, N_("This step has no analysis.")),
            "enlarge": (
                lambda: self._picture() is not None and not shown.collapsed,
                N_("No picture stands below the verdict."),
            ),
            "table": (lambda: self.query(TableView), N_("No table is on this screen.")),
            "edit": (
                lambda: self.workday.notes(step.id) or shown.recorded,
                N_("There is no note yet; press w to write one."),
            ),
            "copy": (
                lambda: shown.to_copy,
                N_("There is nothing to copy here: links and names are set in shop.toml."),
            ),
            "more": (lambda: shown.collapsed, N_("Everything is already shown.")),
            "save": (
                lambda: self.writing.is_open,
                N_("You are not writing anything; press w to write a note."),
            ),
        }
        can, reason = reasons.get(does, (lambda: True, ""))
        return None if can() else say(reason)

    def do_back(self) -> None:
        """Close the writing field if it is open, else leave the focused table, else close the screen."""
        if self.writing.is_open:
            self.writing.close()
        elif self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(None)

    def do_close(self) -> None:
        """Do the same as Esc, when its label in the key bar is clicked."""
        self.do_back()

    def do_again(self) -> None:
        """Run the analysis again."""
        self.fetch(again=True)

    def do_enlarge(self) -> None:
        """Show the picture below the verdict on the whole screen."""
        from tui.screens.step.enlarged_picture import EnlargedPicture

        if (picture := self._picture()) is not None:
            self.app.push_screen(EnlargedPicture(picture))

    def do_more(self) -> None:
        """Show all parts of a step that is shown as one line."""
        self.shown.whole = True
        self.query_one("#evidence").display = bool(self.query_one("#evidence").children)
        self.redraw()

    def do_table(self) -> None:
        """Move the focus to the next table."""
        tables = list(self.query(TableView))
        at = tables.index(self.focused) + 1 if isinstance(self.focused, TableView) else 0
        table = tables[at % len(tables)]
        if isinstance(table.parent, EvidenceTable):
            table.parent.unfold()
        table.focus()
        whole = table.parent if isinstance(table.parent, EvidenceTable) else table
        self.call_after_refresh(whole.scroll_visible, animate=False, top=True)

    def on_descendant_focus(self) -> None:
        """Show the keys of the table that has got the focus."""
        if table_in_focus(self):
            self.query_one("#keys", KeyBar).use((*keys.EVIDENCE_TABLE, *keys.LEAVE, *keys.EVERYWHERE))

    def on_descendant_blur(self) -> None:
        """Show the step's keys again when the focus leaves its tables."""
        if self.is_mounted and not table_in_focus(self) and not self.writing.is_open:
            self.query_one("#keys", KeyBar).use(self.KEYS)

    async def action_do(self, does: str) -> None:
        """Run the handler of a key; keys of the table in focus, clicked in the key bar, are the table's."""
        if (table := table_in_focus(self)) and any(key.does == does for key in keys.EVIDENCE_TABLE):
            await table.run_action(does)
        else:
            await super().action_do(does)

    @on(EvidenceTable.Asked)
    def _table_asked(self, event: EvidenceTable.Asked) -> None:
        TableKeys(self, self.title_words()).answer(event)

    @on(EvidenceTable.Said)
    def _table_said(self, event: EvidenceTable.Said) -> None:
        self.tell(event.words, event.level)
