"""The commands ``shopday find`` and ``shopday promises``: search past days, show outcomes of promises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from core.language.wording import say
from tui.cli.context import Terms
from tui.cli.output import complain, tell, tell_json
from tui.cli.params import DAY
from tui.cli.shops import named

if TYPE_CHECKING:
    from routines.workday.workday import Workday

JSON_HELP = say("Print JSON.")


@click.command(
    help=say("Find past days by words and figures: refunds 'conversion<2%'"),
    context_settings={"ignore_unknown_options": True},  # allows words such as -老客, which excludes 老客
)
@click.argument("shop")
@click.argument("words", nargs=-1)
@click.option("--from", "first", type=DAY, help=say("The first day to search."))
@click.option("--to", "last", type=DAY, help=say("The last day to search."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.pass_obj
def find(
    terms: Terms, shop: str, words: tuple[str, ...], first: date | None, last: date | None, *, as_json: bool
) -> None:
    """Print the matching days, newest first: their entries, their figures and those of the next day."""
    from routines.past.find import Finder
    from routines.past.find_results import shape
    from tui.text.find_text import found_lines

    workday = _looking(terms, shop, None)
    finder = Finder(workday.folder)
    result = finder.find(" ".join(words), today=workday.day, lang=workday.lang, first=first, last=last)
    for sentence in finder.told():
        complain(sentence)
    if as_json:
        tell_json(shape(result))
    else:
        tell("\n".join(found_lines(result)))


@click.command(help=say("Show what became of the promises of the last 90 days."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, written as 2026-11-16; today if left out."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.pass_obj
def promises(terms: Terms, shop: str, day: date | None, *, as_json: bool) -> None:
    """Print the promised actions of the last 90 days with their outcomes, and each person's accuracy."""
    from routines.past.promise_history import promise_ledger, shape
    from tui.text.find_text import promise_lines

    workday = _looking(terms, shop, day)
    ledger = promise_ledger(workday.folder, day=workday.day, lang=workday.lang)
    if as_json:
        tell_json(shape(ledger))
    else:
        tell("\n".join(promise_lines(ledger)))


def _looking(terms: Terms, shop: str, day: date | None) -> Workday:
    """Return the shop's workday, opened read-only."""
    from routines.workday.workday import Workday

    folder = named(shop)
    return Workday.open(folder, clock=terms.clock, who=terms.who(folder), day=day, read_only=True)
