"""The session's analyst: a child process reads and computes, so that the screen never waits for pandas.

It starts on the first question, answers with plain values over pipes, ends itself
when idle or when this process is gone, and is started again once when it dies over a question.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

import routines
from core import errors
from core.errors import ShopdayError
from core.language.speech import Language
from core.language.wording import say
from core.storage.atomic_files import make_folder, open_to_group

if TYPE_CHECKING:
    from core.answers.answer import Answer
    from core.language.message import Words
    from core.tables.span import Span
    from routines.past.find_results import Result
    from routines.past.promise_history import PromiseLedger

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called in the event loop with (done, total, words)."""

LOG: Final = Path("cache") / "analyst.log"
"""Where in a shop folder the child's errors go."""
_LONGEST_LINE: Final = 1 << 27
_LARGEST_LOG: Final = 1 << 20
_ASK_SECONDS: Final = 60.0
_IMPORT_SECONDS: Final = 1800.0
_GOODBYE_SECONDS: Final = 1.0


class _Died(Exception):
    """The child is gone without an answer, or had to be ended."""


class Analyst:
    """One child process at most; every method is a coroutine of the caller's event loop.

    Questions wait for their turn. One that is cancelled is given up by the caller only: the child finishes it
    for the cache. One that takes too long ends the child; the next one starts a new one.
    """

    def __init__(self, folder: Path, *, lang: Language, idle_seconds: float = 60.0) -> None:
        self.folder = folder
        self.lang = lang
        self.idle_seconds = idle_seconds
        self._child: Process | None = None
        self._turn = asyncio.Lock()
        self._numbers = itertools.count(1)

    async def ask(self, step: str, *, day: str, now: str, seconds: float = _ASK_SECONDS) -> Answer:
        """Return :meth:`said` with its texts in the language now spoken."""
        from core.answers.answer_codec import rendered

        return rendered(await self.said(step, day=day, now=now, seconds=seconds))

    async def said(self, step: str, *, day: str, now: str, seconds: float = _ASK_SECONDS) -> Answer[Words]:
        """Return the step's answer (ISO day, ISO now); a nodata answer says it when the child failed.

        ShopdayError: what the answer's own process said, such as a wrong setting.
        """
        from core.answers.answer import nodata
        from core.answers.answer_codec import decode

        request = {"do": "ask", "step": step, "day": day, "now": now}
        try:
            return decode(await self._reply(request, seconds=seconds))
        except _Died as death:
            return nodata(str(death))

    async def find(self, words: str, *, today: str) -> Result:
        """Return the days up to ``today`` that fit the words; UsageError says what cannot be looked for."""
        from routines.past.find_results import from_shape

        try:
            request = {"do": "find", "words": words, "today": today}
            return from_shape(await self._reply(request, seconds=_ASK_SECONDS))
        except _Died as death:
            raise ShopdayError(str(death)) from death

    async def promises(self, *, day: str) -> PromiseLedger:
        """Return what came of the promises of the last months."""
        from routines.past.promise_history import from_shape

        try:
            return from_shape(await self._reply({"do": "promises", "day": day}, seconds=_ASK_SECONDS))
        except _Died as death:
            raise ShopdayError(str(death)) from death

    async def preview(
        self, paths: Sequence[Path] = (), *, today: str, progress: Progress | None = None
    ) -> list[dict[str, Any]]:
        """Return what importing the files (none: the whole inbox) would do; see ``importing``."""
        request = {"do": "preview", "paths": [str(path) for path in paths], "today": today}
        return list(await self._done(request, progress))

    async def commit(
        self, paths: Sequence[Path] = (), *, today: str, who: str, at: str, progress: Progress | None = None
    ) -> list[dict[str, Any]]:
        """Import the files (none: the whole inbox); see ``importing``. Safe to ask twice."""
        request = {
            "do": "commit",
            "paths": [str(path) for path in paths],
            "today": today,
            "who": who,
            "at": at,
        }
        return list(await self._done(request, progress))

    async def undo(self, batch: str, *, who: str, at: str) -> dict[str, Any]:
        """Take a batch back."""
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
        """Return the file under the draft of a layout, none: the most likely one; see ``teaching``."""
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
        """Keep the layout of the draft and import the file by it; see ``teaching``."""
        request = {"do": "teach", "path": str(path), "draft": draft, "who": who, "at": at}
        return dict(await self._done(request, None))

    async def month(self, first: str) -> None:
        """Have the month's figures and corrections worked out and kept (ISO day); ``month_now`` reads them.

        ShopdayError: why they cannot be.
        """
        await self._done({"do": "month", "first": first}, None)

    async def write_table(self, name: str, of: Span, kind: str, *, today: str, made: str) -> dict[str, Any]:
        """Write a table of these days into reports/tables/ (kind xlsx, csv, md); ``{"file", "rows"}``."""
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
        """End the child; what it was at is given up."""
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
                say("{what} What was imported stays; do it again.", what=str(death))
            ) from death

    async def _reply(
        self, request: dict[str, Any], *, seconds: float, progress: Progress | None = None
    ) -> Any:  # noqa: ANN401 - JSON
        """Return what the child says to the request; when it dies over it, once more with a new one."""
        async with self._turn:
            try:
                return await self._once(request, seconds, progress)
            except _Died:
                if self._child is not None:  # it had to be ended: asking again would take as long
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
                say("No answer within {seconds:.0f} seconds; it was given up.", seconds=seconds)
            ) from None
        except (OSError, EOFError) as error:
            self._child = None
            raise _Died(say("The analyst ended without an answer; {log} says why.", log=LOG)) from error

    async def _said(self, child: Process, request: dict[str, Any], progress: Progress | None) -> Any:  # noqa: ANN401 - JSON
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.write(json.dumps(request).encode() + b"\n")
        await child.stdin.drain()
        rows: dict[int, list[Any]] = {}
        while line := await child.stdout.readline():
            reply = json.loads(line)
            if reply["id"] != request["id"]:
                continue  # the end of a question nobody waits for any more
            if "rows" in reply:
                rows.setdefault(reply["rows"][0], []).extend(reply["rows"][1])
                await asyncio.sleep(0)  # keys have their turn
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
        alone = "-I" if sys.flags.isolated else "-P"  # what it finds is what this process found
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
                start_new_session=True,  # a Ctrl-C at the terminal is not meant for it
            )

    def _log(self) -> BinaryIO:
        """Open the log at its end, a long one from its beginning; nowhere when it cannot be written."""
        path = self.folder / LOG
        try:
            make_folder(path.parent)
            long = path.exists() and path.stat().st_size > _LARGEST_LOG
            return open(path, "wb" if long else "ab", opener=open_to_group)
        except (OSError, ShopdayError):
            return Path(os.devnull).open("ab")


def _error(reply: dict[str, Any]) -> ShopdayError:
    """Return the error the child met, as the same kind of error here."""
    kind = getattr(errors, reply["kind"], ShopdayError)
    return kind(reply["error"]) if issubclass(kind, ShopdayError) else ShopdayError(reply["error"])
