"""An entry's id tells when it was written, to the thousandth of a second."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.journal.book import Book, Unwritten
from core.journal.entry_codec import moment_of

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, 0, 12, 345_000, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_time_can_be_read_from_the_id_and_the_id_by_people(tmp_path: Path) -> None:
    lines = [Unwritten(at=NINE, who="陈晓", kind="note") for _ in range(3)]
    ids = [entry.id for entry in Book(tmp_path).append_all(MONDAY, lines)]

    assert ids[0].startswith("20261116T010012345-")
    assert [moment_of(one) for one in ids] == [NINE + timedelta(milliseconds=n) for n in range(3)]


def test_ids_of_several_people_go_on_from_each_other(tmp_path: Path) -> None:
    Book(tmp_path).append(MONDAY, at=NINE, who="陈晓", kind="note")
    later = Book(tmp_path).append(MONDAY, at=NINE - timedelta(hours=1), who="林薇", kind="note")

    assert moment_of(later.id) == NINE + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "number",
    ["", "20261116", "20261316T010012345-1", "20261116T01001234-1", "2026-11-16T01:00:12.345", None, 7],
)
def test_what_is_no_id_tells_no_time(number: object) -> None:
    assert moment_of(number) is None
