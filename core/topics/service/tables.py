"""The table of the service team, and what it cannot show."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Cell, Table, TableColumn
from core.language import message
from core.language.message import N_, Words, say
from core.shop.settings import Shop
from core.statistics.distributions import wilson
from core.topics.service.agents import Agent, Desk

_CALLS = {
    "few": N_("too few to judge"),
    "as the team": N_("like the team"),
    "watch": N_("outside the 95% range"),
    "talk": N_("outside the 99.8% range"),
}


def table(desk: Desk) -> Table[Words]:
    """Return the table of the agents, ordered by shrunk rate, with their raw rates."""
    columns = (
        TableColumn(say("Agent"), id="agent"),
        TableColumn(say("Paying buyers / inquiries"), id="paid_of_asked"),
        TableColumn(say("Estimated rate"), "rate", "believed"),
        TableColumn(say("Team, same days"), "rate", "team"),
        TableColumn(say("Usual range"), id="chance"),
        TableColumn(say("Inquiries a day"), "count", "inquiries_a_day"),
        TableColumn(say("Answer time (s)"), "count", "response_s"),
        TableColumn(say("Four weeks"), "rate", "four_weeks"),
        TableColumn(
            say("Conclusion"), "word", "call", tuple((call, say(name)) for call, name in _CALLS.items())
        ),
    )
    return Table(
        say("The service team in the last seven days"), columns, tuple(_row(one) for one in desk.agents)
    )


def _row(one: Agent) -> tuple[Cell | Words, ...]:
    judged = one.judged
    low, high = wilson(judged.converted, judged.inquiries)
    return (
        one.name,
        message.rate_of(judged.converted, judged.inquiries, low, high),
        round(judged.shrunk, 4),
        round(one.line, 4),
        say(
            "{low}–{high}%",
            low=message.count(one.limits.low * 100),
            high=message.count(one.limits.high * 100),
        ),
        round(one.a_day),
        None if one.seconds is None else round(one.seconds),
        round(one.month[0] / one.month[1], 4) if one.month[1] else None,
        "few" if judged.few else judged.place,
    )


def limits(desk: Desk, shop: Shop, today: date) -> list[Words]:
    """Return the comparison's limitations: days covered, source of the industry's rate, what is not known."""
    said: list[Words] = [
        say(
            "{first} to {last}; every agent is compared with the team on the same days.",
            first=message.short_day(desk.first),
            last=message.short_day(desk.last),
        )
    ]
    if desk.last < today - timedelta(days=1):
        said.append(say("The newest day in the file is {day}.", day=message.short_day(desk.last)))
    said.append(
        say("Buyers who asked in the last two days may still pay: those days look low for everybody.")
    )
    if desk.industry_from == "typed":
        on = shop.thresholds.industry_on
        said.append(
            say(
                "The industry's figure was entered on {day}; tools define this rate differently.",
                day=message.short_day(on),
            )
        )
    elif desk.industry_from == "export":
        said.append(say("The industry's figure is 同行同层均值 from the file."))
    else:
        said.append(say("There is no industry figure: set industry_conversion in shop.toml, with its date."))
    said.append(say("The file does not show which buyers an agent is given (pre-sale, after-sale, night)."))
    return said
