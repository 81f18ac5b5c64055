"""The team as a table, and what its figures cannot carry."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Table, TableColumn
from core.language import wording
from core.language.wording import N_, say
from core.shop.settings import Shop
from core.statistics.distributions import wilson
from core.topics.service.agents import Agent, Desk

_PLACES = {
    "as the team": N_("as the team"),
    "watch": N_("outside 95 %"),
    "talk": N_("outside 99.8 %"),
}


def table(desk: Desk) -> Table:
    """Return the agents by shrunk rate, the bare rate beside it."""
    columns = (
        TableColumn(say("Agent")),
        TableColumn(say("Paid of asked")),
        TableColumn(say("Believed"), "rate"),
        TableColumn(say("Team, same days"), "rate"),
        TableColumn(say("Chance gives")),
        TableColumn(say("Buyers asking a day"), "count"),
        TableColumn(say("Response s"), "count"),
        TableColumn(say("Four weeks"), "rate"),
        TableColumn(say("Call")),
    )
    return Table(say("The team in seven days"), columns, tuple(_row(one) for one in desk.agents))


def _row(one: Agent) -> tuple[str | float | None, ...]:
    judged = one.judged
    low, high = wilson(judged.converted, judged.inquiries)
    call = say("too few to judge") if judged.few else say(_PLACES[judged.place])
    return (
        one.name,
        wording.rate_of(judged.converted, judged.inquiries, low, high),
        round(judged.shrunk, 4),
        round(one.line, 4),
        f"{one.limits.low * 100:.0f}–{one.limits.high * 100:.0f}%",
        round(one.a_day),
        None if one.seconds is None else round(one.seconds),
        round(one.month[0] / one.month[1], 4) if one.month[1] else None,
        call,
    )


def limits(desk: Desk, shop: Shop, today: date) -> list[str]:
    """Return what the figures cannot carry."""
    said = [
        say(
            "{first} to {last}; every agent against the team on the same days.",
            first=wording.short_day(desk.first),
            last=wording.short_day(desk.last),
        )
    ]
    if desk.last < today - timedelta(days=1):
        said.append(say("The newest day in the export is {day}.", day=wording.short_day(desk.last)))
    said.append(
        say("Buyers who asked in the last two days may still pay: those days look low for everybody.")
    )
    if desk.industry_from == "typed":
        on = shop.thresholds.industry_on
        said.append(
            say(
                "The industry's line was typed on {day}; tools define this rate differently.",
                day=wording.short_day(on),
            )
        )
    elif desk.industry_from == "export":
        said.append(say("The industry's line is the export's 同行同层均值."))
    else:
        said.append(say("No industry line: type industry_conversion into shop.toml, with its date."))
    said.append(say("Which buyers an agent is given (pre-sale, after-sale, night) is not in the export."))
    return said
