"""The morning's problems as tasks: one per role and figure, each in hand or still without an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.actions.decision_states import DecisionState, DecisionStates, decision_states
from core.answers.answer import LEVELS, Finding, Proposal
from core.journal.actions import Action
from core.journal.projections import Past
from core.language.message import Words
from core.measures import indicators
from core.shop.settings import Shop
from core.topics.team.meeting.problems import of_the_morning

AFTERNOON = frozenset(
    [
        "breakdown",
        "promotion",
        "design",
        "content",
        "service",
        "members",
        "optimise",
        "notices",
        "month_plan",
        "wrapup",
        "evening_ads",
        "order_gap",
        "evening_service",
        "live",
        "communities",
        "network",
        "summary",
        "standup",
        "hands_on",
    ]
)
"""Steps whose findings are no problems of the morning, or only repeat them."""
ROLE_ORDER = ("promotion", "service", "supply", "operator", "design", "content", "owner")
"""Alone in the shop: what burns money first, then who waits for an answer, suppliers before they go home."""
ENOUGH = 3
"""Tasks of one role that an afternoon has room for [judgement]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTask:
    """One problem in the hands of one role, or in nobody's."""

    finding: Finding[Words]
    proposal: Proposal[Words] | None
    """None: the morning found it and proposed nothing."""
    action: Action | None
    """What was agreed on it."""
    also: tuple[Words, ...] = ()
    """Other findings about the same figure."""
    state: DecisionState | None = None
    """What was decided on it, by whatever way; None while nobody did."""

    @property
    def in_hand(self) -> bool:
        """Tell whether somebody took it on or decided it."""
        return self.action is not None or self.state is not None

    @property
    def role(self) -> str:
        """Return who answers for it; the operator where nobody was named."""
        if self.action is not None and self.action.role:
            return self.action.role
        return self.proposal.role if self.proposal is not None else "operator"

    @property
    def urgent(self) -> bool:
        """Tell whether it is for today."""
        return (self.finding.asked or self.finding.level) == "act"

    @property
    def text(self) -> Words:
        """Return what is to be done, or the problem where nobody has said that yet."""
        if self.action is not None:
            return self.action.words
        return self.proposal.text if self.proposal is not None else self.finding.text

    @property
    def metric(self) -> str | None:
        """Return the figure that should move."""
        found = self.action.metric if self.action is not None else None
        return found or (self.proposal.metric if self.proposal is not None else None)

    @property
    def expected(self) -> float | None:
        """Return where the figure should be."""
        found = self.action.expected if self.action is not None else None
        return found if found is not None or self.proposal is None else self.proposal.expected

    def due(self, today: date) -> date:
        """Return by when: as agreed, as proposed, else today for urgent things and tomorrow for the rest."""
        if self.action is not None and self.action.due is not None:
            return self.action.due
        if self.proposal is not None and self.proposal.due:
            return date.fromisoformat(self.proposal.due)
        return today if self.urgent else today + timedelta(days=1)

    def owner(self, shop: Shop) -> Words:
        """Return the person; empty when nobody has it yet."""
        if self.action is None:
            return "" if self.state is None else self.state.owner or self.state.who
        return self.action.owner or indicators.person_for(shop, self.action.role or "operator")


def tasks_of(past: Past, shop: Shop) -> list[RoleTask]:
    """Return the morning's problems, most urgent first; several about one figure are one.

    What was decided or taken on is there with its state; what another step proposes too is there once.
    """
    states = decision_states(past.known(), shop, past.today)
    by_id = {one.id: one for one in past.actions}
    found: dict[tuple[object, ...], RoleTask] = {}
    for finding in of_the_morning(past, shop, AFTERNOON, decided=True):
        for proposal, state in _asked(finding, states):
            place = _place(finding, proposal)
            action = by_id.get(state.action) if state is not None else None
            action = action or _agreed(past, finding, proposal)
            held = found.get(place)
            found[place] = RoleTask(
                finding=finding if held is None else held.finding,
                proposal=proposal if held is None else held.proposal,
                action=action if held is None else held.action or action,
                also=() if held is None else (*held.also, finding.text),
                state=state if held is None else held.state or state,
            )
    return sorted(found.values(), key=lambda task: LEVELS.index(task.finding.asked or task.finding.level))


def _asked(
    finding: Finding[Words], states: DecisionStates
) -> list[tuple[Proposal[Words] | None, DecisionState | None]]:
    """Return each proposal of a finding with what was decided on it; none: the finding proposes nothing.

    One that another step proposes already is that step's.
    """
    asked: list[tuple[Proposal[Words] | None, DecisionState | None]] = [
        (one, None) for one in finding.proposals
    ]
    decided = ((one, states.of(one, finding.key)) for one in finding.settled)
    asked += [(one, state) for one, state in decided if state is not None]
    return asked if asked or finding.settled else [(None, None)]


def _place(finding: Finding[Words], proposal: Proposal[Words] | None) -> tuple[object, ...]:
    """Two findings that ask one role to move one figure of one thing are one task."""
    if proposal is None or proposal.metric is None:
        return (finding.key, proposal.role if proposal is not None else "")
    return (proposal.role, proposal.metric, proposal.item)


def _agreed(past: Past, finding: Finding[Words], proposal: Proposal[Words] | None) -> Action | None:
    """The action made of it today, or an open one from before on the same figure of the same thing."""
    role = proposal.role if proposal is not None else None
    today = [one for one in past.actions if one.created == past.today and one.state != "dropped"]
    named = [one for one in today if one.finding == finding.key and role in (None, one.role, "")]
    if named:
        return named[-1]
    if proposal is None or proposal.metric is None:
        return None
    running = [
        one
        for one in past.actions
        if one.state in ("open", "handed")
        and one.metric == proposal.metric
        and (one.item or None) == (proposal.item or None)
    ]
    return running[-1] if running else None


def is_alone(shop: Shop) -> bool:
    """Tell whether one person plays every role."""
    return len([one for one in shop.team if one.roles != ("viewer",)]) <= 1


def in_order(roles: list[str]) -> list[str]:
    """Return the roles as one person plays them one after another."""
    return sorted(
        dict.fromkeys(roles),
        key=lambda role: ROLE_ORDER.index(role) if role in ROLE_ORDER else len(ROLE_ORDER),
    )
