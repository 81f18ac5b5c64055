"""The command ``shopday page``: the day as static web pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from core.language.wording import plural, say
from core.shop import restricted_mode
from tui.cli.context import Terms
from tui.cli.output import ProgressLine, complain, tell
from tui.cli.params import DAY
from tui.cli.shops import named


@click.command(help=say("Write the day as web pages for people without a terminal."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, written as 2026-11-16; today if left out."))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help=say("The folder for the pages; a later run replaces the pages in it."),
)
@click.pass_obj
def page(terms: Terms, shop: str, day: date | None, output: Path) -> None:
    """Write the agenda, each step with its answer, the report and the month's calendar as HTML pages."""
    from core.storage.swapped_folder import check_replaceable
    from routines.io.day_pages import write_pages
    from routines.workday.workday import Workday

    restricted_mode.check_output(output)
    folder = named(shop)
    check_replaceable(output.resolve())
    workday = Workday.open(folder, clock=terms.clock, who=terms.who(folder), day=day)
    progress = ProgressLine()
    try:
        count = write_pages(workday, output, progress)
    finally:
        progress.end()
    for sentence in workday.told():
        complain(sentence)
    tell(
        plural(
            "Saved {n} page: open {file} in a browser.",
            "Saved {n} pages: open {file} in a browser.",
            count,
            file=output / "index.html",
        )
    )
