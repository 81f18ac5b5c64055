"""One person at work: what is written is there, in order, for everybody, whatever keeps it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from core.journal.book import Book, Unwritten
from core.journal.entry import Entry
from core.journal.store import Make, StampChange, Store
from tests.conftest import AnyStore

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 16)

pytestmark = pytest.mark.usefixtures("any_store")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 16, hour, minute, tzinfo=SHANGHAI)


def note(book: Book, text: str, when: datetime | None = None, who: str = "陈晓") -> Entry:
    return book.append(MONDAY, at=when or at(8, 45), who=who, kind="note", step="stock", data={"text": text})


def test_what_was_written_is_there_for_everybody(tmp_path: Path) -> None:
    written = note(Book(tmp_path), "补 300 件")

    assert Book(tmp_path).day(MONDAY) == (written,)
    assert (written.who, written.step, written.data, written.day) == (
        "陈晓",
        "stock",
        {"text": "补 300 件"},
        MONDAY,
    )
    assert written.at == at(8, 45)


def test_a_day_nobody_wrote_in_is_empty_and_reading_makes_nothing(tmp_path: Path) -> None:
    book = Book(tmp_path)

    assert (book.day(MONDAY), book.days(), book.first(), book.stamp(MONDAY)) == ((), [], None, None)
    assert list(tmp_path.iterdir()) == []


def test_ids_sort_in_written_order_even_when_a_clock_jumps_back(tmp_path: Path) -> None:
    mine, hers = Book(tmp_path), Book(tmp_path)
    note(mine, "1", at(9, 30))
    note(hers, "2", at(9, 0), who="林薇")
    note(mine, "3", at(8, 0))
    note(mine, "4", at(8, 0))

    entries = mine.day(MONDAY)
    assert [entry.data["text"] for entry in sorted(entries, key=lambda entry: entry.id)] == [
        "1",
        "2",
        "3",
        "4",
    ]
    assert [entry.at for entry in entries] == [at(9, 30), at(9, 0), at(8, 0), at(8, 0)]
    assert len({entry.id for entry in entries}) == 4


def test_several_entries_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    book = Book(tmp_path)
    lines = [Unwritten(at=at(9, i), who="陈晓", kind="note", data={"text": str(i)}) for i in range(3)]

    assert book.append_all(MONDAY, lines) == book.day(MONDAY)
    with pytest.raises(TypeError, match="object cannot be written"):
        book.append_all(MONDAY, [*lines, Unwritten(at=at(9), who="", kind="note", data={"text": object()})])
    assert len(book.day(MONDAY)) == 3


def test_a_time_without_a_zone_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        note(Book(tmp_path), "1", datetime(2026, 11, 16, 9))
    assert not (tmp_path / "journal").exists()


def test_unknown_numbers_are_null_not_invalid_json(tmp_path: Path) -> None:
    written = Book(tmp_path).append(
        MONDAY,
        at=at(9),
        who="",
        kind="record",
        data={"values": {"price": float("nan"), "on": MONDAY, "pair": (1, 2)}},
    )

    assert written.data == {"values": {"price": None, "on": "2026-11-16", "pair": [1, 2]}}
    assert Book(tmp_path).day(MONDAY) == (written,)


def test_reading_again_costs_one_look_until_somebody_writes(tmp_path: Path) -> None:
    book = Book(tmp_path)
    note(book, "1")
    first = book.day(MONDAY)

    assert book.day(MONDAY) is first
    stamp = book.stamp(MONDAY)
    note(Book(tmp_path), "2", who="林薇")
    assert book.stamp(MONDAY) != stamp
    assert [entry.who for entry in book.day(MONDAY)] == ["陈晓", "林薇"]


def test_what_is_held_after_writing_is_what_is_stored(tmp_path: Path) -> None:
    mine, hers = Book(tmp_path), Book(tmp_path)
    for book, text in ((mine, "1"), (mine, "2"), (hers, "3"), (mine, "4"), (hers, "5")):
        note(book, text)
        assert book.day(MONDAY) == Book(tmp_path).day(MONDAY)
    assert mine.day(MONDAY) == hers.day(MONDAY)


def test_the_digest_changes_with_any_of_its_days(tmp_path: Path) -> None:
    book = Book(tmp_path)
    days = [MONDAY - timedelta(days=1), MONDAY]
    before = book.digest(days)
    note(book, "1")

    assert book.digest(days) != before
    assert book.digest(days[:1]) == Book(tmp_path).digest(days[:1])


def test_text_that_is_no_text_is_kept_as_far_as_it_is_one(tmp_path: Path) -> None:
    said = "\udce5 \x1b]0;x\x07 \x9b2J \u202e \u2028 \x7f 正常"
    note(Book(tmp_path), said)
    note(Book(tmp_path), "后来")

    assert [entry.data["text"] for entry in Book(tmp_path).day(MONDAY)] == [
        said.replace("\udce5", "?"),
        "后来",
    ]


def test_days_are_listed_oldest_first(tmp_path: Path) -> None:
    book = Book(tmp_path)
    days = [MONDAY, date(2025, 1, 2), date(2025, 12, 31), MONDAY - timedelta(days=1)]
    for day in days:
        book.append(day, at=at(9), who="", kind="note")

    assert book.days() == sorted(days)
    assert book.days(date(2025, 12, 31), date(2026, 11, 15)) == sorted(days)[1:3]
    assert book.first() == date(2025, 1, 2)
    assert list(book.before(date(2030, 1, 1))) == sorted(days, reverse=True)
    assert list(book.before(date(2025, 12, 31))) == [date(2025, 1, 2)]
    assert list(book.before(date(2025, 1, 2))) == []
    assert list(book.stamps(date(2025, 12, 31), MONDAY - timedelta(days=1))) == [days[2], days[3]]


class LosesTheAnswer:
    """A store whose connection breaks at every append, once before and once after it was committed."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def append(self, day: date, make: Make) -> StampChange | None:
        make(["what the first connection saw"])
        sent: list[Entry] = []

        def made(ids: Iterable[str]) -> list[Entry]:
            sent.extend(make(ids))
            return sent

        assert self.store.append(day, made) is not None
        return self.store.append(day, lambda _: sent)


def test_a_connection_lost_while_writing_neither_loses_an_entry_nor_doubles_it(
    any_store: AnyStore, tmp_path: Path
) -> None:
    book = Book(tmp_path, cast("Store", LosesTheAnswer(any_store(tmp_path))))
    written = [note(book, "1"), note(book, "2", at(8, 0))]

    assert book.day(MONDAY) == tuple(written) == Book(tmp_path).day(MONDAY)
    lines = [Unwritten(at=at(9, i), who="陈晓", kind="note", data={"text": str(i)}) for i in range(3)]
    written += book.append_all(MONDAY, lines)
    assert book.day(MONDAY) == tuple(written) == Book(tmp_path).day(MONDAY)
    assert [one.id for one in written] == sorted({one.id for one in written})
