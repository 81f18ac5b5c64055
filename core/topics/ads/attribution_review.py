"""Review of past keyword decisions, once the orders of the days they were based on are fully credited."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.answers.answer import Finding, Proposal, Table, TableColumn, finding
from core.journal.format_1 import value_of
from core.journal.projections import Decision, Earlier
from core.language import message
from core.language.message import Value, Words, say
from core.measures.judged_days import closes, days_of, window
from core.measures.order_value import ShopRefunds
from core.shop.settings import Shop
from core.topics.ads.keywords.tables import DECISIONS, decision_words
from core.topics.ads.keywords.verdicts import ItemKeyword, judge_words

if TYPE_CHECKING:
    import pandas as pd

NAMED = 3
OPEN_DAYS = 3
"""The number of days for which a decision stays up for review."""
AGAINST: Mapping[str, tuple[str, ...]] = {
    "delete": ("lower", "keep", "raise"),
    "lower": ("keep", "raise"),
    "raise": ("lower", "delete"),
}
"""For each decision, the final verdicts that contradict it."""


@dataclass(frozen=True, slots=True)
class Matured:
    """A decision on a keyword, now that all orders of the days it was based on have been credited."""

    decision: Decision
    day: date
    word: ItemKeyword
    first: tuple[float, float] | None
    """The clicks and orders the decision was based on; None if they were not stored."""

    @property
    def changed(self) -> bool:
        """Return whether the orders credited since the decision would change it."""
        grown = self.first is not None and self.first[1] != self.word.orders
        return grown and self.final in AGAINST[self.decision.choice]

    @property
    def final(self) -> str:
        """Return the verdict on the days the decision was based on, by the figures known today.

        It is empty if no margin is known.
        """
        return self.word.judged.decision or ""


def reopened(found: Sequence[Matured], today: date) -> list[Finding[Words]]:
    """Return findings on past decisions to reconsider, with old and new figures, and on those confirmed."""
    said = [_open(one, today) for one in found if one.changed]
    holding = [one for one in found if not one.changed and one.first is not None]
    if holding:
        text = message.plural(
            "{n} earlier decision is confirmed now that all orders of its clicks are credited: {words}.",
            "{n} earlier decisions are confirmed now that all orders of their clicks are credited: {words}.",
            len(holding),
            words=message.listing([_held(one) for one in holding[:NAMED]]),
        )
        said.append(finding("paid", "matured", "info", text))
    return said


def looked_at_again(found: Sequence[Matured]) -> Table[Words] | None:
    """Return the table of reviewed decisions, with their figures then and now; None if it would be empty.

    Decisions whose figures were not stored at the time are left out.
    """
    known = [one for one in found if one.first is not None]
    if not known:
        return None
    columns = (
        TableColumn(say("Keyword"), "text", "word"),
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Decided on"), "date", "decided_on"),
        TableColumn(say("Decision at that time"), "word", "decided", decision_words()),
        TableColumn(say("Clicks at that time"), "count", "clicks_then"),
        TableColumn(say("Orders at that time"), "count", "orders_then"),
        TableColumn(say("Final clicks"), "count", "clicks_in_full"),
        TableColumn(say("Final orders"), "count", "orders_in_full"),
        TableColumn(say("Decision by the final figures"), "word", "final_decision", decision_words()),
        TableColumn(
            say("Result"), "word", "outcome", (("open", say("reopened")), ("holds", say("confirmed")))
        ),
    )
    newest = sorted(known, key=lambda one: not one.changed)
    rows = tuple(
        (
            one.word.text,
            one.word.item_name,
            one.day.isoformat(),
            one.decision.choice,
            *(one.first or (None, None)),
            one.word.clicks,
            one.word.orders,
            one.final or message.DASH,
            "open" if one.changed else "holds",
        )
        for one in newest
    )
    about = tuple(one.word.about for one in newest)
    return Table(say("Earlier decisions checked again"), columns, rows, about=about)


def matured(
    frame: pd.DataFrame,
    earlier: Earlier | None,
    names: Mapping[str, Words],
    values: Mapping[str, float],
    shop: Shop,
    today: date,
    refunds: ShopRefunds | None = None,
) -> list[Matured]:
    """Return the decisions whose orders became fully credited in the last three days, each judged again.

    Each is judged on the days it was based on, with their final figures.
    """
    newest: dict[str, Decision] = {}
    for one in earlier.decisions if earlier is not None else ():
        if one.step == "paid":
            newest[one.key] = one
    by_day: dict[date, list[Decision]] = {}
    for one in newest.values():
        if (
            one.day is not None
            and one.choice in AGAINST
            and 0 <= (today - closes(one.day, shop)).days < OPEN_DAYS
        ):
            by_day.setdefault(one.day, []).append(one)
    found = []
    for day, decisions in by_day.items():
        days = window(days_of(frame), shop, day)
        words = []
        if days.judged:
            words = judge_words(frame, days, shop, names, values, refunds=refunds)[0]
        by_key = {word.key: word for word in words}
        found += [
            Matured(one, day, by_key[one.key], figures(one.detail)) for one in decisions if one.key in by_key
        ]
    return found


def figures(detail: object) -> tuple[float, float] | None:
    """Return the clicks and orders a decision was based on; None if they were not stored."""
    clicks, orders = (_number(value_of(detail, column)) for column in ("clicks", "orders"))
    return None if clicks is None or orders is None else (clicks, orders)


def _number(kept: object) -> float | None:
    """Return a stored count as a number; journal format 1 stores it as text ("1,841"). None if invalid."""
    try:
        number = float(str(kept).replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _open(one: Matured, today: date) -> Finding[Words]:
    first = one.first or (0.0, 0.0)
    values: dict[str, Value] = {
        "word": one.word.text,
        "choice": say(DECISIONS[one.decision.choice]),
        "day": message.short_day(one.day),
        "first": _rate(first[1], first[0]),
        "final": _rate(one.word.orders, one.word.clicks),
        "now": say(DECISIONS.get(one.final, one.final)),
    }
    text = say(
        "“{word}”: the decision “{choice}” of {day} was based on {first}. With all orders credited, "
        "the same days have {final}, which means “{now}”. Decide again.",
        **values,
    )
    ask = Proposal(
        "promotion",
        say("Decide on “{word}” again with the final figures", **values),
        due=today.isoformat(),
        about=one.word.about,
    )
    return finding("paid", "reopened", "watch", text, ask, about=one.word.about)


def _held(one: Matured) -> Words:
    first = one.first or (0.0, 0.0)
    return say(
        "“{word}”: {choice} (then {first}, with all orders credited {final})",
        word=one.word.text,
        choice=say(DECISIONS[one.decision.choice]),
        first=_share(first[1], first[0]),
        final=_share(one.word.orders, one.word.clicks),
    )


def _share(orders: float, clicks: float) -> Words:
    return say("{orders}/{clicks}", orders=message.count(orders), clicks=message.count(clicks))


def _rate(orders: float, clicks: float) -> Words:
    return say("{k} orders of {n} clicks", k=message.count(orders), n=message.count(clicks))
