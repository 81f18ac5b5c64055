"""The morning's problems as tasks: one for each role, metric and item, with or without an owner."""

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
"""The steps whose findings are no problems of the morning, or repeat those of other steps."""
ROLE_ORDER = ("promotion", "service", "supply", "operator", "design", "content", "owner")
"""The order in which one person takes the roles.

First what costs money, then waiting buyers, then suppliers before they close.
"""
ENOUGH = 3
"""The number of tasks of one role that fit in an afternoon (a judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTask:
    """One problem assigned to a role; it may have no owner yet."""

    finding: Finding[Words]
    proposal: Proposal[Words] | None
    """The proposal; None if the finding has none."""
    action: Action | None
    """The action agreed on it; None if there is none."""
    also: tuple[Words, ...] = ()
    """Other findings about the same metric."""
    state: DecisionState | None = None
    """The state of the decision on it; None if nothing was decided."""

    @property
    def in_hand(self) -> bool:
        """Return whether somebody took the task on, or a decision on it was made."""
        return self.action is not None or self.state is not None

    @property
    def role(self) -> str:
        """Return the role responsible; the operator if none was named."""
        if self.action is not None and self.action.role:
            return self.action.role
        return self.proposal.role if self.proposal is not None else "operator"

    @property
    def urgent(self) -> bool:
        """Return whether the task is for today, because its finding was marked "Act"."""
        return (self.finding.asked or self.finding.level) == "act"

    @property
    def text(self) -> Words:
        """Return the text of what is to be done, or of the problem if nothing was proposed."""
        if self.action is not None:
            return self.action.words
        return self.proposal.text if self.proposal is not None else self.finding.text

    @property
    def metric(self) -> str | None:
        """Return the metric that the task should improve; None if there is none."""
        found = self.action.metric if self.action is not None else None
        return found or (self.proposal.metric if self.proposal is not None else None)

    @property
    def expected(self) -> float | None:
        """Return the value that the metric should reach; None if there is none."""
        found = self.action.expected if self.action is not None else None
        return found if found is not None or self.proposal is None else self.proposal.expected

    def due(self, today: date) -> date:
        """Return the due day: the agreed one, else the proposed one, else today if urgent, else tomorrow."""
        if self.action is not None and self.action.due is not None:
            return self.action.due
        if self.proposal is not None and self.proposal.due:
            return date.fromisoformat(self.proposal.due)
        return today if self.urgent else today + timedelta(days=1)

    def owner(self, shop: Shop) -> Words:
        """Return the owner's name; empty if there is no owner yet."""
        if self.action is None:
            return "" if self.state is None else self.state.owner or self.state.who
        return self.action.owner or indicators.person_for(shop, self.action.role or "operator")


def tasks_of(past: Past, shop: Shop) -> list[RoleTask]:
    """Return the morning's problems as tasks, most urgent first.

    Findings that ask the same role to improve the same metric of an item are one task. Problems that were
    taken on or decided are included with their state; those proposed by several steps occur once.
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
    """Return each proposal of a finding with the decision on it; (None, None) if the finding has none.

    Proposals that another step has made before are left to that step.
    """
    asked: list[tuple[Proposal[Words] | None, DecisionState | None]] = [
        (one, None) for one in finding.proposals
    ]
    decided = ((one, states.of(one, finding.key)) for one in finding.settled)
    asked += [(one, state) for one, state in decided if state is not None]
    return asked if asked or finding.settled else [(None, None)]


def _place(finding: Finding[Words], proposal: Proposal[Words] | None) -> tuple[object, ...]:
    """Return the merge key, equal for findings that ask one role to improve the same metric of an item."""
    if proposal is None or proposal.metric is None:
        return (finding.key, proposal.role if proposal is not None else "")
    return (proposal.role, proposal.metric, proposal.item)


def _agreed(past: Past, finding: Finding[Words], proposal: Proposal[Words] | None) -> Action | None:
    """Return the action agreed on a finding; None if there is none.

    It is an action made from the finding today, or else an open action on the same metric and item.
    """
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
    """Return whether the team is one person, who plays all roles."""
    return len([one for one in shop.team if one.roles != ("viewer",)]) <= 1


def in_order(roles: list[str]) -> list[str]:
    """Return the roles in the order in which one person takes them."""
    return sorted(
        dict.fromkeys(roles),
        key=lambda role: ROLE_ORDER.index(role) if role in ROLE_ORDER else len(ROLE_ORDER),
    )
