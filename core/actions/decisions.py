"""What was proposed where something else was decided: a decision is told in its own words only."""

from __future__ import annotations

from collections.abc import Mapping

from core.journal.projections import Decision
from core.language.wording import N_, in_every_language, say

CHOICES = (N_("keep"), N_("raise"), N_("lower"), N_("delete"), N_("observe"), N_("add"))
"""What can be decided about a word."""
_OF_PROPOSAL = (N_("Decision"), N_("Next CPC"), N_("First CPC"), N_("Still needs"))
"""Columns of the table that tell the proposal, not the decision."""


def proposed(one: Decision) -> str:
    """Return what was proposed, in words, where it differs from the decision; else nothing."""
    found = _proposal(one)
    return "" if not found or found == one.choice else say(found)


def figures(one: Decision) -> Mapping[str, object]:
    """Return the figures it was decided on: the proposal's own only where it was followed."""
    if not isinstance(one.detail, dict):
        return {}
    names = _named("Decision") if _proposal(one) in ("", one.choice) else _named(*_OF_PROPOSAL)
    return {name: value for name, value in one.detail.items() if name not in names}


def _proposal(one: Decision) -> str:
    if not isinstance(one.detail, dict):
        return ""
    words = {word: choice for choice in CHOICES for word in in_every_language(choice)}
    told = next((one.detail[name] for name in one.detail if name in _named("Decision")), "")
    return words.get(str(told), "")


def _named(*names: str) -> set[str]:
    return {word for name in names for word in in_every_language(name)}
