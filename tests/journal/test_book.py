"""One person at work: what is written stands in the day's file, readable, in order, for the whole group."""

import json
import os
import stat
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput, CannotWrite
from core.journal.book import Book, Unwritten
from core.journal.entry import Entry

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 16)


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


def test_the_file_can_be_read_by_people_one_entry_a_line(tmp_path: Path) -> None:
    note(Book(tmp_path), "补 300 件")

    lines = Book(tmp_path).path(MONDAY).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "补 300 件" in line and "陈晓" in line]
    assert Book(tmp_path).path(MONDAY) == tmp_path / "journal" / "2026" / "2026-11-16.json"


def test_a_day_without_a_file_is_empty_and_reading_makes_nothing(tmp_path: Path) -> None:
    book = Book(tmp_path)

    assert (book.day(MONDAY), book.days(), book.stamp(MONDAY)) == ((), [], None)
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


def test_text_that_is_no_text_does_not_spoil_the_file(tmp_path: Path) -> None:
    said = "\udce5 \x1b]0;x\x07 \x9b2J \u202e \u2028 \x7f 正常"
    note(Book(tmp_path), said)
    note(Book(tmp_path), "后来")

    raw = Book(tmp_path).path(MONDAY).read_bytes()
    assert Book(tmp_path).day(MONDAY)[0].data["text"] == said.replace("\udce5", "?")
    assert not set("\x1b\x07\x9b\u202e\u2028\x7f") & set(raw.decode())


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


def test_what_is_held_after_writing_is_what_stands_on_disk(tmp_path: Path) -> None:
    mine, hers = Book(tmp_path), Book(tmp_path)
    for book, text in ((mine, "1"), (mine, "2"), (hers, "3"), (mine, "4"), (hers, "5")):
        note(book, text)
        assert book.day(MONDAY) == Book(tmp_path).day(MONDAY)
    assert mine.day(MONDAY) == hers.day(MONDAY)


def test_files_and_folders_belong_to_the_group_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        note(Book(tmp_path), "1")
    finally:
        os.umask(before)

    journal = tmp_path / "journal"
    assert {oct(stat.S_IMODE(f.stat().st_mode)) for f in (journal, journal / "2026")} == {"0o2770"}
    files = (journal / ".lock", Book(tmp_path).path(MONDAY))
    assert {oct(stat.S_IMODE(file.stat().st_mode)) for file in files} == {"0o660"}


def test_days_are_listed_oldest_first_and_other_files_are_left_alone(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for day in (MONDAY, date(2025, 1, 2), MONDAY - timedelta(days=1)):
        book.append(day, at=at(9), who="", kind="note")
    (tmp_path / "journal/2026/notes.json").write_text("mine")

    assert book.days() == [date(2025, 1, 2), date(2026, 11, 15), MONDAY]
    assert (tmp_path / "journal/2026/notes.json").read_text() == "mine"


def test_the_digest_changes_with_any_of_its_days(tmp_path: Path) -> None:
    book = Book(tmp_path)
    days = [MONDAY - timedelta(days=1), MONDAY]
    before = book.digest(days)
    note(book, "1")

    assert book.digest(days) != before
    assert book.digest(days[:1]) == Book(tmp_path).digest(days[:1])


@pytest.mark.parametrize(
    "found",
    [
        b"",
        b"{}",
        b"{",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"_default": {"1": {"a": 1}}}',
        b'{"entries": {}}',
        b"[" * 99999,
    ],
    ids=["empty", "no tables", "torn", "no text", "a list", "another TinyDB", "no format", "deep"],
)
def test_a_file_that_is_no_journal_is_set_aside_and_told_once(tmp_path: Path, found: bytes) -> None:
    book = Book(tmp_path)
    book.path(MONDAY).parent.mkdir(parents=True)
    book.path(MONDAY).write_bytes(found)

    assert book.day(MONDAY) == ()
    (sentence,) = book.told()
    assert "2026-11-16.json was not a journal" in sentence
    assert book.told() == ()
    assert [file.read_bytes() for file in book.set_aside()] == [found]
    assert book.day(MONDAY) == ()
    assert book.told() == ()


def test_writing_into_a_damaged_day_keeps_both(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for text in ("torn 1", "torn 2"):
        book.path(MONDAY).parent.mkdir(parents=True, exist_ok=True)
        book.path(MONDAY).write_text(text)
        os.utime(book.path(MONDAY), (0, 0))
        note(book, "goes on")

    assert [entry.data["text"] for entry in book.day(MONDAY)] == ["goes on"]
    assert [file.read_text() for file in book.set_aside()] == ["torn 1", "torn 2"]
    assert len(book.told()) == 2


def test_a_folder_in_the_files_place_is_set_aside_too(tmp_path: Path) -> None:
    book = Book(tmp_path)
    (book.path(MONDAY) / "inside").mkdir(parents=True)
    note(book, "goes on")

    assert len(book.day(MONDAY)) == 1
    assert (book.set_aside()[0] / "inside").is_dir()


def test_a_newer_journal_is_left_as_it_is(tmp_path: Path) -> None:
    book = Book(tmp_path)
    note(book, "1")
    newer = book.path(MONDAY).read_bytes().replace(b'"format": 2', b'"format": 3')
    book.path(MONDAY).write_bytes(newer)

    assert book.day(MONDAY) == ()
    assert ["newer shopday" in sentence for sentence in book.told()] == [True]
    with pytest.raises(BadInput, match="newer shopday"):
        note(book, "2")
    assert book.path(MONDAY).read_bytes() == newer


def test_entries_somebody_spoilt_by_hand_are_left_out_but_stay_in_the_file(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for text in ("1", "2", "3"):
        note(book, text)
    tables = json.loads(book.path(MONDAY).read_text())
    tables["entries"]["2"]["at"] = "gestern"
    book.path(MONDAY).write_text(json.dumps(tables))
    note(book, "4")

    assert [entry.data["text"] for entry in book.day(MONDAY)] == ["1", "3", "4"]
    assert ["1 entry could not be read" in sentence for sentence in book.told()] == [True]
    assert "gestern" in book.path(MONDAY).read_text()


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("order", [["about", "entries"], ["entries", "about"]])
def test_a_file_somebody_laid_out_anew_goes_on(tmp_path: Path, indent: int | None, order: list[str]) -> None:
    book = Book(tmp_path)
    for text in ("1", '{"2": {"3": "x"},\n"4": 5}'):
        note(book, text)
    tables = json.loads(book.path(MONDAY).read_text())
    tables["entries"]["2"]["data"]["1"] = {"2": {"a": 1}}
    book.path(MONDAY).write_text(json.dumps({name: tables[name] for name in order}, indent=indent))
    before = book.day(MONDAY)
    added = [note(book, "3"), note(book, "4")]

    assert book.day(MONDAY) == (*before, *added)
    assert len(before) == 2


def test_a_journal_that_is_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("")

    assert Book(tmp_path).day(MONDAY) == ()
    with pytest.raises(CannotWrite):
        note(Book(tmp_path), "1")


def test_what_a_kill_left_half_written_is_swept_away(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.path(MONDAY).parent.mkdir(parents=True)
    left = book.path(MONDAY).with_name(".2026-11-15.json.77-abcd.tmp")
    left.write_text("half")
    note(book, "1")

    assert not left.exists()
