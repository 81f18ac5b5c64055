"""A row of a day's file as somebody's editing left it: an entry, or none at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core.journal.entry import Entry
from core.journal.entry_codec import entry_of, row_of
from tests.topics.writing import ZONE

DAY = date(2026, 11, 9)
ROW: dict[str, Any] = {
    "at": "2026-11-09T09:00:00+08:00", "who": "小兰", "kind": "note", "step": "stock", "late": True,
    "data": {"text": "补 300 件"}, "id": "1",
}  # fmt: skip


def test_a_whole_row_is_an_entry_and_written_again_as_it_was() -> None:
    at = datetime(2026, 11, 9, 9, tzinfo=ZONE)
    entry = entry_of(ROW, DAY)
    assert entry == Entry("1", at, "小兰", "note", "stock", {"text": "补 300 件"}, DAY, late=True)
    assert entry is not None
    assert row_of(entry) == ROW


def test_what_is_empty_may_be_left_out() -> None:
    bare = {name: ROW[name] for name in ("at", "who", "kind", "id")}
    entry = entry_of(bare, DAY)
    assert entry is not None
    assert (entry.step, entry.data, entry.late) == ("", {}, False)
    assert row_of(entry) == {**bare, "data": {}}


@pytest.mark.parametrize(
    "spoilt",
    [{"at": "soon"}, {"at": 9}, {"at": "2026-11-09T09:00:00"}, {"who": 1}, {"kind": None},
     {"step": ["stock"]}, {"id": 1}, {"data": "text"}, {"data": []}],
)  # fmt: skip
def test_a_row_with_one_part_spoilt_is_none(spoilt: dict[str, Any]) -> None:
    assert entry_of(ROW | spoilt, DAY) is None


@pytest.mark.parametrize("gone", ["at", "who", "kind", "id"])
def test_a_row_without_a_part_it_needs_is_none(gone: str) -> None:
    assert entry_of({name: value for name, value in ROW.items() if name != gone}, DAY) is None
