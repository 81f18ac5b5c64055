"""What the command line understands: days, times, and commands that are imported when they are named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from core.language.wording import N_, say
from tui.cli.context import day_of, time_of
from tui.cli.exit_codes import ended
from tui.cli.output import complain


class Spelled(click.ParamType[Any]):
    """What has one spelling on the command line; nothing is guessed from another."""

    def __init__(self, name: str, read: Callable[[str], object], complaint: str) -> None:
        """``read`` raises ValueError for another spelling, and ``complaint`` says so of its ``{value}``."""
        self.name = name
        self._read = read
        self._complaint = complaint

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """Return what the word says; a usage mistake (exit 2) for another spelling."""
        try:
            return self._read(value) if isinstance(value, str) else value
        except ValueError:
            self.fail(say(self._complaint, value=value), param, ctx)


DAY: Final = Spelled("YYYY-MM-DD", day_of, N_("“{value}” is not a day; write it as 2026-11-16."))
MOMENT: Final = Spelled("HH:MM", time_of, N_("“{value}” is not a time; write it as 08:30."))


class Commands(click.Group):
    """The commands; what went wrong in one ends as :func:`tui.cli.exit_codes.ended` says."""

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
        """Run a command and end the process."""
        run = super().main

        def understood() -> object:
            try:
                return run(args, prog_name or "shopday", **{**extra, "standalone_mode": False})
            except click.Abort as error:
                raise KeyboardInterrupt from error
            except click.ClickException as error:
                complain(_usage(error))
                return error.exit_code

        sys.exit(ended(understood))


def _usage(error: click.ClickException) -> str:
    """Return click's complaint in one line, with where to look."""
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "shopday"
    return say("{complaint} See: {command} --help", complaint=text, command=command)
