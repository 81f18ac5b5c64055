"""What every command starts from: clock and user. How it ends: an exit code and at most one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from core.problem import ShopdayError
from core.wording import say
from tui.printing import complain

Clock = Callable[[], datetime]
Progress = Callable[[int, int, str], None]
"""Called with done, total and a word on what is being done."""
BUG = 1
"""The exit code of a mistake of the program itself."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a command is given by whoever starts it."""

    clock: Clock
    user: str
    """The Unix user."""
    said: str = ""
    """Who they say they are (--who, SHOPDAY_WHO): needed where an account is shared."""

    def who(self, folder: Path) -> str:
        """Return who works in the shop; UsageError when they cannot be who they say (:mod:`core.rights`)."""
        from core.rights import identify
        from core.settings import load_shop

        return identify(load_shop(folder), self.user, self.said) if self.said else self.user


class Day(click.ParamType[Any]):
    """A day on the command line: 2026-11-16, today or yesterday are not guessed from anything else."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; a usage mistake (exit 2) when it is none."""
        if isinstance(value, date):
            return value
        year, *rest = str(value).split("-")  # not strptime: the first screen need not load it
        try:
            month, day = map(int, rest)
            return date(int(year) if len(year) == len("2026") else 0, month, day)
        except ValueError:
            self.fail(say("“{value}” is not a day; write it as 2026-11-16.", value=value), param, ctx)


class Moment(click.ParamType[Any]):
    """A time of day on the command line: 08:30."""

    name = "HH:MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Return the time; a usage mistake (exit 2) when it is none."""
        if isinstance(value, time):
            return value
        try:
            hour, minute = map(int, str(value).split(":"))
            return time(hour, minute)
        except ValueError:
            self.fail(say("“{value}” is not a time; write it as 08:30.", value=value), param, ctx)


class Commands(click.Group):
    """The commands, and the one place where what went wrong becomes a sentence and an exit code."""

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 - click's own
        """``elsewhere``: by name, where a command is (``module:name``) that is imported when it is named."""
        super().__init__(*args, **settings)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command; None when there is none of that name."""
        module, _, name = self._elsewhere.get(cmd_name, "").partition(":")
        return getattr(import_module(module), name) if module else super().get_command(ctx, cmd_name)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401 - click's own
        """Run a command and end the process: 0 fine, 2 wrong usage, 3 bad input, 4 not enough data."""
        extra["standalone_mode"] = False
        _never_fail_on_letters()
        try:
            code = super().main(args, prog_name or "shopday", **extra)
        except click.ClickException as error:
            complain(_usage(error))
            code = error.exit_code
        except ShopdayError as error:
            complain(error)
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            complain(say("Stopped before it was finished."))
            code = 2
        except BrokenPipeError:
            _forget_output()
            code = 0
        except OSError as error:
            complain(_system(error))
            code = 3
        except Exception:  # noqa: BLE001 - the last one who can turn a mistake of ours into a sentence
            complain(_ours())
            code = BUG
        sys.exit(code if isinstance(code, int) else 0)


def at(clock: Clock, day: date | None, when: time | None, zone: Any) -> Clock:  # noqa: ANN401 - any tzinfo
    """Return a clock that goes on from that time of that day; the clock as it is when no time is named."""
    if when is None:
        return clock
    begin = clock()
    start = datetime.combine(day or begin.astimezone(zone).date(), when, zone)

    def moved() -> datetime:
        return start + max(clock() - begin, timedelta())

    return moved


def _usage(error: click.ClickException) -> str:
    """Return click's complaint in one line, with where to look."""
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "shopday"
    return say("{complaint} See: {command} --help", complaint=text, command=command)


def _system(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return say("The system says: {reason}. Nothing was changed.", reason=reason)
    return say("{name} cannot be used: {reason}. Nothing was changed.", name=error.filename, reason=reason)


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


def here(path: Path) -> str:
    """Return the path as short as it can be said."""
    with suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)
