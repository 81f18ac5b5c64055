"""Many days side by side: the same answers with and without the cache, and quick when history is long."""

import json
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.journal.actions import actions
from core.journal.book import Book, Unwritten
from core.journal.day_files.file_store import FileStore
from core.journal.multi_day_index import MultiDayIndex
from core.journal.projections import records
from core.records.records import RivalSeen

MONDAY = date(2026, 11, 16)
SHANGHAI = ZoneInfo("Asia/Shanghai")

any_store = pytest.mark.usefixtures("any_store")


def work(book: Book, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
    book.append_all(
        day,
        [
            Unwritten(at=at, who="陈晓", kind="note", step="stock", data={"text": "x" * 2000}),
            Unwritten(at=at, who="陈晓", kind="action", step="stock", data={"text": f"补货 {day}"}),
            Unwritten(at=at, who="陈晓", kind="record", data={"form": "rival", "values": {"rival": "r01"}}),
        ],
    )


@any_store
def test_the_past_holds_today_and_yesterday_in_full_and_the_rest_lasting(tmp_path: Path) -> None:
    book = Book(tmp_path)
    days = [MONDAY - timedelta(days=back) for back in (500, 9, 3, 0)]
    for day in days:
        work(book, day)

    past = MultiDayIndex(book).past(MONDAY)
    assert list(past.days) == days[1:], "what is older than a year and a month is left out"
    assert [len(past.entries(day)) for day in days[1:]] == [2, 3, 3]
    assert past.yesterday == days[2]
    assert len(past.actions) == len(past.records(RivalSeen)) == 3


@any_store
def test_a_past_day_shows_what_was_known_then(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for back in (2, 1, 0):
        work(book, MONDAY - timedelta(days=back))

    assert [
        action.created.day for action in MultiDayIndex(book).past(MONDAY - timedelta(days=1)).actions
    ] == [14, 15]


@any_store
def test_a_new_entry_anywhere_is_seen_at_once(tmp_path: Path) -> None:
    book, friday = Book(tmp_path), MONDAY - timedelta(days=3)
    work(book, friday)
    work(book, MONDAY)
    index = MultiDayIndex(book)
    before, digest = actions(index.lasting(MONDAY)), index.digest(MONDAY)
    at = datetime(2026, 11, 16, 10, tzinfo=SHANGHAI)
    Book(tmp_path).append(
        friday, at=at, who="", kind="action-update", data={"action": before[0].id, "state": "done"}
    )

    assert [action.state for action in actions(index.lasting(MONDAY))] == ["done", "open"]
    assert index.digest(MONDAY) != digest


@any_store
def test_the_cache_says_the_same_and_can_be_deleted_or_spoilt(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for back in range(5):
        work(book, MONDAY - timedelta(days=back))
    fresh = MultiDayIndex(book).past(MONDAY)
    cached = tmp_path / "cache" / "journal" / "2026.json"
    assert cached.exists()
    assert MultiDayIndex(Book(tmp_path)).past(MONDAY) == fresh

    for spoilt in ("", "[]", '{"layout": 99}', '{"layout": 1, "days": {"2026-11-15": [1]}}'):
        cached.write_text(spoilt)
        assert MultiDayIndex(Book(tmp_path)).past(MONDAY) == fresh
    cached.unlink()
    assert MultiDayIndex(Book(tmp_path)).past(MONDAY) == fresh


def test_a_year_of_days_is_folded_quickly_again(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for back in range(365):
        day = MONDAY - timedelta(days=back)
        path = FileStore(tmp_path).path(day)
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = {
            str(number): {
                "at": f"{day}T09:00:00+08:00", "who": "陈晓", "kind": "action", "data": {"text": "补货"},
                "id": f"{day:%Y%m%d}T010000{number:03d}-a-1",
            }
            for number in range(1, 11)
        }  # fmt: skip
        path.write_text(json.dumps({"about": {"1": {"format": 1}}, "entries": rows}))
    MultiDayIndex(book).lasting(MONDAY)

    index = MultiDayIndex(Book(tmp_path))
    start = time.perf_counter()
    assert len(actions(index.lasting(MONDAY))) == 3650
    from_disk = time.perf_counter() - start
    start = time.perf_counter()
    assert len(records(index.lasting(MONDAY), RivalSeen)) == 0
    again = time.perf_counter() - start
    assert from_disk < 1, "a cold process"
    assert again < from_disk
