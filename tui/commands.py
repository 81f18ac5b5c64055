"""The ``shopday`` command line: a second face of the day, for scripts, cron and people in a hurry.

Exit codes: 0 fine, 2 wrong usage, 3 bad input or settings (nothing changed), 4 not enough data to answer.
``--json`` shapes: ``ask`` as in architecture section 7; the others stand with the function that makes them.
Everything heavy is imported inside a command, so that ``--help`` and a first screen do not wait for it.
"""

from __future__ import annotations

from datetime import date, time
from typing import Final

import click

from core.language.wording import say
from core.shop import restricted_mode
from tui.shops import named, todays
from tui.straight import show
from tui.terms import Terms
from tui.usage import DAY, MOMENT, Commands

ELSEWHERE: Final = {
    "ask": "tui.commands_day:ask",
    "day": "tui.commands_day:day_",
    "demo": "tui.commands_shop:demo",
    "doctor": "tui.commands_doctor:doctor",
    "find": "tui.commands_find:find",
    "import": "tui.commands_data:import_",
    "init": "tui.commands_shop:init",
    "note": "tui.commands_day:note",
    "post": "tui.commands_tables:post_",
    "promises": "tui.commands_find:promises",
    "report": "tui.commands_day:report",
    "review": "tui.commands_review:review",
    "server": "tui.commands_server:server",
    "steps": "tui.commands_day:steps",
    "table": "tui.commands_tables:table_",
    "undo": "tui.commands_data:undo",
    "version": "tui.commands_day:version",
}
"""Where each command is; it is imported when it is named. A new one is its file and its line here."""


@click.group(
    cls=Commands,
    elsewhere=ELSEWHERE,
    invoke_without_command=True,
    help=say("A shop operator's day in the terminal. Without a command: open today."),
    epilog=say(
        "Exit codes: 0 fine, 2 wrong usage, 3 bad input (nothing was changed), 4 not enough data to answer."
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--who",
    envvar="SHOPDAY_WHO",
    metavar="NAME",
    default="",
    help=say("Who of the team you are, where several share an account."),
)
@click.pass_context
def shopday(context: click.Context, who: str) -> None:
    """Open today when no command is named."""
    if restricted_mode.restricted():
        restricted_mode.enter()
        if context.invoked_subcommand in ("demo", "init"):
            restricted_mode.refuse(say("No shops are made here."))
    context.obj = context.obj._replace(said=who)
    if context.invoked_subcommand is None:
        show(context.obj, todays(), None, None)


@shopday.command("open", help=say("Open a shop's day."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, as 2026-11-16; today when left out."))
@click.option(
    "--at", "when", type=MOMENT, help=say("Begin at this time of day; the clock goes on from there.")
)
@click.pass_obj
def open_(terms: Terms, shop: str, day: date | None, when: time | None) -> None:
    """Show the day on the screen."""
    show(terms, named(shop), day, when)
