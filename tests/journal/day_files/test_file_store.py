"""A day's file: readable by people, for the whole group; what is no journal is kept beside it."""

import errno
import json
import os
import stat
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput, BadSettings, CannotWrite
from core.journal.book import Book
from core.journal.day_files import dayfile
from core.journal.day_files.file_store import FileStore
from core.journal.entry import Entry
from tests.faults.supervised import Call, Decision, available, run

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 16)


NINE = datetime(2026, 11, 16, 9, tzinfo=SHANGHAI)


def note(book: Book, text: str) -> Entry:
    return book.append(MONDAY, at=NINE, who="陈晓", kind="note", step="stock", data={"text": text})


def file_of(book: Book, day: date = MONDAY) -> Path:
    return FileStore(book.shop_folder).path(day)


def set_aside(book: Book) -> list[Path]:
    return FileStore(book.shop_folder).set_aside()


def test_the_file_can_be_read_by_people_one_entry_a_line(tmp_path: Path) -> None:
    note(Book(tmp_path), "补 300 件")

    lines = FileStore(tmp_path).path(MONDAY).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "补 300 件" in line and "陈晓" in line]
    assert FileStore(tmp_path).path(MONDAY) == tmp_path / "journal" / "2026" / "2026-11-16.json"


def test_text_that_is_no_text_does_not_spoil_the_file(tmp_path: Path) -> None:
    said = "\udce5 \x1b]0;x\x07 \x9b2J \u202e \u2028 \x7f 正常"
    note(Book(tmp_path), said)
    note(Book(tmp_path), "后来")

    raw = FileStore(tmp_path).path(MONDAY).read_bytes()
    assert Book(tmp_path).day(MONDAY)[0].data["text"] == said.replace("\udce5", "?")
    assert not set("\x1b\x07\x9b\u202e\u2028\x7f") & set(raw.decode())


def test_files_and_folders_belong_to_the_group_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        note(Book(tmp_path), "1")
    finally:
        os.umask(before)

    journal = tmp_path / "journal"
    assert {oct(stat.S_IMODE(f.stat().st_mode)) for f in (journal, journal / "2026")} == {"0o2770"}
    files = (journal / ".lock", FileStore(tmp_path).path(MONDAY))
    assert {oct(stat.S_IMODE(file.stat().st_mode)) for file in files} == {"0o660"}


def test_days_are_listed_oldest_first_and_other_files_are_left_alone(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for day in (MONDAY, date(2025, 1, 2), MONDAY - timedelta(days=1)):
        book.append(day, at=NINE, who="", kind="note")
    (tmp_path / "journal/2026/notes.json").write_text("mine")

    assert book.days() == [date(2025, 1, 2), date(2026, 11, 15), MONDAY]
    assert (tmp_path / "journal/2026/notes.json").read_text() == "mine"


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
    file_of(book).parent.mkdir(parents=True)
    file_of(book).write_bytes(found)

    assert book.day(MONDAY) == ()
    (sentence,) = book.told()
    assert "2026-11-16.json was not a journal" in sentence
    assert book.told() == ()
    assert [file.read_bytes() for file in set_aside(book)] == [found]
    assert book.day(MONDAY) == ()
    assert book.told() == ()


def test_writing_into_a_damaged_day_keeps_both(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for text in ("torn 1", "torn 2"):
        file_of(book).parent.mkdir(parents=True, exist_ok=True)
        file_of(book).write_text(text)
        os.utime(file_of(book), (0, 0))
        note(book, "goes on")

    assert [entry.data["text"] for entry in book.day(MONDAY)] == ["goes on"]
    assert [file.read_text() for file in set_aside(book)] == ["torn 1", "torn 2"]
    assert [file.name.removeprefix("2026-11-16.json") for file in set_aside(book)] == [
        ".damaged-19700101T000000",
        ".damaged-19700101T000000-2",
    ]
    assert len(book.told()) == 2


def test_a_damaged_day_that_may_not_be_moved_is_shown_empty_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(Book(tmp_path))
    file.parent.mkdir(parents=True)
    file.write_text("torn")
    monkeypatch.chdir(tmp_path)  # nobody may go where tests keep their folders
    tmp_path.chmod(0o755)
    for path in (file.parent, file.parent.parent):
        path.chmod(0o555)
    book = Book(Path())
    as_root = os.geteuid() == 0
    if as_root:
        os.seteuid(65534)
    try:
        assert book.day(MONDAY) == ()
    finally:
        if as_root:
            os.seteuid(0)
        for path in (file.parent.parent, file.parent):
            path.chmod(0o755)
    assert book.told() == (
        (
            "2026-11-16.json is not a journal file, and you have no right to move it out of "
            "journal/2026; its day is shown as empty."
        ),
    )
    assert file.read_text() == "torn"


def test_a_folder_in_the_files_place_is_set_aside_too(tmp_path: Path) -> None:
    book = Book(tmp_path)
    (file_of(book) / "inside").mkdir(parents=True)
    note(book, "goes on")

    assert len(book.day(MONDAY)) == 1
    assert (set_aside(book)[0] / "inside").is_dir()


def test_a_newer_journal_is_left_as_it_is(tmp_path: Path) -> None:
    book = Book(tmp_path)
    note(book, "1")
    newer = file_of(book).read_bytes().replace(b'"format": 2', b'"format": 3')
    file_of(book).write_bytes(newer)

    assert book.day(MONDAY) == ()
    assert ["newer version of shopday" in sentence for sentence in book.told()] == [True]
    with pytest.raises(BadInput, match="newer version of shopday"):
        note(book, "2")
    assert file_of(book).read_bytes() == newer


def test_entries_somebody_spoilt_by_hand_are_left_out_but_stay_in_the_file(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for text in ("1", "2", "3"):
        note(book, text)
    tables = json.loads(file_of(book).read_text())
    tables["entries"]["2"]["at"] = "gestern"
    file_of(book).write_text(json.dumps(tables))
    note(book, "4")

    assert [entry.data["text"] for entry in book.day(MONDAY)] == ["1", "3", "4"]
    assert ["1 entry could not be read" in sentence for sentence in book.told()] == [True]
    assert "gestern" in file_of(book).read_text()


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("order", [["about", "entries"], ["entries", "about"]])
def test_a_file_somebody_laid_out_anew_goes_on(tmp_path: Path, indent: int | None, order: list[str]) -> None:
    book = Book(tmp_path)
    for text in ("1", '{"2": {"3": "x"},\n"4": 5}'):
        note(book, text)
    tables = json.loads(file_of(book).read_text())
    tables["entries"]["2"]["data"]["1"] = {"2": {"a": 1}}
    file_of(book).write_text(json.dumps({name: tables[name] for name in order}, indent=indent))
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
    file_of(book).parent.mkdir(parents=True)
    left = file_of(book).with_name(".2026-11-15.json.77-abcd.tmp")
    left.write_text("half")
    note(book, "1")

    assert not left.exists()


def test_lines_are_taken_as_they_stand_only_where_each_is_one_entry() -> None:
    rows = {"1": {"a": 1}, "2": {"b": 2}}
    whole = dayfile.file_of({dayfile.ABOUT: {"1": {"format": 2}}, dayfile.ENTRIES: rows})
    assert list(dayfile.lines_in(whole, rows).values()) == ['"1": {"a": 1}', '"2": {"b": 2}']
    for edited in (
        whole.replace(b'{"a"', b'{\n"a"'), whole + b"\n", whole.replace(b",\n", b", "),
        whole.replace(b'"2":', b'"3":'),
    ):  # fmt: skip
        assert dayfile.lines_in(edited, rows) == {}
    assert dayfile.lines_in(whole, {**rows, "3": {}}) == {}
    assert dayfile.lines_in(whole, {"1": rows["1"]}) == {}


@pytest.mark.skipif(not available(), reason="the kernel cannot watch a child's system calls")
def test_an_entry_that_is_written_is_confirmed_whatever_cannot_be_looked_at_afterwards(
    tmp_path: Path,
) -> None:
    """The look that spares the next reader the file is no part of writing it."""
    file = FileStore(tmp_path).path(MONDAY)
    written, failed = [], []

    def decide(call: Call) -> Decision:
        if call.name.startswith("rename") and call.file.startswith(str(file.parent)):
            written.append(call)
        elif written and "stat" in call.name and call.file == str(file):
            failed.append(call)
            return errno.EACCES
        return None

    def write() -> int:
        book = Book(tmp_path)
        return len([note(book, "补 300 件"), note(book, "又补 20 件")])

    assert run(write, decide, [tmp_path]).code != 0, "the second entry cannot be written: nobody may look"
    assert len(failed) == 2
    assert [entry.data["text"] for entry in Book(tmp_path).day(MONDAY)] == ["补 300 件"]
    failed.clear()
    written.clear()
    assert run(lambda: len([note(Book(tmp_path), "第三条")]), decide, [tmp_path]).code == 1
    assert len(failed) == 1
    assert [entry.data["text"] for entry in Book(tmp_path).day(MONDAY)] == ["补 300 件", "第三条"]


def test_who_has_the_journal_open_cannot_write_once_it_is_marked_as_moved(tmp_path: Path) -> None:
    book, store = Book(tmp_path), FileStore(tmp_path)
    note(book, "1")
    store.set_mark('{"state": "moved", "other": "postgres"}')
    with pytest.raises(
        CannotWrite, match=r"The journal has moved to postgres\. Nothing was changed; close shopday"
    ):
        note(book, "2")
    with pytest.raises(BadSettings, match="The journal has moved to postgres"):
        Book(tmp_path)
    assert len(book.day(MONDAY)) == 1
    store.append_marked(
        MONDAY, lambda _: [Entry("20261116T020000000-a-1", NINE, "?", "note", "", {}, MONDAY)]
    )
    store.set_mark("")
    note(book, "3")
    assert len(Book(tmp_path).day(MONDAY)) == 3
    assert not list(store.folder.glob(".moved*"))
