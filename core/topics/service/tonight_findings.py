"""The findings about tonight's service, including which agent to thank."""

from __future__ import annotations

import math
from datetime import date, timedelta

from core.answers.answer import About, Evidence, Finding, Proposal, Table, TableColumn, Verdict, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.shop.settings import Shop
from core.statistics.distributions import wilson
from core.topics.service.shifts import AgentTonight, Compared


def verdict(agents: list[AgentTonight], found: Compared | None, shop: Shop) -> Verdict[Words]:
    """Return the verdict on tonight: the team's conversion, who is below their usual, whom to thank."""
    if not agents:
        text = say(
            "Enter each agent's inquiries and paying buyers of tonight (form “An agent's shift”): two "
            "numbers each."
        )
        known = _shift_short(found, shop)
        return Verdict("nodata", message.sentences([text, known]))
    hits, asked = sum(one.converted for one in agents), sum(one.inquiries for one in agents)
    below = [one for one in agents if one.stands == "below"]
    values = {"rate": message.rate_of(hits, asked), "thanks": thanks(agents)}
    if below:
        text = say(
            "Conversion tonight {rate}; {name} is below their own usual rate: go and help now. {thanks}",
            name=below[0].name,
            **values,
        )
        return Verdict("watch", text)
    if all(one.stands == "few" for one in agents):
        return Verdict(
            "info", say("Conversion tonight {rate}: too few inquiries to judge anybody. {thanks}", **values)
        )
    return Verdict(
        "good", say("Conversion tonight {rate}: nobody is below their own usual rate. {thanks}", **values)
    )


def thanks(agents: list[AgentTonight]) -> Words:
    """Return a sentence of thanks to one agent.

    It goes to the agent with the best evening compared with their usual rate, else to the one with most
    inquiries.
    """
    above = [one for one in agents if one.stands == "above"]
    if above:
        best = min(above, key=lambda one: one.chance_more or 1.0)
        return say("Tell {name} that this was their best evening in weeks.", name=best.name)
    first = agents[0]
    return message.plural(
        "Thank {name} for {n} buyer tonight.",
        "Thank {name} for {n} buyers tonight.",
        round(first.inquiries),
        name=first.name,
    )


def _shift_short(found: Compared | None, shop: Shop) -> Words:
    if found is None or not found.enough or found.chance_lower < shop.thresholds.likely:
        return ""
    return say(
        "So far, conversion in the evening looks {points} points lower than by day; the real gap is smaller.",
        points=message.count(math.ceil(abs(found.effect.difference) * 100)),
    )


def findings(
    agents: list[AgentTonight], found: Compared | None, shop: Shop, today: date
) -> list[Finding[Words]]:
    """Return findings on agents below or above their usual rate, and on evenings compared with days."""
    made = [_below(one, today) for one in agents if one.stands == "below"]
    made += [
        finding(
            "evening_service",
            "above",
            "good",
            say(
                "{name}: conversion {rate}, usually {own}: a good evening. Tell them tonight, "
                "and ask what was different.",
                **_values(one),
            ),
            about=About(agent=one.name),
        )
        for one in agents
        if one.stands == "above"
    ]
    few = [one.name for one in agents if one.stands == "few"]
    if few:
        text = say("Too few inquiries, or no earlier figures, to judge: {names}.", names=message.listing(few))
        made.append(finding("evening_service", "few", "info", text))
    return made + _shift(found, shop)


def _values(one: AgentTonight) -> dict[str, Value]:
    return {
        "name": one.name,
        "rate": message.rate_of(one.converted, one.inquiries),
        "own": message.percent(one.own),
    }


def _below(one: AgentTonight, today: date) -> Finding[Words]:
    about = About(agent=one.name)
    text = say(
        "{name}: conversion {rate}, usually {own}. So low a figure would happen by chance on "
        "only {chance} of evenings. Ask what is wrong, do not blame.",
        chance=message.percent(one.chance_fewer, 0),
        **_values(one),
    )
    ask = Proposal(
        "service",
        say(
            "Look at three open chats of {name} together now; take some over if there are too many",
            name=one.name,
        ),
        metric="service_conversion",
        direction="up",
        due=(today + timedelta(days=1)).isoformat(),
        expected=None if one.own is None else round(one.own, 3),
        item=one.name,
        about=about,
    )
    return finding("evening_service", "below", "watch", text, ask, about=about)


def _shift(found: Compared | None, shop: Shop) -> list[Finding[Words]]:
    """Return the finding on evenings compared with days of the same agents."""
    if found is None:
        return []
    effect = found.effect
    values: dict[str, Value] = {
        "evening": message.rate_of(*found.evening),
        "day": message.rate_of(*found.day),
        "n": len(found.agents),
        "points": message.ratio(effect.difference * 100, 1, sign=True),
        "low": message.count(effect.low * 100, sign=True),
        "high": message.count(effect.high * 100, sign=True),
    }
    lower = found.chance_lower
    if not found.enough:
        text = say(
            "Conversion of the same agents: evenings {evening}, days {day}. Too few inquiries yet to "
            "compare.",
            **values,
        )
        return [finding("evening_service", "shift", "info", text)]
    if lower >= shop.thresholds.likely:
        text = say(
            "With the same agents ({n}), conversion is {evening} in the evening and {day} by "
            "day, a difference of {points} points ({low} to {high}). Payments made after an "
            "evening was recorded count as daytime payments, so the true difference is smaller: "
            "do not act on it yet.",
            **values,
        )
        return [finding("evening_service", "shift", "info", text)]
    if lower <= 1 - shop.thresholds.likely:
        text = say(
            "The same agents ({n}) convert no worse in the evening: {evening}, by day {day}.", **values
        )
        return [finding("evening_service", "shift", "good", text)]
    text = say(
        "The same agents ({n}) convert {evening} in the evening and {day} by day, a difference "
        "of {points} points ({low} to {high}): whether evenings are really worse cannot be told.",
        **values,
    )
    return [finding("evening_service", "shift", "info", text)]


_STANDS = {
    "below": N_("below own usual rate"),
    "above": N_("above own usual rate"),
    "usual": N_("as usual"),
    "few": N_("too few to judge"),
}


def evidence(agents: list[AgentTonight]) -> tuple[Evidence[Words], ...]:
    """Return the table of tonight's figures by agent; empty if no agent was recorded."""
    if not agents:
        return ()
    columns = (
        TableColumn(say("Agent"), id="agent"),
        TableColumn(say("Paying buyers / inquiries"), id="paid_of_asked"),
        TableColumn(say("Own usual rate"), "rate", "own"),
        TableColumn(say("Inquiries/hour"), "ratio", "inquiries_an_hour"),
        TableColumn(
            say("Conclusion"), "word", "call", tuple((call, say(name)) for call, name in _STANDS.items())
        ),
    )
    rows = tuple(
        (
            one.name,
            message.rate_of(one.converted, one.inquiries, *wilson(one.converted, one.inquiries)),
            None if one.own is None else round(one.own, 4),
            round(one.inquiries / one.hours, 1) if one.hours else None,
            one.stands,
        )
        for one in agents
    )
    return (Table(say("Tonight by agent"), columns, rows),)


def limits(agents: list[AgentTonight], found: Compared | None) -> list[Words]:
    """Return the limitations of tonight's comparison: what an evening's counts cannot show."""
    said: list[Words] = []
    if agents:
        said.append(
            say("Buyers who asked an hour ago may pay tomorrow: at half past nine every evening looks low.")
        )
        if any(not one.of_evenings and one.own is not None for one in agents):
            said.append(
                say("If too few evenings were entered, “Own usual rate” is calculated from whole days.")
            )
    if found is None:
        said.append(
            say(
                "Evenings cannot be compared with days: nothing was entered for earlier "
                "evenings, and the service file does not show shifts."
            )
        )
    else:
        said.append(
            say(
                "Payments made after the evening's figures were entered count as daytime payments: "
                "the true difference is smaller."
            )
        )
    if found is not None and found.only_one:
        names = message.listing(list(found.only_one))
        said.append(
            say(
                "These agents work only one shift, so their evenings and days cannot be compared: {names}.",
                names=names,
            )
        )
    if agents and any(one.hours is None for one in agents):
        said.append(say("Enter the hours on duty to see the load per hour."))
    return said
