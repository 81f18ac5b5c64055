"""The morning's findings in the order in which the meeting takes them, and the tasks for each role."""

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
"""The number of problems that get their own minutes in a stand-up."""
TASKS = 2
"""The number of tasks a role takes on in one meeting."""


def of_the_morning(
    past: Past, shop: Shop, without: Collection[str] = ("standup",), *, decided: bool = False
) -> tuple[Finding[Words], ...]:
    """Return today's findings that need action, except those of the steps in ``without``.

    If ``decided``, include those that needed action until a decision was made. Sorted by urgency, then by
    money at stake, see :mod:`core.answers.ranking`.
    """
    shown = shown_today(past, shop)
    found = [one for step, answer in shown.items() if step not in without for one in answer.findings]
    asking = [one for one in found if one.level in ASKING or (decided and one.asked)]
    unique = list({finding.key: finding for finding in asking}.values())
    return tuple(ranked(unique, shop.margin))


def points(morning: tuple[Finding[Words], ...], shop: Shop) -> list[AgendaItem]:
    """Return one topic for each of the first few problems, which are discussed one by one."""
    found = []
    for finding in morning[:TOPICS]:
        roles = dict.fromkeys(indicators.person_for(shop, one.role) for one in finding.proposals)
        who = message.listing(roles) if roles else indicators.person_for(shop, "operator")
        aim = finding.proposals[0].text if finding.proposals else say("who will look into it, and by when")
        found.append(AgendaItem(finding.text, who, aim, 2.5 if finding.level == "act" else 1.5))
    return found


def tasks(morning: tuple[Finding[Words], ...], past: Past, shop: Shop) -> list[AgendaItem]:
    """Return one topic for each role, with the tasks proposed for the problems without a topic of their own.

    Tasks agreed today and duplicates are omitted.
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
