"""What all screens of one session share: the workday, the answers known so far, the drafts."""

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
from tui.runtime.morning_news import MorningNews
from tui.runtime.shown_answers import ShownAnswers

if TYPE_CHECKING:
    from core.actions.decision_states import DecisionStates
    from core.answers.answer import Answer
    from core.language.message import Words
    from core.tables.span import Span
    from routines.past.promise_history import JudgedPromise, PromiseLedger
    from routines.workday.thinning import IdleStep


class Session:
    """One person at one shop's day."""

    def __init__(self, workday: Workday) -> None:
        self.workday = workday
        self.autosave = DraftAutosave(workday.drafts)
        self.analyst = Analyst(workday.folder, lang=workday.lang)
        self.answers: dict[str, Answer] = {}
        """By step, answers computed from today's data."""
        self.said: dict[str, Answer[Words]] = {}
        """The same with their texts in no language yet, as the journal keeps them."""
        self._states: DecisionStates | None = None
        """Where decisions stood when they were last laid on the answers known."""
        self._shown = ShownAnswers((), workday.lang, self.answers, workday.as_it_stands)
        self.asking: set[str] = set()
        self.failed: set[str] = set()
        """Steps whose last answer only says why there is none; such an answer is not kept in the journal."""
        self.news = MorningNews(self.workday, self.analyst)
        self.past = workday.turned()
        """Whether the day was over when it was opened."""
        self.last_search = ""
        """The last query of the find screen."""
        self.promises: PromiseLedger | None = None
        """What came of the promises; None until they were checked."""
        self.morning_promises: tuple[JudgedPromise, ...] = ()
        """Those of them that are news this morning."""
        self.idle_steps: tuple[IdleStep, ...] = ()
        """Steps to thin out, as long as nobody has chosen about them this month."""

    def take_up(self, day: date) -> None:
        """Work in another day from now on."""
        self.autosave.flush()
        self.workday.presence.leave()
        self.workday = self.workday.on(day)
        self.past = self.workday.turned()
        self.news = MorningNews(self.workday, self.analyst)
        self.promises, self.morning_promises = None, ()
        self.forget()

    def become(self, who: str) -> None:
        """Go on as this person, who has just been chosen on a shared account."""
        self.workday.become(who)
        self.autosave.use(self.workday.drafts)

    def unfinished(self) -> str:
        """Return the first step of the day in which this person left something typed; empty when nowhere."""
        day = self.workday.day.isoformat()
        typed = {parts[1] for key in self.workday.drafts.all() if day in (parts := key.split(":"))[2:3]}
        return next((step.id for step in self.workday.plan.steps if step.id in typed), "")

    def cached_answer(self, step: str) -> Answer | None:
        """Return the step's answer when it costs nothing, else None."""
        self._renew()
        return self.answers.get(step) or self.fresh_answer(step)

    def fresh_answer(self, step: str) -> Answer | None:
        """Return the step's answer while it stands on today's data and entries, else None."""
        cached = self.workday.said(step)
        return None if cached is None else self._known(step, cached)

    async def ask(self, step: str) -> Answer:
        """Return the step's answer from the analyst; what went wrong is an answer too."""
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
        """Check the promises against the figures imported so far."""
        day = self.workday.day
        self.promises = await self.analyst.promises(day=day.isoformat())
        self.morning_promises = self.promises.of_morning()
        return self.promises

    async def find_idle_steps(self) -> None:
        """Look, once a month, which steps led to nothing in 30 days; in a thread: it reads 30 files."""
        from routines.workday import thinning

        workday = self.workday
        if workday.read_only or thinning.asked(workday.past().decisions, workday.day):
            return
        among = thinning.all_steps(workday)
        self.idle_steps = await asyncio.to_thread(
            thinning.idle_steps, Book(workday.folder, workday.book.store), among, workday.day
        )

    def has_promises(self) -> bool:
        """Tell whether an action of an earlier day names a number and its day has come."""
        day = self.workday.day
        return any(one.metric and one.due is not None and one.due < day for one in self.workday.actions())

    def forget(self, step: str = "") -> None:
        """The data under the answers has changed."""
        if step:
            self.answers.pop(step, None)
            self.said.pop(step, None)
        else:
            self.answers.clear()
            self.said.clear()

    def shown_answers(self) -> ShownAnswers:
        """Return what was shown last today, to anybody, or is known now."""
        self._renew()
        entries, spoken = self.workday.entries(), language()
        if not self._shown.stands(entries, spoken):
            self._shown = ShownAnswers(entries, spoken, self.answers, self.workday.as_it_stands)
        return self._shown

    def _renew(self) -> None:
        """Lay what was decided since on the answers known."""
        if self.said and (states := self.workday.states()) is not self._states:
            self._states = states
            for step, said in list(self.said.items()):
                now = self.workday.as_it_stands(step, said)
                if now != said:
                    self._known(step, now)

    def _known(self, step: str, said: Answer[Words]) -> Answer:
        """Keep the answer and return it in the language now spoken."""
        from core.answers.answer_codec import rendered

        self.said[step] = said
        self.answers[step] = rendered(said)
        return self.answers[step]

    async def preview(self, progress: Callable[[int, int, str], None]) -> list[dict[str, Any]]:
        """Return what importing the inbox would do."""
        return await self.analyst.preview(today=self.workday.day.isoformat(), progress=progress)

    async def commit(
        self, files: Sequence[Path], progress: Callable[[int, int, str], None]
    ) -> list[dict[str, Any]]:
        """Import the files."""
        day, at = self.workday.day.isoformat(), self.workday.now().isoformat()
        return await self.analyst.commit(files, today=day, who=self.workday.who, at=at, progress=progress)

    async def look_to_teach(
        self, path: Path, draft: dict[str, Any] | None, said: Sequence[Sequence[str]] = (), sheet: str = ""
    ) -> dict[str, Any]:
        """Return the file under the draft of a layout with what was said since; without one the likeliest."""
        today = self.workday.day.isoformat()
        return await self.analyst.look_to_teach(path, draft, today=today, sheet=sheet, said=said)

    async def teach(self, path: Path, draft: dict[str, Any]) -> dict[str, Any]:
        """Keep the layout of the draft, and import the file by it."""
        return await self.analyst.teach(path, draft, who=self.workday.who, at=self.workday.now().isoformat())

    async def write_table(self, name: str, of: Span, kind: str) -> dict[str, Any]:
        """Write a table into reports/tables/; ``{"file", "rows"}``."""
        day, made = self.workday.day.isoformat(), self.workday.now().isoformat()
        return await self.analyst.write_table(name, of, kind, today=day, made=made)

    async def undo(self, batch: str) -> dict[str, Any]:
        """Take an import back."""
        return await self.analyst.undo(batch, who=self.workday.who, at=self.workday.now().isoformat())
