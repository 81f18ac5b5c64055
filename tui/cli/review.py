"""The command ``shopday review``: a month of past days, or the log of one day."""

from __future__ import annotations

from datetime import date, datetime

import click

from core.errors import UsageError
from core.language.wording import say
from tui.cli.context import Terms
from tui.cli.output import complain, tell, tell_json
from tui.cli.params import DAY
from tui.cli.shops import named


@click.command(help=say("Show past days: a month, or one day's log."))
@click.argument("shop")
@click.option(
    "--month", metavar="YYYY-MM", help=say("The month, written as 2026-11; this month if left out.")
)
@click.option(
    "--date",
    "day",
    type=DAY,
    help=say("Show the log of this day, with each figure as it was then and as it is now."),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def review(terms: Terms, shop: str, month: str | None, day: date | None, *, as_json: bool) -> None:
    """Print a month of past days, or one day's log; figures changed by later imports have both values.

    JSON of a month: ``{"month", "days": [day], "handed_in": [{"who", "reports", "late"}], "corrected":
    [sentence]}``; of a day: the day and ``"log"``. A day as in ``tui.text.past_days.day_shape``, the log's
    entries as in ``core.review.timeline.shape``.
    """
    from core.review.correction import notices
    from core.review.timeline import shape
    from routines.past.review import Review
    from routines.workday.workday import Workday
    from tui.text.past_days import day_lines, day_shape, month_lines

    folder = named(shop)
    looked = Review(Workday.open(folder, clock=terms.clock, who=terms.who(folder), read_only=True))
    if day is not None:
        looked.work_out(day)
        cell, log = looked.cell(day), looked.log_now(day)
        if as_json:
            tell_json(day_shape(cell) | {"log": [shape(moment) for moment in log]})
        else:
            tell("\n".join(day_lines(cell, log)))
    else:
        first = _month(month) if month else looked.today
        looked.work_out(first)
        cells = looked.calendar(first)
        people = looked.submitted(cells)
        if as_json:
            tell_json(
                {
                    "month": f"{first:%Y-%m}",
                    "days": [day_shape(cell) for cell in cells],
                    "handed_in": [
                        {"who": one.who, "reports": one.reports, "late": one.late} for one in people
                    ],
                    "corrected": [*notices([one for cell in cells for one in cell.corrections])],
                }
            )
        else:
            tell("\n".join(month_lines(cells, people)))
    for sentence in looked.workday.told():
        complain(sentence)


def _month(text: str) -> date:
    """Return the first day of the month; raise UsageError if the text is not a month."""
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError as error:
        raise UsageError(say("“{text}” is not a month; write it as 2026-11.", text=text)) from error
