"""The command ``shopday journal move``: moves a shop's journal between files and PostgreSQL."""

from __future__ import annotations

import click

from core.language.wording import plural, say
from core.shop import restricted_mode
from tui.cli.context import Terms
from tui.cli.output import ProgressLine, tell, tell_json
from tui.cli.shops import named


@click.group(help=say("Move a shop's journal between files and PostgreSQL."))
def journal() -> None:
    """Group the commands about where a journal is kept."""


@journal.command(
    help=say(
        "Copy the journal to another store, check it, and use it there. If the move stopped half way, "
        "the same command continues it; --to with the old store cancels it. The old store keeps "
        "everything."
    )
)
@click.argument("shop")
@click.option(
    "--to",
    type=click.Choice(["files", "postgres"]),
    required=True,
    help=say("Where the journal is to be kept."),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def move(terms: Terms, shop: str, to: str, *, as_json: bool) -> None:
    """Move the journal and print what was moved.

    JSON: ``{"to", "days", "entries", "undone", "told": [sentence]}``; 0 days: it was there already.
    """
    from core.journal import store_move
    from tui.cli.data import who_and_when

    if restricted_mode.restricted():
        restricted_mode.refuse(say("The journal cannot be moved here."))
    folder = named(shop)
    who, now = who_and_when(folder, terms, writes=True)
    progress = ProgressLine()
    try:
        moved = store_move.move(folder, to, who=who, at=now, progress=progress)
    finally:
        progress.end()
    if as_json:
        tell_json({"to": to, **moved._asdict()})
        return
    if moved.undone:
        tell(say("The move was given up; the journal stays in {to}.", to=to))
    elif not moved.days:
        tell(say("The journal is in {to}; nothing had to be moved.", to=to))
    else:
        days = plural("{n} day", "{n} days", moved.days)
        tell(
            plural(
                "{n} entry of {days} is now in {to} and was checked. Everybody who has shopday open must "
                "open it again.",
                "{n} entries of {days} are now in {to} and were checked. Everybody who has shopday open "
                "must open it again.",
                moved.entries,
                days=days,
                to=to,
            )
        )
    for sentence in moved.told:
        tell(sentence)
