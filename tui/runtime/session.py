"""The state that all screens of a session share: the workday, the answers computed so far, the drafts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ShopdayError
from core.journal.book import Book
from core.language.speech import language
from core.language.wording import say
from core.storage.system_errors import words_of
from routines.analyst.analyst import Analyst
from routines.workday.workday import Workday
from tui.runtime.draft_autosave import DraftAutosave
from tui.runtime.file_news import FileNews
from tui.runtime.morning_news import MorningNews
from tui.runtime.shown_answers import ShownAnswers

if TYPE_CHECKING:
    from core.actions.decision_states import DecisionStates
    from core.answers.answer import About, Answer
    from core.language.message import Words
    from core.tables.span import Span
    from routines.past.promise_history import JudgedPromise, PromiseLedger
    from routines.workday.thinning import IdleStep


class Session:
    """One person's session in the program, on one day of one shop at a time."""

    def __init__(self, workday: Workday) -> None:
        self.workday = workday
        self.autosave = DraftAutosave(workday.drafts)
        self.analyst = Analyst(workday.folder, lang=workday.lang)
        self.answers: dict[str, Answer] = {}
        """The answers computed so far, by step id, with texts in the session's language."""
        self.said: dict[str, Answer[Words]] = {}
        """The same answers with texts as messages (id and values) instead of words, as in the journal."""
        self._states: DecisionStates | None = None
        """The states of decisions with which the answers were last updated."""
        self._shown = ShownAnswers((), workday.lang, self.answers, workday.as_it_stands)
        self.asking: set[str] = set()
        self.failed: set[str] = set()
        """Steps whose last answer is only an error message; such an answer is not stored in the journal."""
        self.news = MorningNews(self.workday, self.analyst)
        self.files = FileNews(self.workday, self.analyst)
        self.past = workday.turned()
        """Whether the day was already over (at 04:00 of the next) when it was opened."""
        self.last_search = ""
        """The last query of the find screen."""
        self.promises: PromiseLedger | None = None
        """The outcomes of promised actions; None until they have been checked."""
        self.morning_promises: tuple[JudgedPromise, ...] = ()
        """The promised actions to show this morning: recently judged, or not kept and still open."""
        self.idle_steps: tuple[IdleStep, ...] = ()
        """Steps that led to nothing, proposed for removal; empty once this month's choice was made."""

    def take_up(self, day: date) -> None:
        """Switch to another day; raise BadInput, and stay on this one, if its entries cannot be read now."""
        self.autosave.flush()
        other = self.workday.on(day)
        other.entries()
        self.workday.presence.leave()
        self.workday = other
        self.past = self.workday.turned()
        self.news = MorningNews(self.workday, self.analyst)
        self.files = FileNews(self.workday, self.analyst)
        self.promises, self.morning_promises = None, ()
        self.forget()

    def become(self, who: str) -> None:
        """Continue as the person who was chosen on a shared account."""
        self.workday.become(who)
        self.autosave.use(self.workday.drafts)

    def unfinished(self) -> str:
        """Return the first step with an unsaved draft of this person; empty if there is none."""
        day = self.workday.day.isoformat()
        typed = {parts[1] for key in self.workday.drafts.all() if day in (parts := key.split(":"))[2:3]}
        return next((step.id for step in self.workday.plan.steps if step.id in typed), "")

    def cached_answer(self, step: str) -> Answer | None:
        """Return the step's answer if it is available without computing it; else None."""
        self._renew()
        return self.answers.get(step) or self.fresh_answer(step)

    def fresh_answer(self, step: str) -> Answer | None:
        """Return the step's answer cached on disk, if it is up to date with data and journal; else None."""
        cached = self.workday.said(step)
        return None if cached is None else self._known(step, cached)

    async def ask(self, step: str) -> Answer:
        """Have the analyst compute the step's answer, and return it; an error becomes an answer too."""
        self.asking.add(step)
        self.failed.discard(step)
        try:
            day, now = self.workday.day.isoformat(), self.workday.now().isoformat()
            said = self.workday.as_it_stands(step, await self.analyst.said(step, day=day, now=now))
        except (ShopdayError, OSError, TimeoutError) as error:
            from core.answers.answer import Answer, Verdict

            said = Answer(
                Verdict("nodata", say("No answer: {why} Press g to ask again.", why=words_of(error)))
            )
            self.failed.add(step)
        finally:
            self.asking.discard(step)
        return self._known(step, said)

    async def check_promises(self) -> PromiseLedger:
        """Check the promised actions against the figures imported so far, and return their outcomes."""
        day = self.workday.day
        self.promises = await self.analyst.promises(day=day.isoformat())
        self.morning_promises = self.promises.of_morning()
        return self.promises

    async def find_idle_steps(self) -> None:
        """Find, once a month, the steps that led to nothing in 30 days; 30 files are read in a thread."""
        from routines.workday import thinning

        workday = self.workday
        if workday.read_only or thinning.asked(workday.past().decisions, workday.day):
            return
        among = thinning.all_steps(workday)
        self.idle_steps = await asyncio.to_thread(
            thinning.idle_steps, Book(workday.folder, workday.book.store), among, workday.day
        )

    def has_promises(self) -> bool:
        """Return whether there are actions due before today that promised to move a metric."""
        day = self.workday.day
        return any(one.metric and one.due is not None and one.due < day for one in self.workday.actions())

    def forget(self, step: str = "") -> None:
        """Discard the step's answer, or all answers if no step is given, so that they are computed again."""
        if step:
            self.answers.pop(step, None)
            self.said.pop(step, None)
        else:
            self.answers.clear()
            self.said.clear()

    def shown_answers(self) -> ShownAnswers:
        """Return the answers of all steps: this session's, else the last one shown to anybody on the day."""
        self._renew()
        entries, spoken = self.workday.entries(), language()
        if not self._shown.stands(entries, spoken):
            self._shown = ShownAnswers(entries, spoken, self.answers, self.workday.as_it_stands)
        return self._shown

    def _renew(self) -> None:
        """Update the session's answers with the decisions taken since they were computed."""
        if self.said and (states := self.workday.states()) is not self._states:
            self._states = states
            for step, said in list(self.said.items()):
                now = self.workday.as_it_stands(step, said)
                if now != said:
                    self._known(step, now)

    def _known(self, step: str, said: Answer[Words]) -> Answer:
        """Store the answer and return it rendered in the current language."""
        from core.answers.answer_codec import rendered

        self.said[step] = said
        self.answers[step] = rendered(said)
        return self.answers[step]

    async def preview(self, progress: Callable[[int, int, str], None]) -> list[dict[str, Any]]:
        """Return what importing the files in the inbox would do."""
        return await self.analyst.preview(today=self.workday.day.isoformat(), progress=progress)

    async def commit(
        self, files: Sequence[Path], progress: Callable[[int, int, str], None], *, replace: bool = False
    ) -> list[dict[str, Any]]:
        """Import the files; ``replace`` replaces whole days, even by a file with fewer rows for them."""
        day, at = self.workday.day.isoformat(), self.workday.now().isoformat()
        who = self.workday.who
        return await self.analyst.commit(files, today=day, who=who, at=at, progress=progress, replace=replace)

    async def look_to_teach(
        self, path: Path, draft: dict[str, Any] | None, said: Sequence[Sequence[str]] = (), sheet: str = ""
    ) -> dict[str, Any]:
        """Return a preview of the file, read with the draft layout after applying the changes ``said``.

        ``said`` are the user's changes to the layout in order, as (header, what, value). Without a draft, the
        most likely layout is used.
        """
        today = self.workday.day.isoformat()
        return await self.analyst.look_to_teach(path, draft, today=today, sheet=sheet, said=said)

    async def teach(self, path: Path, draft: dict[str, Any]) -> dict[str, Any]:
        """Save the draft as a layout of the shop, and import the file with it."""
        return await self.analyst.teach(path, draft, who=self.workday.who, at=self.workday.now().isoformat())

    async def write_table(self, name: str, of: Span, kind: str) -> dict[str, Any]:
        """Save a table of the period ``of`` as a file in reports/tables/; return ``{"file", "rows"}``."""
        day, made = self.workday.day.isoformat(), self.workday.now().isoformat()
        return await self.analyst.write_table(name, of, kind, today=day, made=made)

    async def days_of(self, about: About) -> Answer:
        """Return the figures by day of what a table's row is about."""
        return await self.analyst.days_of(about, day=self.workday.day.isoformat())

    async def save_rows(self, table: dict[str, Any], kind: str) -> dict[str, Any]:
        """Save the shown rows of a table in reports/tables/; return ``{"file", "rows"}``."""
        return await self.analyst.save_rows(table, kind, made=self.workday.now().isoformat())

    async def undo(self, batch: str) -> dict[str, Any]:
        """Undo an import, given the id of its batch."""
        return await self.analyst.undo(batch, who=self.workday.who, at=self.workday.now().isoformat())
