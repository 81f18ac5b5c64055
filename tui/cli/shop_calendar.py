"""The command ``shopday calendar``: campaigns, holidays and drafts of the shop's calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import click

from core.language.dates import short_day
from core.language.wording import N_, plural, say, text
from tui.cli.context import Terms
from tui.cli.output import tell, tell_json
from tui.cli.params import DAY
from tui.cli.shops import named
from tui.text.columns import table

if TYPE_CHECKING:
    from core.shop.settings import CalendarDay

_PAST: Final = 30
"""Days back from which rows are listed without --all."""
_STATES: Final = {"confirmed": N_("date confirmed"), "proposed": N_("draft"), "not_for_us": N_("not for us")}
_CONFIDENCE: Final = {"high": N_("sure"), "medium": N_("fairly sure"), "low": N_("unsure")}
_SALES: Final = N_("days with sales like on this occasion")


@click.command("calendar", help=say("List the campaigns, holidays and drafts of the shop's calendar."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, written as 2026-11-16; today if left out."))
@click.option("--all", "everything", is_flag=True, help=say("Also those that ended more than a month ago."))
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def calendar(terms: Terms, shop: str, day: date | None, *, everything: bool, as_json: bool) -> None:
    """By the first day.

    JSON: ``[{"start": ISO, "end": ISO, "name", "kind", "state": "confirmed|proposed|not_for_us", "source":
    "typed|public|habit|moved|own|sales", "confidence": "high|medium|low", "multiplier": number or null,
    "profile": [numbers]}]``.
    """
    from core.shop.loading import load_shop
    from routines.plan.calendar import day_of
    from routines.plan.calendar_list import rows, shape

    folder = named(shop)
    today = day or day_of(terms.clock().astimezone(load_shop(folder).zone))
    found = [one for one in rows(folder, today) if everything or one.last >= today - timedelta(days=_PAST)]
    if as_json:
        tell_json([shape(one) for one in found])
        return
    if not found:
        tell(say("The calendar has no row yet, and no festival is near."))
        return
    tell(table([_row(one) for one in found]))
    if drafts := sum(one.state == "proposed" for one in found):
        tell()
        tell(
            plural(
                "{n} draft: confirm it, or say that it is not for us (form “A special day or period”).",
                "{n} drafts: confirm each, or say that it is not for us (form “A special day or period”).",
                drafts,
            )
        )


def _row(one: CalendarDay) -> list[str]:
    from core.measures.calendar_names import name_of
    from core.measures.festivals.calendar_rows import confidence
    from core.topics.sales.month.calendar_findings import SOURCES

    span = (
        short_day(one.start) if one.last == one.start else f"{short_day(one.start)} – {short_day(one.last)}"
    )
    source = _SALES if one.source == "sales" else SOURCES.get(one.source, one.source)
    return [
        f"{one.start.year}",
        span,
        text(name_of(one)),
        say(_STATES[one.state]),
        _times(one),
        say(_CONFIDENCE[confidence(one)]),
        say(source),
    ]


def _times(one: CalendarDay) -> str:
    """Return the multiple of a usual day; a span with a profile has its smallest and largest."""
    if one.profile:
        return f"×{min(one.profile):g}–{max(one.profile):g}"
    known = one.on(one.start).multiplier
    return "" if known is None else f"×{known:g}"
