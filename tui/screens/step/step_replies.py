"""Replies in a step: to its questions, and to what somebody asked of this person by name."""

from __future__ import annotations

import hashlib

from core.journal.entry import Entry, word_of
from core.language.wording import say
from tui.screens.base_screen import Desk
from tui.screens.dialogs import Pick
from tui.text.sanitize import Shown, line
from tui.widgets.composer import Composer, Task
from tui.widgets.draft_autosave import draft_key


class StepReplies(Desk):
    """What ``r`` does in a step."""

    step_id: str

    def write(self, task: Task) -> None:
        """Open the field for a note or a reply."""
        raise NotImplementedError

    def draft(self, kind: str, more: str = "") -> str:
        """Return the key of a draft of this step."""
        return draft_key(kind, self.step_id, self.workday.day, more)

    @property
    def replied(self) -> set[str]:
        """The questions that somebody answered."""
        return {reply.question for reply in self.workday.replies(self.step_id)}

    @property
    def asked(self) -> tuple[Entry, ...]:
        """What this person is asked by name in this step and has not replied to."""
        return self.workday.asked(self.step_id, open_only=True)

    @property
    def questions(self) -> tuple[str, ...]:
        """The step's questions; a looker-on is not asked them."""
        return () if self.workday.read_only else self.workday.step(self.step_id).ask

    def may(self, does: str) -> bool:
        """Tell whether this person may press the key: a looker-on replies to what they are asked."""
        if does == "save" and self.workday.read_only:
            job = self.query_one(Composer).job
            return job is not None and job.kind == "answer"
        return super().may(does) or (does == "reply" and bool(self.asked))

    def do_reply(self) -> None:
        """Answer the only question, or choose one; what somebody asks by name stands first."""
        named, asked, replied = self.asked, self.questions, self.replied
        if not named and len(asked) == 1:
            self._reply(asked[0])
            return
        options: list[Shown] = [line(("@ ", "bold $key"), self._words(entry)) for entry in named]
        options += [line(("✓ " if question in replied else "  ", ""), say(question)) for question in asked]

        def reply(number: int | None) -> None:
            if number is None:
                return
            if number < len(named):
                self._answer(named[number])
            else:
                self._reply(asked[number - len(named)])

        self.app.push_screen(Pick(say("Which question?"), options), reply)

    def ask_next(self) -> None:
        """Open the next question without an answer."""
        question = next((one for one in self.questions if one not in self.replied), None)
        if question is not None:
            self._reply(question)
            self.tell(say("Saved. The next question; Esc if it can wait."), "good")

    def keep_answer(self, asked: str, text: str) -> None:
        """Write the reply to what was asked by name."""
        entry = next(one for one in self.workday.asked(self.step_id) if one.id == asked)
        self.workday.reply(self.step_id, word_of(entry, "text"), text, to=asked)

    def _reply(self, question: str) -> None:
        mine = [
            reply
            for reply in self.workday.replies(self.step_id)
            if reply.question == question and reply.who == self.workday.who
        ]
        text = mine[-1].text if mine else ""
        name = hashlib.sha256(question.encode()).hexdigest()[:8]
        self.write(Task("reply", say(question), self.draft("reply", name), question, text))

    def _answer(self, entry: Entry) -> None:
        self.write(Task("answer", self._words(entry), self.draft("answer", entry.id), entry.id))

    @staticmethod
    def _words(entry: Entry) -> str:
        return f"{entry.who}: {word_of(entry, 'text')}"
