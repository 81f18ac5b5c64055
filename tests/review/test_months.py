"""A calendar of many years: the same as reading every day, and it opens no file it does not show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.review.digest import DayDigest, digest_of
from core.review.months import Months, after, days_of
from routines.past.review import Review
from routines.workday.workday import Workday
from tests.journal.moving import move
from tests.journal.sqlite_store import SqliteStore
from tests.routines.days import CHINA
from tests.ten_years import LAST, sales, ten_years

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=CHINA)
DAYS = 500


any_store = pytest.mark.usefixtures("any_store")


def twice(folder: Path, *, days: int, entries: int) -> Path:
    """Return a shop whose days lie in files and in a database: each test looks into one of them."""
    shop = ten_years(folder, days=days, entries=entries)
    move(FileStore(shop), SqliteStore(shop))
    return shop


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return twice(tmp_path_factory.mktemp("years") / "lanting", days=DAYS, entries=6)


@pytest.fixture
def shop(filled: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "lanting"
    folder.mkdir()
    (folder / "shop.toml").write_bytes((filled / "shop.toml").read_bytes())
    (folder / "journal").symlink_to(filled / "journal", target_is_directory=True)
    return folder


def looked(shop: Path) -> Review:
    return Review(Workday.open(shop, clock=lambda: NOW, who="lan", lang="en"))


def months() -> Iterator[date]:
    first = date(2025, 7, 1)
    while first <= LAST:
        yield first
        first = after(first)


def plainly(shop: Path) -> dict[date, DayDigest]:
    book = Book(shop)
    return {day: digest_of(book.day(day)) for day in book.days()}


@any_store
def test_every_day_is_what_reading_it_says_and_again_from_the_cache(shop: Path) -> None:
    truth = plainly(shop)
    assert len(truth) == DAYS
    for again in range(2):
        kept = Months(Book(shop))
        found = {day: one for first in months() for day, one in kept.days(days_of(first)).items()}
        assert found == truth, f"look {again}"
    assert len(list((shop / "cache" / "review").glob("????-??.json"))) == len(list(months()))


@any_store
@pytest.mark.parametrize("bytes_", [b"", b"[]", b'{"layout": 2, "days": {"2026-10-02": [[1], {"who": 3}]}}'])
def test_a_spoilt_or_deleted_cache_costs_nothing_but_time(shop: Path, bytes_: bytes) -> None:
    first = date(2026, 10, 1)
    truth = Months(Book(shop)).month(first)
    kept = shop / "cache" / "review" / "2026-10.json"
    kept.write_bytes(bytes_)
    assert Months(Book(shop)).month(first) == truth
    kept.unlink()
    assert Months(Book(shop)).month(first) == truth


def test_a_month_opens_no_file_of_another(tmp_path: Path) -> None:
    folder = ten_years(tmp_path / "lanting", days=90, entries=4)
    for day in Book(folder).days():
        if day.month != 11:
            FileStore(folder).path(day).write_text("not a journal", encoding="utf-8")
    cells = looked(folder).calendar(date(2026, 11, 9))
    assert sum(cell.digest is not None for cell in cells) == 15
    assert FileStore(folder).set_aside() == [], "a file that is read and is no journal is set aside"


@any_store
def test_a_late_note_shows_at_once(shop: Path, tmp_path: Path) -> None:
    folder = twice(tmp_path / "own", days=40, entries=4)
    day = LAST - timedelta(days=20)
    before = looked(folder).cell(day)
    late = Workday.open(folder, clock=lambda: NOW, who="何萍", day=day, lang="en")
    late.note("stock", "补记：周三缺货")
    now = looked(folder).cell(day)
    assert before.digest is not None
    assert now.digest is not None
    assert (now.digest.entries, now.digest.late) == (before.digest.entries + 1, before.digest.late + 1)
    assert shop.exists()


@any_store
def test_the_calendar_says_target_and_report_of_each_day(shop: Path) -> None:
    cells = {cell.day: cell for first in months() for cell in looked(shop).calendar(first)}
    for number in range(DAYS - 1):
        day = LAST - timedelta(days=DAYS - 1 - number)
        cell, (sold, target) = cells[day], sales(day)
        assert (cell.sold, cell.target, cell.met) == (sold, target, sold >= target)
        state = "finished" if number % 7 != 6 else "late"
        state = "open" if number % 13 == 12 else "draft" if number % 11 == 10 else state
        assert cell.state == state, day
        assert cell.unfinished == (state in {"open", "draft"})
    assert cells[LAST + timedelta(days=1)].state == "today"
    assert cells[LAST + timedelta(days=2)].state == "future"
    assert cells[date(2025, 7, 1)].state == "before"


@any_store
def test_the_boss_sees_who_handed_in(shop: Path) -> None:
    cells = looked(shop).calendar(date(2026, 10, 1))
    people = looked(shop).submitted(cells)
    assert sum(one.reports for one in people) == sum(cell.state in {"finished", "late"} for cell in cells)
    assert sum(one.late for one in people) == sum(cell.state == "late" for cell in cells)
    assert people == tuple(sorted(people, key=lambda one: -one.reports))


def test_a_gap_in_the_journal_is_an_empty_day(tmp_path: Path) -> None:
    folder = ten_years(tmp_path / "lanting", days=20, entries=4)
    gone = LAST - timedelta(days=5)
    FileStore(folder).path(gone).unlink()
    cell = looked(folder).cell(gone)
    assert (cell.state, cell.digest) == ("empty", None)


@any_store
def test_a_new_shop_has_a_calendar_without_history(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('name = "x"\n', encoding="utf-8")
    cells = looked(tmp_path).calendar(date(2026, 11, 1))
    assert {cell.state for cell in cells} == {"before", "today", "future"}
    assert not (tmp_path / "journal").exists(), "looking writes nothing"
