"""A process that has imported the desk once and forks one for each line it reads: ``TTY SHOP AT LANG``.

For tests that open the desk many times: what is forked is the program itself, in a session and terminal of
its own; only the imports are saved.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module

from tests.terminal.program import main


def serve() -> None:
    """Fork a desk for each line; its process id is the answer. Ends with its input."""
    for module in ("today.today", "step.step", "form", "work.keyword_board"):
        import_module(f"tui.screens.{module}")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: they are reaped at once
    print("ready", flush=True)  # noqa: T201 - the answer
    for line in sys.stdin:
        tty, shop, at, lang = line.split()
        child = os.fork()
        if child == 0:
            _be_a_desk(tty, shop, at, lang)
        print(child, flush=True)  # noqa: T201 - the answer


def _be_a_desk(tty: str, shop: str, at: str, lang: str) -> None:
    os.setsid()
    line = os.open(tty, os.O_RDWR)  # the first terminal a session opens is its own
    for number in (0, 1, 2):
        os.dup2(line, number)
    os.close(line)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        main(shop, at, lang)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve()
