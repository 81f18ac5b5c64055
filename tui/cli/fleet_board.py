"""The command ``shopday board``: many shops on one screen, as JSON, or as a page for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import UsageError
from core.language.wording import say
from core.shop import restricted_mode
from tui.cli.context import Terms
from tui.cli.day import JSON_HELP
from tui.cli.output import tell, tell_json

if TYPE_CHECKING:
    from routines.fleet.board_store import BoardStore
    from routines.fleet.fleet import Fleet
    from routines.fleet.fleet_board import Board


@click.command(
    "board",
    help=say(
        "Show the shops of fleet.toml on one screen. Their figures are those that shopday worker calculated."
    ),
)
@click.argument("fleet", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("Save the board as a web page to this file."),
)
@click.option(
    "--renew",
    metavar="NAME",
    help=say("Compute the row of this shop now, from the answers that its cache has."),
)
@click.pass_obj
def board_(terms: Terms, fleet: Path, *, as_json: bool, html: Path | None, renew: str | None) -> None:
    """Show the board on the screen, print it as JSON, or save it as one self-contained HTML file.

    Only shops whose team the user is in are shown.
    """
    from routines.fleet.board_row import with_texts
    from routines.fleet.board_store import board_store
    from routines.fleet.fleet import load_fleet
    from routines.fleet.fleet_board import board, shape

    if restricted_mode.restricted():
        restricted_mode.refuse(say("There is no other shop here."))
    known = load_fleet(fleet, all_there=False)
    store = board_store(known, now=terms.clock)

    def read() -> Board:
        return board(known, store, user=terms.user, said=terms.said, at=terms.clock())

    if renew is not None:
        _renew(terms, known, store, renew, read())
    if as_json or html is not None:
        found = read()
        if html is not None:
            from core.storage.atomic_files import write_atomically
            from routines.fleet.board_page import page

            write_atomically(html, page(found).encode())
            tell(say("Saved: {file}", file=html))
        if as_json:
            tell_json(shape(found, {row.key: with_texts(row) for row in found.rows}))
    if renew is not None or as_json or html is not None:
        return
    from tui import board_app

    board_app.run(
        read,
        lambda key: board_app.open_day(known.shops[key], terms.said),
        lambda key: board_app.renew(known.file, key, terms.said),
        who=terms.said or terms.user,
    )


def _renew(terms: Terms, fleet: Fleet, store: BoardStore, key: str, seen: Board) -> None:
    """Compute and store the row of a shop that the user may see; raise UsageError if there is none."""
    from core.language.speech import language, speak
    from routines.fleet.board_row import board_row
    from routines.workday.workday import Workday

    if all(row.key != key for row in seen.rows):
        raise UsageError(say("There is no shop “{name}” on this board.", name=key))
    folder, spoken = fleet.shops[key], language()
    workday = Workday.open(folder, clock=terms.clock, who=terms.who(folder), read_only=True)
    store.write(key, board_row(workday))
    speak(spoken)
    tell(say("Computed: {name}", name=key))
