"""Writing the notes and replies of a step: opening the text field and saving its text to the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from core.errors import BadInput, CannotWrite, NotConfirmed, ShopdayError
from core.journal.entry import Entry, word_of
from core.journal.projections import Note
from core.language.wording import say
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import Pick
from tui.screens.step.shown_step import OVER, ShownStep
from tui.text.sanitize import Shown, line
from tui.widgets.composer import Composer, WritingTask
from tui.widgets.labels import KeyBar


class StepWriting:
    """Opens the text field (the composer) for a note or a reply, and saves what was typed."""

    def __init__(self, screen: BaseScreen, shown: ShownStep, keep_in_sight: Callable[[str], None]) -> None:
        self._screen = screen
        self._shown = shown
        self._keep_in_sight = keep_in_sight

    @property
    def _composer(self) -> Composer:
        return self._screen.query_one(Composer)

    @property
    def is_open(self) -> bool:
        """Whether the text field (the composer) is open."""
        return self._composer.is_open

    @property
    def answers_by_name(self) -> bool:
        """Whether the user is answering a question that names them, which viewers may do too."""
        task = self._composer.writing
        return task is not None and task.kind == "answer"

    # -- keys ------------------------------------------------------------------------------------

    def do_note(self) -> None:
        """Open the field to write a note."""
        self._open(WritingTask("note", say("Note"), self._shown.draft("note")))

    def do_reply(self) -> None:
        """Reply to the only question, or ask which one; questions that name this person come first."""
        shown = self._shown
        named, asked, replied = shown.asked, shown.questions, shown.replied
        if not named and len(asked) == 1:
            self._reply(asked[0])
            return
        options: list[Shown] = [line(("@ ", "bold $key"), _asked_words(entry)) for entry in named]
        options += [line(("✓ " if question in replied else "  ", ""), say(question)) for question in asked]

        def reply(number: int | None) -> None:
            if number is None:
                return
            if number < len(named):
                self._answer(named[number])
            else:
                self._reply(asked[number - len(named)])

        open_ones = [place for place, question in enumerate(asked) if question not in replied]
        at = 0 if named or not open_ones else open_ones[0]
        self._screen.app.push_screen(Pick(say("Which question?"), options, at=at), reply)

    def do_save(self) -> None:
        """Save the text in the journal; if that fails, the text stays in the field."""
        composer = self._composer
        task, text = composer.writing, composer.text
        if task is None:
            return
        if not text and task.kind != "edit":
            self._screen.tell(say("There is nothing to save yet."), "watch")
            return
        try:
            self._write(task, text)
        except (ShopdayError, OSError) as error:
            safe = isinstance(error, BadInput | CannotWrite) and not isinstance(error, NotConfirmed)
            self._screen.tell_failed(self._not_saved(task, text, words_of(error), keep=safe))
            return
        composer.saved()
        self.stop()
        self._screen.tell(say("Saved."), "good")
        self._screen.redraw()
        self._keep_in_sight("questions" if task.kind == "reply" else "notes")
        if task.kind == "reply":
            self._ask_next()

    # -- the field -------------------------------------------------------------------------------

    def edit(self, note: Note) -> None:
        """Edit a note; saving it empty withdraws it."""
        title = say("Change the note; to delete it, save it empty.")
        self._open(WritingTask("edit", title, self._shown.draft("edit", note.id), note.id, note.text))

    def close(self) -> None:
        """Close the field and keep the text as a draft."""
        kept = self._composer.close()
        self.stop()
        self._screen.tell(say("Saved as a draft.") if kept else "")

    def stop(self) -> None:
        """Give the focus and the key bar back to the step."""
        self._screen.query_one("#keys", KeyBar).use(self._screen.KEYS)
        self._screen.set_focus(None)

    def _open(self, task: WritingTask) -> None:
        taken_up = self._composer.open(task)
        self._screen.query_one("#keys", KeyBar).use((*keys.WRITE, *keys.EVERYWHERE))
        self._screen.tell(say("Your earlier draft is shown again.") if taken_up else "")

    def _not_saved(self, task: WritingTask, text: str, why: str, *, keep: bool) -> str:
        """Return why the text was not saved, and that it is kept as a draft if ``keep`` and it is on disk."""
        if keep:
            autosave = self._shown.session.autosave
            autosave.typed(task.draft, text)
            autosave.flush()
            if autosave.all_kept():
                return say("Not saved; your text is kept as a draft. {why}", why=why)
        return why

    def _write(self, task: WritingTask, text: str) -> None:
        workday, step = self._shown.workday, self._shown.id
        if task.kind == "answer":
            entry = next(one for one in workday.asked(step) if one.id == task.about)
            workday.reply(step, word_of(entry, "text"), text, to=task.about)
        elif task.kind == "reply":
            workday.reply(step, task.about, text)
        else:
            workday.note(step, text, replaces=task.about)

    # -- replies ---------------------------------------------------------------------------------

    def _ask_next(self) -> None:
        """Open the next unanswered question."""
        shown = self._shown
        question = next((one for one in shown.questions if one not in shown.replied), None)
        if question is not None:
            self._reply(question)
            self._screen.tell(
                say("Saved. Here is the next question; press Esc to leave it for later."), "good"
            )
        elif shown.box.state not in OVER:
            self._screen.tell(say("Saved. That was the last question: press d to finish this step."), "good")

    def _reply(self, question: str) -> None:
        shown = self._shown
        mine = [
            reply
            for reply in shown.workday.replies(shown.id)
            if reply.question == question and reply.who == shown.workday.who
        ]
        text = mine[-1].text if mine else ""
        name = hashlib.sha256(question.encode()).hexdigest()[:8]
        self._open(WritingTask("reply", say(question), shown.draft("reply", name), question, text))

    def _answer(self, entry: Entry) -> None:
        self._open(
            WritingTask("answer", _asked_words(entry), self._shown.draft("answer", entry.id), entry.id)
        )


def _asked_words(entry: Entry) -> str:
    return f"{entry.who}: {word_of(entry, 'text')}"
