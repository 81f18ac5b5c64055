"""What all screens of one session share: the workday, the answers at hand, the drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from core.answer import Answer, Verdict, from_dict
from core.problem import ShopdayError
from core.wording import say
from routines.analyst import Analyst
from routines.workday import Workday
from tui.drafting import Keeper


class Session:
    """One person at one shop's day."""

    def __init__(self, workday: Workday) -> None:
        self.workday = workday
        self.keeper = Keeper(workday.drafts)
        self.analyst = Analyst(workday.folder, lang=workday.lang)
        self.answers: dict[str, Answer] = {}
        """Answers that stand on today's data."""
        self.asking: set[str] = set()
        self.failed: set[str] = set()
        """Steps whose last answer only says why there is none: nothing to keep in the journal."""

    def become(self, who: str) -> None:
        """Go on as the one of a shared account who has just said who they are."""
        self.workday.become(who)
        self.keeper.use(self.workday.drafts)

    def unfinished(self) -> str:
        """Return the first step of the day in which this person left something typed; empty when nowhere."""
        day = self.workday.day.isoformat()
        typed = {parts[1] for key in self.workday.drafts.all() if day in (parts := key.split(":"))[2:3]}
        return next((step.id for step in self.workday.plan.steps if step.id in typed), "")

    def known(self, step: str) -> Answer | None:
        """Return the step's answer when it costs nothing, else None."""
        if step not in self.answers:
            cached = self.workday.answer(step)
            if cached is None:
                return None
            self.answers[step] = cached
        return self.answers[step]

    def fresh(self, step: str) -> Answer | None:
        """Return the step's answer while it stands on today's data and entries, else None."""
        cached = self.workday.answer(step)
        if cached is not None:
            self.answers[step] = cached
        return cached

    async def ask(self, step: str) -> Answer:
        """Return the step's answer from the analyst; what went wrong is an answer too."""
        self.asking.add(step)
        self.failed.discard(step)
        try:
            day, now = self.workday.day.isoformat(), self.workday.now().isoformat()
            answer = await self.analyst.ask(step, day=day, now=now)
        except (ShopdayError, OSError, TimeoutError) as error:
            answer = Answer(Verdict("nodata", say("No answer: {why} Press g to ask again.", why=error)))
            self.failed.add(step)
        finally:
            self.asking.discard(step)
        self.answers[step] = answer
        return answer

    def forget(self, step: str = "") -> None:
        """The data under the answers has changed."""
        if step:
            self.answers.pop(step, None)
        else:
            self.answers.clear()

    def seen(self) -> dict[str, Answer]:
        """Return by step what was shown last today, to anybody, or is known now."""
        shown = {
            entry.step: from_dict(entry.data["answer"])
            for entry in self.workday.entries()
            if entry.kind == "answered" and "answer" in entry.data
        }
        return shown | self.answers

    async def preview(self, progress: Callable[[int, int, str], None]) -> list[dict[str, Any]]:
        """Return what importing the inbox would do."""
        return await self.analyst.preview(today=self.workday.day.isoformat(), progress=progress)

    async def commit(
        self, files: Sequence[Path], progress: Callable[[int, int, str], None]
    ) -> list[dict[str, Any]]:
        """Import the files."""
        day, at = self.workday.day.isoformat(), self.workday.now().isoformat()
        return await self.analyst.commit(files, today=day, who=self.workday.who, at=at, progress=progress)

    async def undo(self, batch: str) -> dict[str, Any]:
        """Take an import back."""
        return await self.analyst.undo(batch, who=self.workday.who, at=self.workday.now().isoformat())
