"""The client of the analyst, a child process that computes answers so that the screen never waits for pandas.

The child starts with the first request and replies over pipes with plain values. It ends when it is idle or
when this process ends, and is restarted once if it dies during a request.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

import routines
from core import errors
from core.errors import ShopdayError
from core.language.speech import Language
from core.language.wording import say
from core.storage.atomic_files import make_folder, open_to_group

if TYPE_CHECKING:
    from core.answers.answer import About, Answer
    from core.language.message import Words
    from core.tables.span import Span
    from routines.answers.file_needed import FileNeeded
    from routines.past.find_results import Result
    from routines.past.promise_history import PromiseLedger

Progress: TypeAlias = Callable[[int, int, str], None]
"""A callback in the event loop, with (done, total, words)."""

LOG: Final = Path("cache") / "analyst.log"
"""The file in a shop folder to which the child writes its errors."""
_LONGEST_LINE: Final = 1 << 27
_LARGEST_LOG: Final = 1 << 20
_ASK_SECONDS: Final = 60.0
_IMPORT_SECONDS: Final = 1800.0
_GOODBYE_SECONDS: Final = 1.0


class _Died(Exception):
    """Raised if the child ended without an answer, or had to be killed."""


class Analyst:
    """A client for at most one child process; its methods are coroutines of the caller's event loop.

    Requests are queued. If a request is cancelled, only the caller stops waiting: the child still completes
    it for the cache. A request that takes too long kills the child; the next request starts a new one.
    """

    def __init__(self, folder: Path, *, lang: Language, idle_seconds: float = 60.0) -> None:
        self.folder = folder
        self.lang = lang
        self.idle_seconds = idle_seconds
        self._child: Process | None = None
        self._turn = asyncio.Lock()
        self._numbers = itertools.count(1)

    async def ask(self, step: str, *, day: str, now: str, seconds: float = _ASK_SECONDS) -> Answer:
        """Return the step's answer, as :meth:`said` does, with its texts in the current language."""
        from core.answers.answer_codec import rendered

        return rendered(await self.said(step, day=day, now=now, seconds=seconds))

    async def said(self, step: str, *, day: str, now: str, seconds: float = _ASK_SECONDS) -> Answer[Words]:
        """Return the step's answer (``day`` and ``now`` in ISO format), with untranslated messages.

        If the child failed, return a nodata answer that says so. Raise ShopdayError for an error reported by
        the child, such as an invalid setting.
        """
        from core.answers.answer import nodata
        from core.answers.answer_codec import decode

        request = {"do": "ask", "step": step, "day": day, "now": now}
        try:
            return decode(await self._reply(request, seconds=seconds))
        except _Died as death:
            return nodata(str(death))

    async def days_of(self, about: About, *, day: str) -> Answer:
        """Return the figures by day of what a table's row is about, as an answer with one table.

        Raise ShopdayError if they cannot be computed now.
        """
        from core.answers.answer_codec import decode, rendered

        named = {name: value for name in about.__slots__ if (value := getattr(about, name))}
        try:
            return rendered(
                decode(await self._reply({"do": "days", "about": named, "day": day}, seconds=_ASK_SECONDS))
            )
        except _Died as death:
            raise ShopdayError(str(death)) from death

    async def save_rows(self, table: Mapping[str, Any], kind: str, *, made: str) -> dict[str, Any]:
        """Save the rows of a table as displayed in reports/tables/ (kind xlsx, csv or md).

        ``table`` is as ``routines.io.row_export`` reads it. Return ``{"file", "rows"}``.
        """
        request = {"do": "save_rows", "table": dict(table), "kind": kind, "made": made}
        return dict(await self._done(request, None))

    async def find(self, words: str, *, today: str) -> Result:
        """Return the days up to ``today`` that match the words.

        Raise UsageError if the words cannot be searched for.
        """
        from routines.past.find_results import from_shape

        try:
            request = {"do": "find", "words": words, "today": today}
            return from_shape(await self._reply(request, seconds=_ASK_SECONDS))
        except _Died as death:
            raise ShopdayError(str(death)) from death

    async def promises(self, *, day: str) -> PromiseLedger:
        """Return the promises of the last months with their outcomes."""
        from routines.past.promise_history import from_shape

        try:
            return from_shape(await self._reply({"do": "promises", "day": day}, seconds=_ASK_SECONDS))
        except _Died as death:
            raise ShopdayError(str(death)) from death

    async def outlook(self, *, metric: str, goal: float, way: int, due: str, day: str) -> str:
        """Return a sentence on whether it will be possible to judge a promise that is made on ``day``.

        Empty if nothing is known about that. ``way``: +1 if the figure should rise to ``goal``, −1 if it
        should fall to it.
        """
        request = {"do": "outlook", "metric": metric, "goal": goal, "way": way, "due": due, "day": day}
        with contextlib.suppress(_Died):
            return str(await self._reply(request, seconds=_ASK_SECONDS))
        return ""

    async def files(
        self, *, day: str, now: str, settled: Mapping[str, Sequence[int]]
    ) -> tuple[tuple[FileNeeded, ...], list[dict[str, Any]]]:
        """Return the exports the day needs, and the files not imported yet; see ``files_not_imported``."""
        from routines.answers.file_needed import from_shape

        request = {"do": "files", "day": day, "now": now, "settled": dict(settled)}
        found = await self._done(request, None)
        return tuple(map(from_shape, found["needed"])), list(found["inbox"])

    async def preview(
        self, paths: Sequence[Path] = (), *, today: str, progress: Progress | None = None
    ) -> list[dict[str, Any]]:
        """Return what importing these files (none: the whole inbox) would do; see ``importing``."""
        request = {"do": "preview", "paths": [str(path) for path in paths], "today": today}
        return list(await self._done(request, progress))

    async def commit(
        self,
        paths: Sequence[Path] = (),
        *,
        today: str,
        who: str,
        at: str,
        progress: Progress | None = None,
        replace: bool = False,
    ) -> list[dict[str, Any]]:
        """Import these files (none: the whole inbox); see ``importing``. Safe to repeat."""
        request = {
            "do": "commit",
            "paths": [str(path) for path in paths],
            "today": today,
            "who": who,
            "at": at,
            "replace": replace,
        }
        return list(await self._done(request, progress))

    async def undo(self, batch: str, *, who: str, at: str) -> dict[str, Any]:
        """Undo the import of a batch."""
        return dict(await self._done({"do": "undo", "batch": batch, "who": who, "at": at}, None))

    async def look_to_teach(
        self,
        path: Path,
        draft: dict[str, Any] | None,
        *,
        today: str,
        sheet: str = "",
        said: Sequence[Sequence[str]] = (),
    ) -> dict[str, Any]:
        """Return the file as the draft layout reads it (None: the most likely one); see ``teaching``."""
        request = {
            "do": "look_to_teach",
            "path": str(path),
            "draft": draft,
            "sheet": sheet,
            "said": [list(one) for one in said],
            "today": today,
        }
        return dict(await self._done(request, None))

    async def teach(self, path: Path, draft: dict[str, Any], *, who: str, at: str) -> dict[str, Any]:
        """Save the draft as a layout and import the file with it; see ``teaching``."""
        request = {"do": "teach", "path": str(path), "draft": draft, "who": who, "at": at}
        return dict(await self._done(request, None))

    async def month(self, first: str) -> None:
        """Compute and cache the month's figures and corrections (``first`` in ISO format).

        Raise ShopdayError with the reason if that is not possible.
        """
        await self._done({"do": "month", "first": first}, None)

    async def write_table(self, name: str, of: Span, kind: str, *, today: str, made: str) -> dict[str, Any]:
        """Write a table of the days in ``of`` into reports/tables/ (kind xlsx, csv or md).

        Return ``{"file", "rows"}``.
        """
        request = {
            "do": "table",
            "name": name,
            "span": [of.first.isoformat(), of.last.isoformat(), of.by],
            "kind": kind,
            "today": today,
            "made": made,
        }
        return dict(await self._done(request, None))

    async def close(self) -> None:
        """End the child process, abandoning its current request."""
        child, self._child = self._child, None
        if child is None or child.returncode is not None:
            return
        if child.stdin is not None:
            child.stdin.close()
        ends: tuple[Callable[[], None], ...] = (lambda: None, child.terminate, child.kill)
        for end in ends:
            with contextlib.suppress(ProcessLookupError):
                end()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(child.wait(), _GOODBYE_SECONDS)
                return

    async def _done(self, request: dict[str, Any], progress: Progress | None) -> Any:  # noqa: ANN401 - JSON
        try:
            return await self._reply(request, seconds=_IMPORT_SECONDS, progress=progress)
        except _Died as death:
            raise ShopdayError(
                say("{what} What was already imported is kept; import the rest again.", what=str(death))
            ) from death

    async def _reply(
        self, request: dict[str, Any], *, seconds: float, progress: Progress | None = None
    ) -> Any:  # noqa: ANN401 - JSON
        """Return the child's reply; if the child dies, start a new one and try once more."""
        async with self._turn:
            try:
                return await self._once(request, seconds, progress)
            except _Died:
                if self._child is not None:  # it was killed for taking too long; a retry would take as long
                    self._child = None
                    raise
                return await self._once(request, seconds, progress)

    async def _once(self, request: dict[str, Any], seconds: float, progress: Progress | None) -> Any:  # noqa: ANN401 - JSON
        child = self._child
        try:
            async with asyncio.timeout(seconds):
                if child is None or child.returncode is not None:
                    child = self._child = await self._started()
                return await self._said(child, {**request, "id": next(self._numbers)}, progress)
        except TimeoutError:
            if child is not None and child.returncode is None:
                child.kill()
            raise _Died(
                say("No answer after {seconds:.0f} seconds, so the calculation was stopped.", seconds=seconds)
            ) from None
        except (OSError, EOFError) as error:
            self._child = None
            raise _Died(
                say("The analysis process ended without an answer; see {log} for the reason.", log=LOG)
            ) from error

    async def _said(self, child: Process, request: dict[str, Any], progress: Progress | None) -> Any:  # noqa: ANN401 - JSON
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.write(json.dumps(request).encode() + b"\n")
        await child.stdin.drain()
        rows: dict[int, list[Any]] = {}
        while line := await child.stdout.readline():
            reply = json.loads(line)
            if reply["id"] != request["id"]:
                continue  # a late reply to a cancelled request
            if "rows" in reply:
                rows.setdefault(reply["rows"][0], []).extend(reply["rows"][1])
                await asyncio.sleep(0)  # let key presses be processed
                continue
            if "ok" in reply:
                for at, held in rows.items():
                    reply["ok"]["evidence"][at]["rows"] = held
                return reply["ok"]
            if "error" in reply:
                raise _error(reply)
            if progress is not None:
                progress(*reply["progress"])
        raise EOFError

    async def _started(self) -> Process:
        home = str(Path(routines.__path__[0]).parent)
        path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH", "")) if part)
        alone = "-I" if sys.flags.isolated else "-P"  # import from the same places as this process
        command = (alone, "-m", "routines.analyst.process", str(self.folder.resolve()))
        options = ("--lang", self.lang, "--idle", str(self.idle_seconds))
        with self._log() as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                *options,
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                limit=_LONGEST_LINE,
                env=os.environ | {"PYTHONPATH": path},
                start_new_session=True,  # Ctrl-C in the terminal must not reach it
            )

    def _log(self) -> BinaryIO:
        """Open the analyst's log for appending, truncating it first if it is long.

        If it cannot be opened, use the null device.
        """
        path = self.folder / LOG
        try:
            make_folder(path.parent)
            long = path.exists() and path.stat().st_size > _LARGEST_LOG
            return open(path, "wb" if long else "ab", opener=open_to_group)
        except (OSError, ShopdayError):
            return Path(os.devnull).open("ab")


def _error(reply: dict[str, Any]) -> ShopdayError:
    """Return the child's error as an exception of the same class."""
    kind = getattr(errors, reply["kind"], ShopdayError)
    return kind(reply["error"]) if issubclass(kind, ShopdayError) else ShopdayError(reply["error"])
