"""Parameter types for days and times, and a click group that imports each command only when it is used."""

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
    """A parameter type that accepts exactly one format."""

    def __init__(self, name: str, read: Callable[[str], object], complaint: str) -> None:
        """Initialize the type.

        ``read`` converts a string or raises ValueError; ``complaint`` is then the message, with ``{value}``
        filled in.
        """
        self.name = name
        self._read = read
        self._complaint = complaint

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """Return the converted value; fail with a usage error (exit code 2) if the format is wrong."""
        try:
            return self._read(value) if isinstance(value, str) else value
        except ValueError:
            self.fail(say(self._complaint, value=value), param, ctx)


DAY: Final = Spelled("YYYY-MM-DD", day_of, N_("“{value}” is not a date; write it as 2026-11-16."))
MOMENT: Final = Spelled("HH:MM", time_of, N_("“{value}” is not a time; write it as 08:30."))


class Commands(click.Group):
    """A group of commands whose errors are handled by :func:`tui.cli.exit_codes.ended`."""

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 - click's own
        """Initialize the group; ``elsewhere`` maps names to commands (``module:name``) imported when used."""
        super().__init__(*args, **settings)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command; None if there is no command of that name."""
        module, _, name = self._elsewhere.get(cmd_name, "").partition(":")
        return getattr(import_module(module), name) if module else super().get_command(ctx, cmd_name)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401 - click's own
        """Run the command given by ``args`` and exit the process with its exit code."""
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
    """Return click's error message on one line, with a pointer to the command's help."""
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "shopday"
    return say("{complaint} See: {command} --help", complaint=text, command=command)
