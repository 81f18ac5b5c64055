"""The analysis of the service team: agents who stand out beyond chance, and what buyers said."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer, nodata
from core.answers.incidents import Incidents
from core.exports.kinds.service import Service, is_robot
from core.journal.projections import Past
from core.language.message import Words, listing, say
from core.records.evening import BuyerIdea
from core.records.records import Records
from core.records.team import AgentMembers
from core.shop.settings import Shop
from core.topics.service import after_refunds, customers_won, findings, tables
from core.topics.service import ideas as buyers
from core.topics.service.agents import desk
from core.topics.service.agreements import since_agreed

DESK = ("agent_answer_time", "agent_first_answer", "agent_conversion", "reason_refunds", "item_refunds")
"""The kinds of changes found this morning that the service team is responsible for."""


def team(
    service: Service,
    ideas: Records[BuyerIdea],
    past: Past,
    changed: Incidents | None = None,
    won: Records[AgentMembers] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which agents differ beyond chance, how do we compare with the industry, what did buyers say?

    Reads the daily service file (客服绩效), what buyers said as noted here, and what was agreed.

    The last seven days. Each agent is compared with what the team converted on the same days; within
    the 95% limits of chance nobody is called better or worse, outside the 99.8% limits it is time to
    talk (or to learn from it). With fewer than 20 inquiries nobody is judged. Agents are ordered by
    their estimated rate: the fewer the inquiries, the closer to the team's rate. The team is compared
    with the industry figure entered in shop.toml, or else with the file's own. After an agreement,
    speed is compared with the three weeks before it and conversion with the team.

    The program does not know which buyers an agent was given, what was said in the chats, or how the
    industry's figure is defined. A theme counts once three buyers mention it.
    """
    found = desk(service.frame, shop, today)
    rows = buyers.recent(ideas, today)
    if found is None:
        return nodata(say("The service file contains no inquiries yet, so nobody can be compared."))
    known = {
        one.name: since
        for one in found.agents
        if (since := since_agreed(service.frame, one.name, past, found.last)) is not None
    }
    sold = after_refunds.sold_by_agent(service.frame, found.last)
    return Answer(
        verdict=findings.verdict(found, shop),
        findings=(
            *(() if changed is None else changed.findings(DESK)),
            *findings.findings(found, known, shop, today),
            *customers_won.findings(found.agents, shop, today),
            *buyers.findings(rows, shop, today),
        ),
        evidence=(
            tables.table(found),
            *after_refunds.table(sold),
            *customers_won.table(customers_won.won(won, shop, today), found.agents),
            *buyers.table(rows, shop),
        ),
        limits=(
            *tables.limits(found, shop, today),
            *after_refunds.limits(service.frame, sold),
            *_robots(service),
        ),
    )


def _robots(service: Service) -> tuple[Words, ...]:
    """Return the note on the export's robot accounts, which are in no figure of the team; empty if none."""
    names = sorted({name for name in service.frame["agent"].unique() if is_robot(name)})
    if not names:
        return ()
    return (say("{names}: robots, listed separately from the people of the team.", names=listing(names)),)
