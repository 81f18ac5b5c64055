"""What the morning found against sending more buyers to an item, and which tasks would send them."""

from __future__ import annotations

from core.journal.format_1 import about_of
from core.journal.projections import Past
from core.language.message import Words

GROWING = ("raise", "add")
"""Decisions on a word that bring more visitors to its item."""
_MORE = frozenset({"raise", "add", "more", "hero", "title"})
"""Kinds of findings on an item that propose to send more buyers to it."""
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
"""Steps and kinds of findings that speak against it."""


def held_items(past: Past) -> dict[str, Words]:
    """Return the items today's shown answers hold back, each with the sentence that says why.

    Of the stock only what is urgent: an order in time holds nothing back.
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
    """Tell whether what the finding of this key proposes sends more buyers to an item.

    An action keeps only the key of its finding.
    """
    kind, about = about_of(finding)
    return kind in _MORE and bool(about.item)


def scaled_item(key: str) -> str:
    """Return the item a finding's or a row's key is about; empty when it is about none."""
    return about_of(key)[1].item
