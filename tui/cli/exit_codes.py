"""Conversion of every command's result into an exit code and, for errors, a sentence on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from core.errors import ShopdayError
from core.language.wording import say
from core.storage.system_errors import words_of

BUG = 1
"""The exit code for a bug in shopday."""


def ended(work: Callable[[], object]) -> int:
    """Run ``work`` and return the exit code: 0 success, 1 bug, 2 wrong usage, 3 bad input, 4 not enough data.

    Every exception becomes a message on stderr.
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
    except Exception:  # noqa: BLE001 - the last chance to report a bug as a sentence
        return _said(_ours(), BUG)
    return code if isinstance(code, int) else 0


def _said(words: object, code: int) -> int:
    from tui.cli.output import complain

    complain(words)
    return code


def _ours() -> str:
    """Write the traceback of a bug to a temporary file, and return a message with its path."""
    import tempfile
    import traceback

    kept = ""
    with suppress(OSError):
        handle, kept = tempfile.mkstemp(prefix="shopday-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(traceback.format_exc())
    error = sys.exc_info()[1]
    return say(
        "An error happened in shopday itself ({kind}); the details are in {file}.",
        kind=type(error).__name__,
        file=kept,
    )


def _never_fail_on_letters() -> None:
    """Let stdout and stderr print "?" for characters that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if (change := getattr(stream, "reconfigure", None)) is not None:
            change(errors="replace")


def _forget_output() -> None:
    """Redirect stdout to /dev/null after a broken pipe (``| head``), so that exiting does not fail."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
