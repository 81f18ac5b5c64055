"""Earlier decisions whose results are still open, listed so that nobody proposes the same again."""

from __future__ import annotations

from core.actions import state_words
from core.actions.decision_states import DecisionState, decision_states
from core.answers.answer import Table, TableColumn
from core.journal.projections import Past
from core.language.message import Words, say
from core.shop.settings import Shop

SHOWN = 12
"""The most rows of the table, the newest decisions first."""


def table(past: Past, shop: Shop) -> tuple[Table[Words], ...]:
    """Return the table of open decisions with their states; empty if there are none."""
    states = decision_states(past.known(), shop, past.today)
    decided = states.news()
    if not decided:
        return ()
    columns = (TableColumn(say("Decision at that time"), id="task"), TableColumn(say("Progress"), id="state"))
    rows = tuple((_words(one), state_words.said(one, past.today)) for one in decided[:SHOWN])
    return (Table(say("Decided earlier"), columns, rows),)


def _words(state: DecisionState) -> Words:
    if state.words:
        return state.words
    return say("{choice}: {which}", choice=state_words.choice_words(state.choice), which=state.which)
