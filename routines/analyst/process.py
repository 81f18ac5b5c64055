"""The analyst's side of the pipe: ``python -m routines.analyst.process SHOP --lang zh --idle 60``.

One JSON line in, one or more out; one request at a time. It ends when its input closes (the session is gone,
and with it whoever would read the answer) or when nobody has asked for a while. pandas is imported when
something has to be worked out, not before.
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
    from routines.past.find import Finder

Request: TypeAlias = dict[str, Any]
Tell: TypeAlias = Callable[[int, int, str], None]

NICE: Final = 10
"""The screen goes first."""
_ROWS: Final = 500
"""Rows of a table in one line of an answer."""
GRACE: Final = 3.0
"""Seconds that work goes on after the session is gone; an import cut off then is done again, never half."""


def main(arguments: list[str] | None = None) -> int:
    """Answer until the input closes or the wait gets long."""
    wanted = argparse.ArgumentParser(prog="analyst")
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--lang", choices=languages(), default=SOURCE)
    wanted.add_argument("--idle", type=float, default=60.0)
    given = wanted.parse_args(arguments)
    # The session's guard holds these back in its own threads, and a child is born with them held back.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGHUP, signal.SIGTERM))
    threading.Thread(target=_end_with_the_session, args=(sys.stdin.fileno(),), daemon=True).start()
    _give_way()
    speak(given.lang)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not break a line of ours
    try:
        for line in _lines(given.idle):
            with uncollected():
                serve(given.folder, line, lambda reply: _send(out, reply), given.lang)
    except BrokenPipeError:
        os._exit(0)  # the session is gone; nothing is left to flush to
    return 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Switch the garbage collector off for the block: walking a million live cells frees nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _give_way() -> None:
    """Lower our priority below the UI's, also where the kernel groups processes by session."""
    os.nice(NICE)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICE), encoding="ascii")


def _end_with_the_session(handle: int) -> None:
    """End this process a moment after the session has gone, whatever it is working on."""
    poll = select.poll()
    poll.register(handle, 0)
    poll.poll()  # says nothing until the other end closes
    time.sleep(GRACE)
    os._exit(0)


def serve(folder: Path, line: bytes, send: Callable[[dict[str, Any]], None], lang: Language = SOURCE) -> None:
    """Answer one request line: progress lines, then one with ``ok`` or ``error``."""
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
        said = say("The analyst stumbled: {error}. The trace is in cache/analyst.log.", error=repr(error))
        send({"id": number, "error": said, "kind": "Exception"})


def _in_pieces(done: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield the result, the rows of long tables before it in pieces, so that none blocks the UI."""
    evidence = done.get("evidence", ()) if isinstance(done, dict) else ()
    for at, piece in enumerate(evidence):
        if len(rows := piece.get("rows", ())) > _ROWS:
            piece["rows"] = []
            for first in range(0, len(rows), _ROWS):
                yield {"rows": [at, rows[first : first + _ROWS]]}
    yield {"ok": done}


def _lines(idle: float) -> Iterator[bytes]:
    """Go through the request lines until the input closes or stays silent for ``idle`` seconds."""
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
    return encode(said(folder, request["step"], day=day, now=now, lang=lang))


def _preview(folder: Path, request: Request, tell: Tell, _: Language) -> list[dict[str, Any]]:
    from routines.io.importing import preview_files

    today = date.fromisoformat(request["today"])
    return preview_files(folder, _paths(request), today=today, progress=tell)


def _commit(folder: Path, request: Request, tell: Tell, _: Language) -> list[dict[str, Any]]:
    from routines.io.importing import commit_files

    today, at = date.fromisoformat(request["today"]), datetime.fromisoformat(request["at"])
    return commit_files(folder, _paths(request), today=today, who=request["who"], at=at, progress=tell)


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
    """Return the process's one Finder, which keeps the text of all days in memory."""
    from routines.past.find import Finder

    return Finder(folder)


def _promises(folder: Path, request: Request, _: Tell, lang: Language) -> dict[str, Any]:
    from routines.past.promise_history import promise_ledger, shape

    return shape(promise_ledger(folder, day=date.fromisoformat(request["day"]), lang=lang))


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
    "preview": _preview,
    "commit": _commit,
    "undo": _undo,
    "look_to_teach": _look_to_teach,
    "teach": _teach,
    "table": _table,
    "month": _month,
    "find": _find,
    "promises": _promises,
}

if __name__ == "__main__":
    sys.exit(main())
