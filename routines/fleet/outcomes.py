"""Which kinds of action moved their figure in how many shops, counted from the outcomes of promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from core.language.speech import Language
from core.language.wording import N_, plural, say
from core.measures.metrics import NAMES
from core.statistics.distributions import wilson
from core.tables.span import Span
from core.tables.table import Declared, ShopTable, build
from routines.past.promise_history import promise_ledger

DEEDS: Final = {
    "order": N_("Reorder"),
    "delete_word": N_("Delete a keyword"),
    "lower_bid": N_("Lower a bid"),
    "raise_bid": N_("Raise a bid"),
    "add_word": N_("Add a keyword"),
    "lower_spend": N_("Lower ad spend"),
    "raise_spend": N_("Raise ad spend"),
    "test_picture": N_("Test a picture"),
    "change_title": N_("Change a title"),
    "answer_reviews": N_("Answer reviews"),
    "ask_supplier": N_("Ask the supplier"),
    "follow_up": N_("Send a reminder"),
    "complain": N_("File a complaint"),
    "top_up": N_("Top up the ad account"),
    "hand_in": N_("Hand in campaign material"),
    "renew": N_("Renew a tool"),
    "stop_plan": N_("Stop an ad plan"),
    "raise_target": N_("Raise an ad target"),
    "lower_target": N_("Lower an ad target"),
}
"""The display names of deeds (:data:`core.answers.answer.Deed`)."""
OTHER: Final = N_("Other action")
SURE: Final = 0.9
"""The level of the interval of the share of shops."""
Kind: TypeAlias = tuple[str, str]
"""Deed and metric."""
Outcomes: TypeAlias = Mapping[Kind, Counter[str]]
"""One shop's promises by kind: how many had which outcome."""


class _Row(NamedTuple):
    kind: Kind
    shops: Sequence[Counter[str]]
    """The outcomes in each shop that has judged promises of this kind."""

    @property
    def moved(self) -> int:
        """The number of shops in which more promises of this kind were kept than missed."""
        return sum(one["kept"] > one["not kept"] for one in self.shops)

    def total(self, outcome: str) -> float:
        return float(sum(one[outcome] for one in self.shops))


def outcomes_of(folder: Path, span: Span, *, today: date, lang: Language) -> Outcomes:
    """Return the outcomes of the shop's promises that were due or closed in the span, by kind."""
    end = min(span.last + timedelta(days=1), today)
    days = (end - span.first).days
    if days <= 0:
        return {}
    ledger = promise_ledger(folder, day=end, lang=lang, days=days)
    found: dict[Kind, Counter[str]] = {}
    for one in ledger.promises:
        if one.metric and one.outcome != "waiting":
            found.setdefault((one.deed, one.metric), Counter())[one.outcome] += 1
    return found


def outcomes_table(shops: Iterable[Outcomes], span: Span, *, refused: int) -> ShopTable:
    """Return the table with one row for each kind of action, the kind tried in most shops first.

    ``refused``: the number of shops whose settings do not allow counting their actions.
    """
    kinds: dict[Kind, list[Counter[str]]] = {}
    for outcomes in shops:
        for kind, counted in outcomes.items():
            kinds.setdefault(kind, []).append(counted)
    rows = [
        _Row(kind, [one for one in found if one["kept"] or one["not kept"]]) for kind, found in kinds.items()
    ]
    judged = sorted((row for row in rows if row.shops), key=lambda row: (-len(row.shops), row.kind))
    notes = [
        say("“Kept” only means that the promised figure changed, not that the action changed it."),
        say("A shop counts if more of its promises of this kind were kept than missed."),
    ]
    if refused:
        notes.append(
            plural(
                "{n} shop is not counted: its settings do not allow it ([fleet] compare_actions = true in "
                "shop.toml).",
                "{n} shops are not counted: their settings do not allow it ([fleet] compare_actions = true "
                "in shop.toml).",
                refused,
            )
        )
    return build("actions", say("What worked in how many shops"), span.words, _columns(), judged, notes=notes)


def _columns() -> list[Declared[_Row]]:
    return [
        ("action", say("Action"), "text", lambda row: say(DEEDS.get(row.kind[0], OTHER))),
        ("figure", say("figure"), "text", lambda row: say(NAMES.get(row.kind[1], row.kind[1]))),
        ("moved", say("Shops where it moved the figure"), "count", lambda row: float(row.moved)),
        ("shops", say("Shops that tried it"), "count", lambda row: float(len(row.shops))),
        (
            "low",
            say("Share of shops, at least"),
            "rate",
            lambda row: wilson(row.moved, len(row.shops), SURE).low,
        ),
        (
            "high",
            say("Share of shops, at most"),
            "rate",
            lambda row: wilson(row.moved, len(row.shops), SURE).high,
        ),
        ("kept", say("Promises kept"), "count", lambda row: row.total("kept")),
        ("missed", say("Promises missed"), "count", lambda row: row.total("not kept")),
        ("unclear", say("Cannot tell"), "count", lambda row: row.total("cannot tell")),
    ]
