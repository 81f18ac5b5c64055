"""What the morning found against sending more buyers to an item, and which tasks would send them."""

from __future__ import annotations

from core.journal.projections import Past

GROWING = ("raise", "add")
"""Decisions on a word that bring more visitors to its item."""
_MORE = ("paid/raise/", "paid/add/", "promotion/more/", "optimise/hero/", "optimise/title/")
_ITEM = (*_MORE, "paid/word/", "paid/term/")
_AGAINST = (
    "paid/scarce/",
    "paid/worse/",
    "promotion/scarce/",
    "promotion/worse/",
    "reviews/rise/",
    "stock/order/",
)


def held_items(past: Past) -> dict[str, str]:
    """Return the items today's shown answers hold back, each with the sentence that says why.

    Of the stock only what is urgent: an order in time holds nothing back.
    """
    found: dict[str, str] = {}
    for step in dict.fromkeys(entry.step for entry in past.entries() if entry.kind == "answered"):
        answer = past.answers(step)
        for finding in () if answer is None else answer.findings:
            prefix = next((one for one in _AGAINST if finding.key.startswith(one)), "")
            if prefix and (prefix != "stock/order/" or finding.level == "act"):
                found.setdefault(finding.key.removeprefix(prefix), finding.text)
    return found


def grows(finding: str) -> bool:
    """Tell whether what this finding proposes sends more buyers to an item."""
    return finding.startswith(_MORE)


def scaled_item(key: str) -> str:
    """Return the item a finding's or a row's key is about; empty when it is about none."""
    prefix = next((one for one in _ITEM if key.startswith(one)), "")
    return key.removeprefix(prefix).split("/", 1)[0] if prefix else ""
