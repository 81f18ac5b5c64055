"""How every command ends: an exit code, and at most one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from core.errors import ShopdayError
from core.language.wording import say
from core.storage.system_errors import words_of

BUG = 1
"""The exit code of a mistake of the program itself."""


def ended(work: Callable[[], object]) -> int:
    """Do it and return the exit code: 0 fine, 1 our mistake, 2 wrong usage, 3 bad input, 4 not enough data.

    The one place where what went wrong becomes a sentence.
    """
    _never_fail_on_letters()
    try:
        code = work()
    except ShopdayError as error:
        return _said(error, error.exit_code)
    except KeyboardInterrupt:
        return _said(say("Stopped before it was finished."), 2)
    except BrokenPipeError:
        _forget_output()
        return 0
    except OSError as error:
        return _said(words_of(error), 3)
    except Exception:  # noqa: BLE001 - the last one who can turn a mistake of ours into a sentence
        return _said(_ours(), BUG)
    return code if isinstance(code, int) else 0


def _said(words: object, code: int) -> int:
    from tui.cli.output import complain

    complain(words)
    return code


def _ours() -> str:
    """Keep the traceback for those who can read it, and say where."""
    import tempfile
    import traceback

    kept = ""
    with suppress(OSError):
        handle, kept = tempfile.mkstemp(prefix="shopday-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(traceback.format_exc())
    error = sys.exc_info()[1]
    return say(
        "shopday has a mistake of its own ({kind}); the details are in {file}.",
        kind=type(error).__name__,
        file=kept,
    )


def _never_fail_on_letters() -> None:
    """Print a question mark for what the terminal's encoding lacks; take any bytes as input."""
    for stream in (sys.stdout, sys.stderr):
        if (change := getattr(stream, "reconfigure", None)) is not None:
            change(errors="replace")


def _forget_output() -> None:
    """Nobody reads any more (``| head``): do not complain about it while the process ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
