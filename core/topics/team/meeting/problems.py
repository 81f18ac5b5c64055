"""The morning's findings in the order the meeting takes them, and the tasks they make for each role."""

from __future__ import annotations

from collections.abc import Collection

from core.actions.answers_with_states import shown_today
from core.answers.answer import Finding, Proposal
from core.answers.ranking import ASKING, ranked
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, say
from core.measures import indicators
from core.shop.settings import Shop
from core.topics.team.meeting.agenda import AgendaItem

TOPICS = 3
"""Problems that get their own minutes: a stand-up is no workshop."""
TASKS = 2
"""Tasks a role takes on from one meeting."""


def of_the_morning(
    past: Past, shop: Shop, without: Collection[str] = ("standup",), *, decided: bool = False
) -> tuple[Finding[Words], ...]:
    """Return today's findings that ask for something, those of the steps ``without`` aside.

    ``decided``: also those that asked for something until it was decided. Most urgent first, at the same
    urgency what has more at stake, see :mod:`core.answers.ranking`.
    """
    shown = shown_today(past, shop)
    found = [one for step, answer in shown.items() if step not in without for one in answer.findings]
    asking = [one for one in found if one.level in ASKING or (decided and one.asked)]
    unique = list({finding.key: finding for finding in asking}.values())
    return tuple(ranked(unique, shop.margin))


def points(morning: tuple[Finding[Words], ...], shop: Shop) -> list[AgendaItem]:
    """Return the problems that get minutes of their own."""
    found = []
    for finding in morning[:TOPICS]:
        roles = dict.fromkeys(indicators.person_for(shop, one.role) for one in finding.proposals)
        who = message.listing(roles) if roles else indicators.person_for(shop, "operator")
        aim = finding.proposals[0].text if finding.proposals else say("who looks into it, until when")
        found.append(AgendaItem(finding.text, who, aim, 2.5 if finding.level == "act" else 1.5))
    return found


def tasks(morning: tuple[Finding[Words], ...], past: Past, shop: Shop) -> list[AgendaItem]:
    """Return one topic per role with what it is asked to take on.

    What was agreed today already is not asked again, nor the same thing twice.
    """
    agreed = {(action.finding, action.role) for action in past.actions if action.created == past.today}
    by_role: dict[str, list[Proposal[Words]]] = {}
    for finding in morning[TOPICS:]:
        for proposal in finding.proposals:
            if (finding.key, proposal.role) not in agreed:
                by_role.setdefault(proposal.role, []).append(proposal)
    return [
        AgendaItem(
            say("Tasks: {role}", role=say(indicators.ROLE_NAMES.get(role, role))),
            indicators.person_for(shop, role),
            message.clauses(dict.fromkeys(one.text for one in wanted[:TASKS])),
            1.0,
        )
        for role, wanted in by_role.items()
    ]
