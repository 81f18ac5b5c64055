"""The analyst's process: ``python -m routines.analyst.process SHOP --lang zh --idle 60``.

It reads one JSON line per request and writes one or more lines in reply, one request at a time. It ends when
its input closes (the session, which would read the replies, is gone) or after being idle for a while. pandas
is imported only when something has to be computed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from core.answers.answer_codec import encode
from core.errors import ShopdayError
from core.language.locale_folders import SOURCE, languages
from core.language.speech import Language, speak
from core.language.wording import say
from core.storage.system_errors import words_of

if TYPE_CHECKING:
    from core.journal.multi_day_index import MultiDayIndex
    from routines.past.find import Finder

Request: TypeAlias = dict[str, Any]
Tell: TypeAlias = Callable[[int, int, str], None]

NICE: Final = 10
"""The niceness of the process: the screen has priority."""
_ROWS: Final = 500
"""The maximum number of table rows in one line of a reply."""
GRACE: Final = 3.0
"""Seconds the process may continue after the session has ended; an import cut off then is repeated later."""


def main(arguments: list[str] | None = None) -> int:
    """Answer requests until the input closes or no request arrives for the idle time."""
    wanted = argparse.ArgumentParser(prog="analyst")
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--lang", choices=languages(), default=SOURCE)
    wanted.add_argument("--idle", type=float, default=60.0)
    given = wanted.parse_args(arguments)
    # The session blocks these signals in its threads, and children inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGHUP, signal.SIGTERM))
    threading.Thread(target=_end_with_the_session, args=(sys.stdin.fileno(),), daemon=True).start()
    _give_way()
    speak(given.lang)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # keep output of libraries out of the replies
    try:
        for line in _lines(given.idle):
            with uncollected():
                serve(given.folder, line, lambda reply: _send(out, reply), given.lang)
    except BrokenPipeError:
        os._exit(0)  # the session is gone, so there is nobody to flush to
    return 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Turn off garbage collection in the ``with`` block: scanning a million live cells would free nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _give_way() -> None:
    """Give the UI a higher priority than this process, even if the kernel groups processes by session."""
    os.nice(NICE)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICE), encoding="ascii")


def _end_with_the_session(handle: int) -> None:
    """End this process shortly after the session has ended, whatever it is doing."""
    poll = select.poll()
    poll.register(handle, 0)
    poll.poll()  # blocks until the other end closes
    time.sleep(GRACE)
    os._exit(0)


def serve(folder: Path, line: bytes, send: Callable[[dict[str, Any]], None], lang: Language = SOURCE) -> None:
    """Answer one request: send progress lines, then one line with ``ok`` or ``error``."""
    number: object = None
    try:
        request: Request = json.loads(line)
        number = request["id"]

        def tell(done: int, total: int, words: str) -> None:
            send({"id": number, "progress": [done, total, words]})

        for reply in _in_pieces(_DO[request["do"]](folder, request, tell, lang)):
            send({"id": number, **reply})
    except ShopdayError as error:
        send({"id": number, "error": str(error), "kind": type(error).__name__})
    except BrokenPipeError:
        raise
    except OSError as error:
        traceback.print_exc()
        send({"id": number, "error": words_of(error), "kind": "ShopdayError"})
    except Exception as error:  # noqa: BLE001 - one broken request must not end the session's analyst
        traceback.print_exc()
        said = say(
            "The analysis process failed: {error}. Details are in cache/analyst.log.", error=repr(error)
        )
        send({"id": number, "error": said, "kind": "Exception"})


def _in_pieces(done: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield the result, preceded by the rows of long tables in pieces, so that no piece blocks the UI."""
    evidence = done.get("evidence", ()) if isinstance(done, dict) else ()
    for at, piece in enumerate(evidence):
        if len(rows := piece.get("rows", ())) > _ROWS:
            piece["rows"] = []
            for first in range(0, len(rows), _ROWS):
                yield {"rows": [at, rows[first : first + _ROWS]]}
    yield {"ok": done}


def _lines(idle: float) -> Iterator[bytes]:
    """Yield the request lines until the input closes or no data arrives for ``idle`` seconds."""
    handle, held = sys.stdin.fileno(), b""
    while True:
        while b"\n" in held:
            line, _, held = held.partition(b"\n")
            yield line
        if not select.select([handle], [], [], idle)[0]:
            return
        more = os.read(handle, 1 << 16)
        if not more:
            return
        held += more


def _send(out: Any, reply: dict[str, Any]) -> None:  # noqa: ANN401 - a text file
    out.write(json.dumps(reply, ensure_ascii=False) + "\n")
    out.flush()


def _ask(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from routines.answers.compute_answer import said

    day, now = date.fromisoformat(request["day"]), datetime.fromisoformat(request["now"])
    return encode(said(folder, request["step"], day=day, now=now, lang=lang, index=_index(folder)))


def _days(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from core.answers.answer import About
    from routines.answers.days_of_row import days_of

    return encode(
        days_of(folder, About(**request["about"]), day=date.fromisoformat(request["day"]), lang=lang)
    )


def _save_rows(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from routines.io.row_export import write_rows

    made = datetime.fromisoformat(request["made"])
    return write_rows(folder, request["table"], request["kind"], made=made, lang=lang)


@cache
def _index(folder: Path) -> MultiDayIndex:
    """Return the journal's index, kept so that a day is read again only when it has changed."""
    from core.journal.book import Book
    from core.journal.multi_day_index import MultiDayIndex

    return MultiDayIndex(Book(folder))


def _preview(folder: Path, request: Request, tell: Tell, _: Language) -> list[dict[str, Any]]:
    from routines.io.importing import preview_files

    today = date.fromisoformat(request["today"])
    return preview_files(folder, _paths(request), today=today, progress=tell)


def _files(folder: Path, request: Request, _: Tell, __: Language) -> dict[str, Any]:
    from routines.answers.file_checklist import file_checklist
    from routines.answers.file_needed import shape
    from routines.io.files_not_imported import not_imported

    day, now = date.fromisoformat(request["day"]), datetime.fromisoformat(request["now"])
    needed = [shape(one) for one in file_checklist(folder, day, now)]
    return {"needed": needed, "inbox": not_imported(folder, request["settled"], today=day)}


def _commit(folder: Path, request: Request, tell: Tell, _: Language) -> list[dict[str, Any]]:
    from routines.io.importing import commit_files

    today, at = date.fromisoformat(request["today"]), datetime.fromisoformat(request["at"])
    who, whole = request["who"], request["replace"]
    return commit_files(folder, _paths(request), today=today, who=who, at=at, progress=tell, replace=whole)


def _undo(folder: Path, request: Request, _: Tell, __: Language) -> dict[str, Any]:
    from routines.io.importing import undo_batch

    return undo_batch(folder, request["batch"], who=request["who"], at=datetime.fromisoformat(request["at"]))


def _look_to_teach(folder: Path, request: Request, _: Tell, __: Language) -> dict[str, Any]:
    from routines.io.teaching import look

    today = date.fromisoformat(request["today"])
    path, said = Path(request["path"]), request["said"]
    return look(folder, path, request["draft"], today=today, sheet=request["sheet"], said=said)


def _teach(folder: Path, request: Request, _: Tell, __: Language) -> dict[str, Any]:
    from routines.io.teaching import teach

    at = datetime.fromisoformat(request["at"])
    return teach(folder, Path(request["path"]), request["draft"], who=request["who"], at=at)


def _find(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from routines.past.find_results import shape

    found = _finder(folder).find(request["words"], today=date.fromisoformat(request["today"]), lang=lang)
    return shape(found)


@cache
def _finder(folder: Path) -> Finder:
    """Return the process's only Finder, which keeps the text of all days in memory."""
    from routines.past.find import Finder

    return Finder(folder)


def _promises(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from routines.past.promise_history import promise_ledger, shape

    return shape(promise_ledger(folder, day=date.fromisoformat(request["day"]), lang=lang))


def _outlook(folder: Path, request: Request, _: Tell, lang: Language) -> str:
    from routines.past.promise_outlook import promise_outlook

    due, day = (date.fromisoformat(request[name]) for name in ("due", "day"))
    return promise_outlook(
        folder,
        metric=request["metric"],
        goal=request["goal"],
        way=request["way"],
        due=due,
        day=day,
        lang=lang,
    )


def _month(folder: Path, request: Request, _: Tell, __: Language) -> bool:
    from routines.past.month_figures import work_out

    work_out(folder, date.fromisoformat(request["first"]))
    return True


def _table(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from core.tables.span import span
    from routines.io.table_export import write_table

    first, last, by = request["span"]
    return write_table(
        folder,
        request["name"],
        span(date.fromisoformat(first), date.fromisoformat(last), by),
        request["kind"],
        today=date.fromisoformat(request["today"]),
        made=datetime.fromisoformat(request["made"]),
        lang=lang,
    )


def _paths(request: Request) -> list[Path]:
    return [Path(path) for path in request["paths"]]


_DO: Final[dict[str, Callable[[Path, Request, Tell, Language], Any]]] = {
    "ask": _ask,
    "days": _days,
    "save_rows": _save_rows,
    "files": _files,
    "preview": _preview,
    "commit": _commit,
    "undo": _undo,
    "look_to_teach": _look_to_teach,
    "teach": _teach,
    "table": _table,
    "month": _month,
    "find": _find,
    "promises": _promises,
    "outlook": _outlook,
}

if __name__ == "__main__":
    sys.exit(main())
