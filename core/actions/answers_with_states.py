"""Add decisions to an answer: decided proposals are shown with their state, not proposed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from core.actions import state_words
from core.actions.decision_states import DecisionStates, decision_states, open_elsewhere
from core.answers.answer import Answer, Finding, Proposal, Verdict
from core.answers.ranking import ASKING, ranked
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, say
from core.shop.settings import Shop

NAMED = 2
"""The maximum number of sentences about decisions in a verdict."""


def shown_today(past: Past, shop: Shop) -> dict[str, Answer[Words]]:
    """Return the last answer shown today for each step, with the current states of its decided proposals.

    The steps are in the order in which they were first shown.
    """
    entries = past.entries()
    states = decision_states(past.known(), shop, past.today)
    steps = dict.fromkeys(entry.step for entry in entries if entry.kind == "answered")
    return {
        step: with_states(said, replace(states, elsewhere=open_elsewhere(entries, step)))
        for step in steps
        if (said := past.said(step)) is not None
    }


class _Laid(NamedTuple):
    finding: Finding[Words]
    states: tuple[Words, ...]
    """The sentences on the states of its proposals that are decided or open in another step."""
    settled: bool
    """Whether none of its proposals remains to be decided here."""
    overdue: bool = False
    """Whether something agreed on it should have been done before today."""


def with_states(
    answer: Answer[Words], states: DecisionStates, titles: Mapping[str, str] | None = None
) -> Answer[Words]:
    """Return the answer with the states of its decided proposals; the same object if nothing was decided.

    A decided proposal is removed as long as the facts are unchanged, and the decision's state is put before
    the finding's text. A finding left without a proposal is lowered to "info", unless what was agreed is
    overdue; if everything it proposed is done, its text says only that. A proposal whose facts have changed
    stays, and the text says what has changed. A proposal that another step already shows as open is replaced
    by a reference to that step; ``titles`` has the steps' titles (message ids) by step. The verdict is
    replaced by the most important finding that still needs a decision if it asks for something that is
    decided or repeats the text of a finding that is.
    """
    laid = [_laid(one, states, titles or {}) for one in answer.findings]
    if not any(one.states for one in laid) and not any(one.states for one in answer.findings):
        return answer
    findings = tuple(one.finding for one in laid)
    return replace(answer, findings=findings, verdict=_verdict(answer.verdict, laid))


def _laid(shown: Finding[Words], states: DecisionStates, titles: Mapping[str, str]) -> _Laid:
    finding = _as_found(shown)
    said: list[Words] = []
    results: list[Words] = []
    kept: list[Proposal[Words]] = []
    gone: list[Proposal[Words]] = []
    overdue = False
    for proposal in finding.proposals:
        state = states.of(proposal, finding.key)
        place = states.place(proposal, finding.key)
        if state is not None and state.stands(proposal, states.today):
            gone.append(proposal)
            said.append(state_words.said(state, states.today))
            overdue = overdue or state.is_overdue(states.today)
            if state.stage == "done":
                results.append(say("{what}: {state}", what=proposal.text, state=said[-1]))
        elif place:
            gone.append(proposal)
            title = say(titles.get(place, place))
            said.append(say("This was already proposed in “{step}”; deal with it there.", step=title))
        else:
            kept.append(proposal)
            if state is not None:
                said.append(state_words.said_again(state, proposal, states.today))
    told = tuple(dict.fromkeys(said))
    if not told:
        return _Laid(finding, (), settled=False)
    settled = not kept
    done = len(results) == len(gone)
    told_with = message.sentences(results)
    lowered = settled and not overdue and finding.level in ASKING
    return _Laid(
        replace(
            finding,
            level="info" if lowered else finding.level,
            text=told_with if settled and done else message.sentences([*told, finding.text]),
            proposals=tuple(kept),
            states=told,
            found=(finding.text,),
            settled=tuple(gone),
            asked=finding.level if lowered else None,
        ),
        told,
        settled,
        overdue,
    )


def _as_found(finding: Finding[Words]) -> Finding[Words]:
    """Return the finding as the analysis made it, without the states added by :func:`with_states`."""
    if not finding.states:
        return finding
    return replace(
        finding,
        level=finding.asked or finding.level,
        text=finding.found[0] if finding.found else finding.text,
        proposals=(*finding.proposals, *finding.settled),
        states=(),
        found=(),
        settled=(),
        asked=None,
    )


def _verdict(verdict: Verdict[Words], laid: list[_Laid]) -> Verdict[Words]:
    settled = [_as_found(one.finding) for one in laid if one.settled]
    if not settled or not (verdict.asks or verdict.text in [one.text for one in settled]):
        return verdict
    said = dict.fromkeys(state for one in laid if one.settled for state in one.states)
    done = message.sentences(list(said)[:NAMED])
    open_still = [one for one in laid if one.overdue or not one.settled]
    left = ranked(one.finding for one in open_still if one.finding.level in ASKING)
    late = [one.finding for one in open_still if one.overdue]
    asking = [one for one in left if one.proposals or one in late] or left
    if not asking:
        return Verdict("info", message.sentences([say("Nothing new to decide."), done]), asks=True)
    return Verdict(asking[0].level, asking[0].text, asks=True)
