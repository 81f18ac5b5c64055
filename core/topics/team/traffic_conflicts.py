"""Conflicts between tasks that send more buyers to an item and findings that speak against it."""

from __future__ import annotations

from core.journal.format_1 import about_of
from core.journal.projections import Past
from core.language.message import Words

GROWING = ("raise", "add")
"""The decisions on a keyword that bring more visitors to its item."""
_MORE = frozenset({"raise", "add", "more", "hero", "title"})
"""The kinds of findings on an item that propose sending more buyers to it."""
_AGAINST = frozenset(
    {
        ("paid", "scarce"),
        ("paid", "worse"),
        ("promotion", "scarce"),
        ("promotion", "worse"),
        ("reviews", "rise"),
        ("stock", "order"),
    }
)
"""The findings, by step and kind, that speak against sending more buyers to their item."""


def held_items(past: Past) -> dict[str, Words]:
    """Return the items to which today's answers advise against sending more buyers.

    Each comes with the text of the finding as the reason. Of the findings on orders only urgent ones count,
    because buyers may be sent to an item that is reordered in time.
    """
    found: dict[str, Words] = {}
    for step in dict.fromkeys(entry.step for entry in past.entries() if entry.kind == "answered"):
        answer = past.said(step)
        for finding in () if answer is None else answer.findings:
            speaks = (step, finding.kind) in _AGAINST and finding.about.item
            if speaks and (finding.kind != "order" or finding.level == "act"):
                found.setdefault(finding.about.item, finding.text)
    return found


def grows(finding: str) -> bool:
    """Return whether the finding with this key proposes sending more buyers to an item.

    Used for actions, which store only the key of their finding.
    """
    kind, about = about_of(finding)
    return kind in _MORE and bool(about.item)


def scaled_item(key: str) -> str:
    """Return the item that the key of a finding or of a table row is about; empty if it is about none."""
    return about_of(key)[1].item
