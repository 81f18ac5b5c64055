"""Fake orders: if somebody mentions them, the law is quoted once; no figure is computed."""

from __future__ import annotations

import re

from core.answers.answer import Finding, finding
from core.journal.projections import Past
from core.language.message import Words, money, say

_FAKE = re.compile(r"补单|刷单|刷销量|虚假交易|fake orders?|brush(?:ing|ed)? orders?", re.IGNORECASE)


def fake_orders_named(past: Past) -> bool:
    """Return whether anybody wrote of fake orders today, in a note, reply, form, action or decision."""
    typed = ("note", "reply", "record", "action", "action-update", "decision")
    return any(
        _FAKE.search(str(entry.data.get(name, "")))
        for entry in past.entries()
        if entry.kind in typed
        for name in ("text", "values", "detail", "reason")
    )


def article(past: Past) -> list[Finding[Words]]:
    """Return the finding that quotes the law, if somebody wrote of fake orders today; otherwise empty."""
    if not fake_orders_named(past):
        return []
    text = say(
        "Somebody wrote of 补单 or 刷单 (fake orders): they are left out of every figure. E-Commerce "
        "Law art. 17 and Anti-Unfair Competition Law art. 9 forbid fake deals; by art. 25, fines "
        "are up to {fine} and the licence can be lost.",
        fine=money(2_000_000),
    )
    return [finding("order_gap", "law", "info", text)]
