"""What each agent sold after refunds over four weeks; agents are ranked by this, never by paid sales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Table, TableColumn
from core.language.message import Words, say

if TYPE_CHECKING:
    import pandas as pd

DAYS = 28


@dataclass(frozen=True, slots=True)
class SoldByAgent:
    """An agent's sales and refunds of four weeks, in yuan."""

    name: str
    paid: float
    refunded: float
    inquiries: float

    @property
    def net(self) -> float:
        """Return the sales after refunds."""
        return self.paid - self.refunded

    @property
    def per_inquiry(self) -> float | None:
        """Return the sales after refunds per inquiry; None if there were no inquiries."""
        return self.net / self.inquiries if self.inquiries else None


def sold_by_agent(frame: pd.DataFrame, last: date) -> list[SoldByAgent] | None:
    """Return the agents by sales after refunds, the most first; None if the file has no refunds by agent."""
    when = frame["date"].dt.date
    rows = frame[
        ~frame["benchmark"].astype(bool) & (when > last - timedelta(days=DAYS)) & (when <= last)
        & frame["amount"].notna()
    ]  # fmt: skip
    if rows.empty or rows["refund_amount"].isna().all():
        return None
    summed = rows.groupby("agent")[["amount", "refund_amount", "inquiries"]].sum()
    found = [SoldByAgent(str(name), *(float(value) for value in own)) for name, *own in summed.itertuples()]
    return sorted(found, key=lambda one: -one.net)


def table(found: Sequence[SoldByAgent] | None) -> tuple[Table[Words], ...]:
    """Return the ranking as a table; empty if the file has no refunds by agent."""
    if not found:
        return ()
    columns = (
        TableColumn(say("Agent"), id="agent"),
        TableColumn(say("Sales"), "money", "amount"),
        TableColumn(say("Refunded"), "money", "refunded"),
        TableColumn(say("After refunds"), "money", "kept"),
        TableColumn(say("Sales per inquiry after refunds"), "money", "per_inquiry"),
    )
    rows = tuple(
        (
            one.name,
            round(one.paid),
            round(one.refunded),
            round(one.net),
            None if one.per_inquiry is None else round(one.per_inquiry, 2),
        )
        for one in found
    )
    return (Table(say("Sales of each agent after refunds, four weeks"), columns, rows),)


def limits(frame: pd.DataFrame, found: Sequence[SoldByAgent] | None) -> tuple[Words, ...]:
    """Return the text on how far refunds can be attributed to agents; empty if the file has no sales."""
    if frame["amount"].isna().all():
        return ()
    if not found:
        return (say("The service file has no refunds by agent, so nobody is ranked by sales."),)
    return (
        say(
            "Agents are ranked by sales after refunds; a refund counts on the day it is completed, so many "
            "of the newest sales are still to be refunded."
        ),
    )
