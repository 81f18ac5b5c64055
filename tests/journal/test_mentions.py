"""Who is spoken to: in notes and answers with @NAME, and by owning an action."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from core.journal.entry import Entry, Kind
from core.journal.mentions import addressed_to

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
_numbers = count(1)


def entry(kind: Kind, who: str = "沈岚", **data: object) -> Entry:
    return Entry(f"e{next(_numbers)}", NINE, who, kind, "stock", data, MONDAY)


@pytest.mark.parametrize(
    "said",
    [
        entry("note", text="@陈晓 补 300 件？"),
        entry("reply", question="Which?", text="问一下@陈晓"),
        entry("action", text="拍新主图", owner="陈晓"),
    ],
    ids=["a note", "an answer", "an action to own"],
)
def test_what_is_addressed_to_somebody_is_found(said: Entry) -> None:
    assert addressed_to([entry("note", text="早"), said], "陈晓") == (said,)
    assert addressed_to([said], "林薇") == ()


@pytest.mark.parametrize(
    "said",
    [
        entry("note", text="陈晓 已经问过了"),
        entry("note", who="陈晓", text="给自己：@陈晓"),
        entry("action", who="陈晓", text="拍新主图", owner="陈晓"),
        entry("action", text="问 @陈晓 要图", owner="林薇"),
        entry("record", text="@陈晓", owner="陈晓"),
    ],
    ids=["no @", "a note to oneself", "one's own action", "somebody else's action", "a record"],
)
def test_what_is_not_addressed_to_them_is_left_out(said: Entry) -> None:
    assert addressed_to([said], "陈晓") == ()
