"""The command ``shopday server``: starts or stops the server that makes screens open faster."""

from __future__ import annotations

import os
import sys

import click

from core.errors import UsageError
from core.language.wording import say
from core.shop import restricted_mode
from tui.cli.output import tell

MINUTE = 60.0
DEFAULT_IDLE = 30


@click.command(help=say("Keep the program in memory: screens open faster."))
@click.option("--background", is_flag=True, help=say("Run in the background, without this terminal."))
@click.option("--stop", is_flag=True, help=say("End your server; open screens are not affected."))
@click.option(
    "--idle",
    type=click.IntRange(min=1),
    default=DEFAULT_IDLE,
    show_default=True,
    help=say("End the server after this many minutes without an open screen."),
)
def server(*, background: bool, stop: bool, idle: int) -> None:
    """Start or stop this Unix user's server, which serves no other user."""
    from tui.cli import forking_server

    if restricted_mode.restricted():
        restricted_mode.refuse(say("No server can be started here."))
    if stop:
        if not forking_server.stop():
            raise UsageError(say("You have no running server."))
        tell(say("The server has ended."))
        return
    if background and os.fork():
        return
    if background:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        sys.stdin = sys.stdout = sys.stderr = None
    forking_server.serve(idle * MINUTE)
