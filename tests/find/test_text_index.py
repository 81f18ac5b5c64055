"""Words of many days: every hit a plain look through the files has, and no other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.find.query import Query, read
from core.find.text_index import TextIndex
from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from tests.find.plainly import looked_through, plain
from tests.journal.moving import move
from tests.journal.sqlite_store import SqliteStore
from tests.ten_years import LAST, RARE, ZONE, ten_years

PIECES = (
    "竞价", "直通车", "价", "车", "通车", "毛衣", "先看两天", "，", "ROI", "roi 1", "1.8", "周岩", RARE,
    "青花", "降", "不存在的词", "200 件", "降价", "lower", "按计划", "r01", "双11", "看两天再定", "日报",
)  # fmt: skip


any_store = pytest.mark.usefixtures("any_store")


def twice(folder: Path, *, days: int, entries: int) -> Path:
    """Return a shop whose days lie in files and in a database: each test looks into one of them."""
    shop = ten_years(folder, days=days, entries=entries)
    move(FileStore(shop), SqliteStore(shop))
    return shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return twice(tmp_path_factory.mktemp("years") / "shop", days=40, entries=30)


def hits(text: TextIndex, query: Query) -> dict[date, int]:
    return {day: len(places) for day, places in text.lines(query).days().items()}


def up_to_date(shop: Path) -> TextIndex:
    text = TextIndex(Book(shop))
    text.renew()
    return text


@any_store
@pytest.mark.parametrize(
    "words", [*PIECES, "直通车 毛衣", "直通车 -毛衣", "-直通车", "价 2026-10", f"{RARE} 价"]
)
def test_the_same_hits_as_a_plain_look_through_the_files(shop: Path, words: str) -> None:
    query = read(words)
    assert hits(up_to_date(shop), query) == looked_through(shop, query)


@any_store
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from(PIECES), min_size=1, max_size=3),
    without=st.lists(st.sampled_from(PIECES), max_size=2),
    back=st.integers(0, 50),
    long=st.integers(0, 50),
)
def test_whatever_is_looked_for(
    shop: Path, words: list[str], without: list[str], back: int, long: int
) -> None:
    first = LAST - timedelta(days=back)
    last = first + timedelta(days=long)
    query = Query(tuple(map(plain, words)), tuple(map(plain, without)), (), first, last)
    assert hits(up_to_date(shop), query) == looked_through(shop, query)


@any_store
def test_the_lines_are_those_of_the_entries(shop: Path) -> None:
    text = up_to_date(shop)
    lines = text.lines(read("直通车"))
    for day, places in list(lines.days().items())[:10]:
        told = text.said(day)
        assert all("直通车" in told[number].text for number in lines.of(day, places))


@any_store
def test_a_note_written_meanwhile_is_found_and_one_taken_back_is_not(tmp_path: Path) -> None:
    shop = twice(tmp_path / "shop", days=3, entries=12)
    book, text = Book(shop), up_to_date(shop)
    at = datetime(2026, 11, 15, 22, 0, tzinfo=ZONE)
    query = read("孔雀蓝")
    assert hits(text, query) == {}
    note = book.append(LAST, at=at, who="沈岚", kind="note", step="stock", data={"text": "孔雀蓝卖得好"})
    text.renew()
    assert hits(text, query) == {LAST: 1}
    data = {"text": "", "replaces": note.id}
    book.append(LAST, at=at, who="沈岚", kind="note", step="stock", data=data)
    text.renew()
    assert hits(text, query) == {}


@any_store
def test_a_late_note_on_an_old_day_is_found_by_the_next_one_too(tmp_path: Path) -> None:
    shop = twice(tmp_path / "shop", days=40, entries=12)
    text = up_to_date(shop)
    old = LAST - timedelta(days=30)
    at = datetime(2026, 11, 16, 9, 0, tzinfo=ZONE)
    Book(shop).append(old, at=at, who="沈岚", kind="note", step="stock", data={"text": "孔雀蓝"}, late=True)
    text.renew()
    assert hits(text, read("孔雀蓝")) == {old: 1} == hits(up_to_date(shop), read("孔雀蓝"))


@any_store
def test_the_cache_may_be_deleted_broken_or_old(tmp_path: Path) -> None:
    shop = twice(tmp_path / "shop", days=20, entries=12)
    before = hits(up_to_date(shop), read("价"))
    kept = next((shop / "cache" / "find").glob("*.txt"))
    good = kept.read_bytes()
    for broken in (b"", b"no", good[: len(good) // 2], good.replace(b'"layout": ', b'"layout": 9')):
        kept.write_bytes(broken)
        assert hits(up_to_date(shop), read("价")) == before
    kept.unlink()
    assert hits(up_to_date(shop), read("价")) == before


def test_a_day_that_is_gone_is_not_found_any_more(tmp_path: Path) -> None:
    shop = ten_years(tmp_path / "shop", days=5, entries=12)
    text = up_to_date(shop)
    (shop / "journal" / "2026" / f"{LAST}.json").unlink()
    text.renew()
    assert LAST not in hits(text, read("价"))


@any_store
def test_a_rival_is_found_by_its_name_where_only_its_id_is_written(tmp_path: Path) -> None:
    shop = twice(tmp_path / "shop", days=5, entries=20)
    text = TextIndex(Book(shop), {"r01": "青山旗舰店"})
    text.renew()
    assert set(hits(text, read("青山旗舰店"))) == {LAST - timedelta(days=back) for back in range(5)}
    again = TextIndex(Book(shop), {"r01": "白水旗舰店"})
    again.renew()
    assert hits(again, read("青山旗舰店")) == {}
    assert len(hits(again, read("白水"))) == 5


def test_a_cache_that_cannot_be_written_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = ten_years(tmp_path / "shop", days=5, entries=12)
    (shop / "cache").mkdir(mode=0o500)
    monkeypatch.chdir(shop)
    with not_root():
        assert hits(up_to_date(Path()), read("价"))
    assert list((shop / "cache").iterdir()) == []


@contextmanager
def not_root() -> Iterator[None]:
    """Go on as nobody, who owns the current folder then; whoever is not root stays what they are."""
    if os.geteuid() != 0:
        yield
        return
    for path in (Path(), *Path().rglob("*")):
        os.chown(path, 65534, -1)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.slow
def test_ten_years_have_the_same_hits_as_a_plain_look(tmp_path: Path) -> None:
    shop = ten_years(tmp_path / "shop")
    text = up_to_date(shop)
    for words in ("价", "竞价", "直通车", RARE, "不存在的词", "直通车 毛衣 -客服", "价 2019-05"):
        query = read(words)
        assert hits(text, query) == looked_through(shop, query)
