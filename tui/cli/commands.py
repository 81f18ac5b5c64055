"""The ``shopday`` command line, an alternative to the screens for scripts, cron jobs and quick use.

Exit codes: 0 success, 1 a bug in shopday, 2 wrong usage, 3 bad input or settings, 4 not enough data. JSON
output (``--json``): that of ``ask`` is written by :mod:`core.answers.answer_codec`; the other formats are
documented at the functions that produce them. Heavy modules are imported inside the commands, so that
``--help`` and the first screen are fast.
"""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Final

import click

from core.language.wording import say
from core.shop import restricted_mode
from tui.cli.context import Terms, at
from tui.cli.output import tell, versions
from tui.cli.params import DAY, MOMENT, Commands
from tui.cli.shops import named, remember, todays

ELSEWHERE: Final = {
    "ask": "tui.cli.day:ask",
    "board": "tui.cli.fleet_board:board_",
    "calendar": "tui.cli.shop_calendar:calendar",
    "day": "tui.cli.day:day_",
    "demo": "tui.cli.shop:demo",
    "doctor": "tui.cli.doctor:doctor",
    "files": "tui.cli.files:files",
    "find": "tui.cli.find:find",
    "import": "tui.cli.data:import_",
    "init": "tui.cli.shop:init",
    "journal": "tui.cli.journal:journal",
    "layouts": "tui.cli.layouts:layouts",
    "note": "tui.cli.day:note",
    "page": "tui.cli.pages:page",
    "post": "tui.cli.tables:post_",
    "promises": "tui.cli.find:promises",
    "proposals": "tui.cli.proposals:proposals",
    "report": "tui.cli.day:report",
    "review": "tui.cli.review:review",
    "server": "tui.cli.server:server",
    "steps": "tui.cli.day:steps",
    "table": "tui.cli.tables:table_",
    "teach": "tui.cli.teach:teach",
    "undo": "tui.cli.data:undo",
    "version": "tui.cli.day:version",
    "worker": "tui.cli.worker:worker",
}
"""The function that implements each command, imported only when the command is used.

A new command is a module and an entry here.
"""


@click.group(
    cls=Commands,
    elsewhere=ELSEWHERE,
    invoke_without_command=True,
    help=say("Walk through a shop operator's day in the terminal. Without a command: open today."),
    epilog=say(
        "Exit codes: 0 all right, 1 an error in shopday itself, 2 wrong usage, 3 bad input, 4 not "
        "enough data to answer."
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--who",
    envvar="SHOPDAY_WHO",
    metavar="NAME",
    default="",
    help=say("Say who of the team you are, if several people share an account."),
)
@click.option("--version", "asks_version", is_flag=True, help=say("Show the version."))
@click.pass_context
def shopday(context: click.Context, who: str, *, asks_version: bool) -> None:
    """Prepare the context for the given command, or print the version; without either, show the agenda."""
    if asks_version:
        tell(versions())
        context.exit()
    if restricted_mode.restricted():
        restricted_mode.enter()
        if context.invoked_subcommand in ("demo", "init"):
            restricted_mode.refuse(say("No new shops can be created here."))
    context.obj = context.obj._replace(said=who)
    if context.invoked_subcommand is None:
        show(context.obj, todays(), None, None)


@shopday.command("open", help=say("Open a shop's day."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, written as 2026-11-16; today if left out."))
@click.option(
    "--at", "when", type=MOMENT, help=say("Start at this time of day; the clock continues from there.")
)
@click.pass_obj
def open_(terms: Terms, shop: str, day: date | None, when: time | None) -> None:
    """Open the shop's day on the screen."""
    show(terms, named(shop), day, when)


def show(terms: Terms, folder: Path, day: date | None, when: time | None) -> None:
    """Show the shop's day on the screen until the user quits; its clock starts at ``when`` if given."""
    from core.shop.loading import load_shop
    from tui.app import run

    clock = terms.clock if when is None else at(terms.clock, day, when, load_shop(folder).zone)
    wants = run(folder, clock=clock, who=terms.who(folder), day=day, greets=True)
    remember(folder)
    if wants == "sample":
        from tui.cli.shop import to_the_sample

        to_the_sample(terms, folder, day, when)
