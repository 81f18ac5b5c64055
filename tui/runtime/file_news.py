"""The exports that are missing this morning, and the files in the inbox that can be imported."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core.errors import ShopdayError
from core.language.dates import short_day
from core.language.wording import listing, plural, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routines.analyst.analyst import Analyst
    from routines.answers.file_needed import FileNeeded
    from routines.workday.workday import Workday

_SETTLES: Final = 1.5
"""Seconds for which a file in the inbox must stay unchanged before its content is read."""
_NAMED: Final = 3


class FileNews:
    """The exports that one day needs, and the files in the inbox, as the analyst process last found them."""

    def __init__(self, workday: Workday, analyst: Analyst) -> None:
        self._workday = workday
        self._analyst = analyst
        self._stamps: dict[str, Sequence[int]] = {}
        self._turn = asyncio.Lock()
        self.needed: tuple[FileNeeded, ...] = ()
        """The exports the day needs, missing ones first; empty before the first call of :meth:`look`."""
        self.waiting: list[dict[str, Any]] = []
        """The files in the inbox that can be imported."""

    async def look(self, news: Callable[[], None] = lambda: None) -> bool:
        """Look for missing exports and for files in the inbox; repeat while a file is being written.

        ``news`` is called as soon as the missing exports are known. Return True if the result differs from
        the last one.
        """
        before = self.needed, self.waiting
        async with self._turn:
            await self._look(news)
        return (self.needed, self.waiting) != before

    async def _look(self, news: Callable[[], None]) -> None:
        workday = self._workday
        while True:
            now = workday.now().isoformat()
            try:
                needed, inbox = await self._analyst.files(
                    day=workday.day.isoformat(), now=now, settled=self._stamps
                )
            except (ShopdayError, OSError, TimeoutError):
                return  # the import screen says why
            if needed != self.needed:
                self.needed = needed
                news()
            stamps = {one["path"]: one["stamp"] for one in inbox}
            settled, self._stamps = stamps == self._stamps, stamps
            if settled:
                self.waiting = [one for one in inbox if one["state"] in ("new", "")]
                return
            await asyncio.sleep(_SETTLES)

    def lines(self) -> list[str]:
        """Return a sentence on the missing exports and one on the files in the inbox, if there are any."""
        from routines.answers.file_needed import lacking

        said = []
        missing = lacking(self.needed, self._workday.day)
        if missing and not any(one.file for one in self.needed):
            said.append(say("No file has been imported yet."))
        elif missing:
            names = [one.title for one in missing]
            said.append(
                plural(
                    "{n} file of yesterday is missing: {names}.",
                    "{n} files of yesterday are missing: {names}.",
                    len(missing),
                    names=_some(names),
                )
            )
        if self.waiting:
            said.append(
                plural(
                    "{n} new file in the inbox: {names}.",
                    "{n} new files in the inbox: {names}.",
                    len(self.waiting),
                    names=_some([_named(one) for one in self.waiting]),
                )
            )
        return said


def _some(names: list[str]) -> str:
    return listing([*names[: _NAMED - 1], "…"] if len(names) > _NAMED else names)


def _named(file: dict[str, Any]) -> str:
    """Return the kind and the days of a file in the inbox; its name if its content has not been read."""
    if not file["title"]:
        return str(file["file"])
    known = sorted(map(date.fromisoformat, file["dates"]))
    if not known:
        return str(file["title"])
    first, last = short_day(known[0]), short_day(known[-1])
    return f"{file['title']} {first}" + ("" if first == last else f"–{last}")
