"""Changes to the settings that team members have proposed, and whether each was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args

from core.journal.entry import Entry, word_of

ProposalState: TypeAlias = Literal["open", "accepted", "refused", "withdrawn"]
_ENDS: tuple[str, ...] = tuple(state for state in get_args(ProposalState) if state != "open")


@dataclass(frozen=True, slots=True)
class ProposedSetting:
    """A proposed change of the settings, with its outcome."""

    id: str
    """The id of its entry."""
    at: datetime
    who: str
    step: str
    form: str
    """A form's id, or ``frequency`` if it is about how often a step appears."""
    values: Mapping[str, Any]
    """The proposed settings as the form's values; for ``frequency`` ``{"comes": …}``: "never", "as
    planned", "every day" or a repeat such as "weekly:MO"."""
    was: Mapping[str, Any] = field(default_factory=dict)
    """The settings at the time of the proposal, in the same form; empty if they were not set."""
    state: ProposalState = "open"
    by: str = ""
    """The person who accepted, refused or withdrew the proposal."""
    decided: datetime | None = None
    reason: str = ""


def proposed_settings(entries: Iterable[Entry]) -> tuple[ProposedSetting, ...]:
    """Return the proposals in these entries with their outcomes, oldest first.

    If a proposal was decided more than once, only the first decision counts.
    """
    found: dict[str, ProposedSetting] = {}
    for entry in entries:
        if entry.kind == "setting":
            values, was = entry.data.get("values"), entry.data.get("was")
            if isinstance(values, dict) and isinstance(was, dict):
                found[entry.id] = ProposedSetting(
                    entry.id, entry.at, entry.who, entry.step, word_of(entry, "form"), values, was
                )
        elif entry.kind == "setting-update":
            one = found.get(word_of(entry, "proposal"))
            state = word_of(entry, "state")
            if one is not None and one.state == "open" and state in _ENDS:
                found[one.id] = replace(
                    one,
                    state=state,  # type: ignore[arg-type]  # one of the ends
                    by=entry.who,
                    decided=entry.at,
                    reason=word_of(entry, "reason"),
                )
    return tuple(found.values())
