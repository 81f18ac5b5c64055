"""What can still be said when the newest stock file is too old to order from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.answers.answer import Finding, Proposal, Verdict, finding
from core.language import message
from core.language.message import Words, say
from core.topics.stock import phrases
from core.topics.stock.cover import StockLine

NAMED = 5
"""At most this many items are named."""
TOO_OLD_DAYS = 7
"""From a stock file older than this nothing is ordered: returns and arrivals since then are unknown."""


def days_old(lines: Sequence[StockLine], today: date) -> int:
    """Return how many days ago the newest stock file was made."""
    return (today - max(line.shelf.counted for line in lines)).days


def is_too_old(lines: Sequence[StockLine], today: date) -> bool:
    """Return whether the newest stock file is too old to order from."""
    return days_old(lines, today) > TOO_OLD_DAYS


def verdict(lines: Sequence[StockLine], today: date) -> Verdict[Words]:
    """Return the verdict that asks for a new stock file, with how many items may have to be ordered."""
    short = sum(line.state in ("gone", "order") for line in lines)
    return Verdict("watch", message.sentences([_old(lines, today), _may_run_out(short)]), asks=True)


def findings(
    found: Sequence[Finding[Words]], lines: Sequence[StockLine], today: date
) -> list[Finding[Words]]:
    """Return the request for a new stock file, what the old one says runs out first, and prices below cost.

    Everything else in ``found`` depends on a count that is no longer true.
    """
    ask = Proposal("supply", say("Download the stock file of today and import it"), due=today.isoformat())
    first = [finding("stock", "old_file", "watch", _old(lines, today), ask)]
    short = [line for line in lines if line.state in ("gone", "order")][:NAMED]
    if short:
        names = [
            say("{name} ({days})", name=one.name, days=phrases.days_said(one.days or 0.0)) for one in short
        ]
        text = say(
            "By the outdated stock file, these items run out first: {names}.", names=phrases.listed(names)
        )
        first.append(finding("stock", "old_order", "info", text))
    return first + [one for one in found if one.kind == "below_cost"]


def _old(lines: Sequence[StockLine], today: date) -> Words:
    return say(
        "The stock file is {age} days old: import a new one before you order anything. Sales since then are "
        "subtracted, but returned and newly arrived goods are not known.",
        age=days_old(lines, today),
    )


def _may_run_out(items: int) -> Words:
    if not items:
        return ""
    return message.plural(
        "By the outdated stock file, {n} item may have to be ordered.",
        "By the outdated stock file, {n} items may have to be ordered.",
        items,
    )
