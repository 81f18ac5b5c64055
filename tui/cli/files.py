"""The command ``shopday files``: the export files that the day needs, and the state of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import click

from core.language.dates import short_day
from core.language.wording import N_, plural, say
from tui.cli.context import Terms
from tui.cli.output import tell, tell_json
from tui.cli.params import DAY
from tui.cli.shops import named
from tui.text.columns import table

if TYPE_CHECKING:
    from routines.answers.file_needed import FileNeeded

_STATES: Final = {
    "expected": N_("missing"), "partial": N_("incomplete"), "stale": N_("old"), "present": N_("complete"),
    "tonight": N_("only tonight"),
}  # fmt: skip


@click.command("files", help=say("Show which files the day needs and which of them are imported."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, written as 2026-11-16; today if left out."))
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def files(terms: Terms, shop: str, day: date | None, *, as_json: bool) -> None:
    """Print the export files that the day's steps need, and the state of each, missing ones first.

    JSON: ``[{"sheet", "title", "state": "expected|partial|stale|tonight|present", "days": [ISO],
    "last": ISO or null, "file": name or null, "imported": ISO or null, "in_doubt": files,
    "steps": [ids], "required", "how"}]``.
    """
    from core.shop.loading import load_shop
    from routines.answers.file_checklist import file_checklist
    from routines.answers.file_needed import shape
    from routines.plan.calendar import day_of

    folder = named(shop)
    now = terms.clock()
    today = day_of(now.astimezone(load_shop(folder).zone))
    found = file_checklist(folder, day or today, now if day in (None, today) else None)
    if as_json:
        tell_json([shape(one) for one in found])
    else:
        tell(table([_row(one) for one in found]))


def _row(one: FileNeeded) -> list[str]:
    last = say("data until {day}", day=short_day(one.last)) if one.last else ""
    doubt = plural("{n} doubtful file", "{n} doubtful files", one.in_doubt) if one.in_doubt else ""
    where = "" if one.state == "present" else one.how
    return [say(_STATES[one.state]), one.title, last, doubt, where]
