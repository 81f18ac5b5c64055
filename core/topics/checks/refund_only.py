"""Open refund-only cases (仅退款): the buyer asks for money without returning the goods."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.topics.checks.waiting_cases import FORGOTTEN, WAITS

if TYPE_CHECKING:
    import pandas as pd

KIND = "仅退款"


def of_refund_only(frame: pd.DataFrame | None, today: date) -> list[Finding[Words]]:
    """Return the finding on open refund-only cases, with the time by which the first must be answered.

    The same cases are also counted among those that wait for the shop; this finding is urgent only if there
    is a deadline.
    """
    if frame is None or "kind" not in frame:
        return []
    answer = WAITS[0][2]
    own = frame[
        frame["kind"].str.contains(KIND) & frame["closed"].isna() & frame["status"].str.contains(answer)
    ]
    ages = [(today - day).days for day in own["date"].dt.date]
    own = own[[0 <= age <= FORGOTTEN for age in ages]]
    if own.empty:
        return []
    text: Words = message.plural(
        "{n} open refund-only case is waiting for our answer ({money}).",
        "{n} open refund-only cases are waiting for our answer ({money}).",
        len(own),
        money=message.money(round(float(own["amount"].sum()))),
    )
    begins = datetime.combine(today, time())
    ends = [one.to_pydatetime() for one in own["answer_by"].dropna() if one.to_pydatetime() >= begins]
    level: LevelName = "info"
    if ends:
        first = min(ends)
        text = message.sentences(
            [
                text,
                say(
                    "The first case must be answered by {day} {clock}, or the platform grants the refund.",
                    day=message.short_day(first.date()),
                    clock=f"{first:%H:%M}",
                ),
            ]
        )
        level = "act" if first < begins + timedelta(days=1) else "watch"
    ask = Proposal(
        "service",
        say(
            "Answer the refund-only cases: agree at once if not dispatched; for the others, send proof "
            "of dispatch"
        ),
        due=today.isoformat(),
    )
    return [finding("checks", "refund_only", level, text, ask)]
