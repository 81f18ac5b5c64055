"""Customers that each agent won for the shop's groups and contacts, and agents with too many chats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.records.records import Records
from core.records.team import AgentMembers
from core.shop.settings import Shop
from core.topics.service.agents import Agent

DAYS = 28
FULL = 0.9
"""The share of the buyers one agent can serve per day from which a finding is made (a judgement)."""


def won(records: Records[AgentMembers] | None, shop: Shop, today: date) -> dict[str, tuple[int, int, int]]:
    """Return, by agent, the days recorded, members won and contacts added in four weeks.

    The agents with the most members and contacts come first. If a day was recorded twice, its last record
    counts.
    """
    newest: dict[tuple[str, date], AgentMembers] = {}
    for one in records or ():
        on = one.value.on or one.at.astimezone(shop.zone).date()
        if today - timedelta(days=DAYS) < on <= today:
            newest[one.value.agent, on] = one.value
    found: dict[str, tuple[int, int, int]] = {}
    for (agent, _), day in newest.items():
        days, members, contacts = found.get(agent, (0, 0, 0))
        found[agent] = (days + 1, members + (day.members or 0), contacts + (day.contacts or 0))
    return dict(sorted(found.items(), key=lambda pair: -(pair[1][1] + pair[1][2])))


def table(found: dict[str, tuple[int, int, int]], agents: Sequence[Agent]) -> tuple[Table[Words], ...]:
    """Return the table of customers won by each agent, with the agent's inquiries per day.

    Empty if nothing was recorded.
    """
    if not found:
        return ()
    asked = {one.name: one.a_day for one in agents}
    columns = (
        TableColumn(say("Agent"), id="agent"),
        TableColumn(say("Days"), "count", "days"),
        TableColumn(say("New members"), "count", "members"),
        TableColumn(say("Contacts added"), "count", "contacts"),
        TableColumn(say("New per day"), "ratio", "a_day"),
        TableColumn(say("Inquiries a day"), "count", "inquiries_a_day"),
    )
    rows = tuple(
        (
            name,
            days,
            members,
            contacts,
            round((members + contacts) / days, 2),
            round(asked[name]) if name in asked else None,
        )
        for name, (days, members, contacts) in found.items()
    )
    return (Table(say("New members and contacts by agent, four weeks"), columns, rows),)


def findings(agents: Sequence[Agent], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return a finding on each agent who answers about as many buyers a day as one person can, or more."""
    most = shop.thresholds.agent_buyers_a_day
    found: list[Finding[Words]] = []
    for one in agents:
        if one.a_day < FULL * most:
            continue
        text = say(
            "{name} answers {n} buyers a day; one person can serve about {most} well.",
            name=one.name,
            n=message.count(one.a_day),
            most=message.count(most),
        )
        about = About(agent=one.name)
        ask = Proposal(
            "service",
            say(
                "Give {name} fewer chats: another agent, quick replies, or a robot for frequent questions",
                name=one.name,
            ),
            due=(today + timedelta(days=1)).isoformat(),
            about=about,
        )
        found.append(finding("service", "full", "watch", text, ask, about=about))
    return found
