"""What every store of the journal keeps to, so that nothing else need know which one there is."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.errors import CannotWrite
from core.journal.day_files.file_store import FileStore
from core.journal.entry import Entry
from core.journal.store import StampChange, Store, StoredDay
from core.storage.atomic_files import locked
from tests.conftest import AnyStore
from tests.journal.moving import move
from tests.journal.sqlite_store import SqliteStore

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def store(any_store: AnyStore, tmp_path: Path) -> Store:
    return any_store(tmp_path)


def note(number: int, day: date = MONDAY) -> Entry:
    data = {"text": f"第 {number} 条\n{{}}", "n": [number, None, 0.5]}
    return Entry(f"{day:%Y%m%d}T010000{number:03d}-a-{number}", NINE, "陈晓", "note", "stock", data, day)


def keep(store: Store, *entries: Entry, day: date = MONDAY) -> StampChange | None:
    return store.append(day, lambda _: entries)


def states(store: Store, seconds: float = 2.0) -> dict[str, str]:
    return {check.about: check.state for check in store.checks(seconds)}


def test_a_new_shop_has_nothing_and_looking_makes_nothing(store: Store, tmp_path: Path) -> None:
    assert store.read(MONDAY) == StoredDay(None, ())
    assert (store.stamp(MONDAY), store.stamps(date(2000, 1, 1), MONDAY), store.years()) == (None, {}, {})
    assert (store.told(), list(store.copies())) == ((), [])
    assert states(store) == {"locks": "ok", "journal": "ok"}
    assert list(tmp_path.iterdir()) == []


def test_entries_come_back_as_they_were_given(any_store: AnyStore, store: Store, tmp_path: Path) -> None:
    first, second, third = note(1), note(2)._replace(step="", late=True, data={}), note(3)._replace(who="")
    keep(store, first)
    keep(store, second, third)

    read = any_store(tmp_path).read(MONDAY)
    assert read == StoredDay(store.stamp(MONDAY), (first, second, third))
    assert (store.told(), states(store)) == ((), {"locks": "ok", "journal": "ok"})


def test_the_order_is_that_of_writing_not_of_ids(store: Store) -> None:
    for number in (5, 1, 3):
        keep(store, note(number))
    asked: list[str] = []

    def make(ids: Iterable[str]) -> tuple[Entry, ...]:
        asked.extend(ids)
        return ()

    store.append(MONDAY, make)
    assert asked == [note(3).id, note(1).id, note(5).id], "newest first"
    assert store.read(MONDAY).entries == (note(5), note(1), note(3))


def test_an_append_says_what_it_changed(store: Store) -> None:
    first = keep(store, note(1))
    assert first is not None
    assert (first.before, first.after) == (None, store.stamp(MONDAY))
    second = keep(store, note(2))
    assert second is not None
    assert (second.before, second.after) == (first.after, store.stamp(MONDAY))
    assert second.before != second.after


def test_an_entry_that_is_there_is_not_written_again(
    any_store: AnyStore, store: Store, tmp_path: Path
) -> None:
    """Whoever lost the connection before the answer came does it once more."""
    keep(store, note(1))
    keep(store, note(2), note(3))
    stamp = store.stamp(MONDAY)

    for again in (store, any_store(tmp_path)):
        assert keep(again, note(2), note(3)) is None
        assert (again.stamp(MONDAY), again.read(MONDAY).entries) == (stamp, (note(1), note(2), note(3)))
    assert keep(store, note(3), note(4)) is None
    assert store.read(MONDAY).entries == (note(1), note(2), note(3), note(4))


def test_who_changes_their_mind_while_writing_leaves_the_day_as_it_was(store: Store) -> None:
    keep(store, note(1))
    before = store.read(MONDAY)

    def make(_: Iterable[str]) -> tuple[Entry, ...]:
        raise KeyError("a mistake of the program")

    with pytest.raises(KeyError):
        store.append(MONDAY, make)
    assert store.read(MONDAY) == before
    keep(store, note(2))
    assert store.read(MONDAY).entries == (note(1), note(2))


def test_stamps_change_with_their_day_and_year_only(
    any_store: AnyStore, store: Store, tmp_path: Path
) -> None:
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 11, 15), MONDAY]
    for day in reversed(days):
        keep(store, note(1, day), day=day)
    stamps, years = store.stamps(days[0], days[-1]), store.years()
    assert list(stamps) == days
    assert list(stamps) == [day for day in stamps if store.stamp(day) == stamps[day]]
    assert list(store.stamps(days[1], days[2])) == days[1:3]
    assert sorted(years) == [2024, 2025, 2026]

    other = any_store(tmp_path)
    keep(other, note(2, days[1]), day=days[1])
    now = store.stamps(days[0], days[-1])
    assert [day for day in days if now[day] != stamps[day]] == [days[1]]
    assert store.years()[2024] == years[2024]


def test_years_change_with_a_day_nobody_wrote_in_for_a_while(store: Store, tmp_path: Path) -> None:
    keep(store, note(1))
    for path in tmp_path.rglob("*"):  # what lies on a disk was written a while ago
        os.utime(path, (1_000_000_000, 1_000_000_000))
    before = store.years()
    keep(store, note(2))
    assert store.years() != before


def test_stamps_are_what_a_cache_can_keep(store: Store) -> None:
    keep(store, note(1))
    stamp = store.stamp(MONDAY)
    assert stamp is not None
    assert tuple(json.loads(json.dumps(stamp))) == stamp
    assert {type(part) for part in stamp} <= {int, str}


def test_nobody_writes_while_another_does_and_the_doctor_says_who_waits(
    any_store: AnyStore, store: Store, tmp_path: Path
) -> None:
    other = any_store(tmp_path)
    keep(store, note(1))
    later = threading.Thread(target=lambda: keep(other, note(3)))
    seen: list[dict[str, str]] = []

    def make(_: Iterable[str]) -> tuple[Entry, ...]:
        later.start()
        seen.append(states(any_store(tmp_path), 0.05))
        assert any_store(tmp_path).read(MONDAY).entries == (note(1),), "readers wait for nobody"
        return (note(2),)

    store.append(MONDAY, make)
    later.join()
    assert seen[0]["locks"] == "bad"
    assert store.read(MONDAY).entries == (note(1), note(2), note(3))
    assert states(store)["locks"] == "ok"


def test_who_waits_too_long_is_told_so_and_nothing_is_written(
    any_store: AnyStore, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked.__wrapped__, "__kwdefaults__", {"seconds": 0.1})  # type: ignore[attr-defined]
    monkeypatch.setattr(SqliteStore._writing.__wrapped__, "__defaults__", (0.1,))  # type: ignore[attr-defined]
    monkeypatch.setattr("core.journal.postgres.server.LOCK_SECONDS", 0.1)
    refused: list[str] = []

    def make(_: Iterable[str]) -> tuple[Entry, ...]:
        with pytest.raises(CannotWrite, match="Somebody else has been writing") as error:
            keep(any_store(tmp_path), note(2))
        refused.append(str(error.value))
        return (note(1),)

    store.append(MONDAY, make)
    assert len(refused) == 1
    assert store.read(MONDAY).entries == (note(1),)


def test_several_threads_share_one_store(store: Store) -> None:
    def write(first: int) -> None:
        for number in range(first, first + 20):
            keep(store, note(number))
            assert note(number) in store.read(MONDAY).entries

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(write, (100, 200, 300))) == [None] * 3
    assert len(store.read(MONDAY).entries) == 60


def test_a_child_goes_on_with_the_store_it_was_forked_with(store: Store) -> None:
    keep(store, note(1))
    store.read(MONDAY)
    child = os.fork()
    if child == 0:
        try:
            keep(store, note(2))
        finally:
            os._exit(0 if note(2) in store.read(MONDAY).entries else 1)
    keep(store, note(3))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert sorted(entry.id for entry in store.read(MONDAY).entries) == [note(n).id for n in (1, 2, 3)]


def test_a_copy_is_a_journal_of_its_own(any_store: AnyStore, store: Store, tmp_path: Path) -> None:
    days = [MONDAY - timedelta(days=back) for back in (400, 1, 0)]
    for day in days:
        keep(store, note(1, day), note(2, day), day=day)
    again = tmp_path / "again"
    for name, copy in store.copies():
        for path in [copy, *copy.rglob("*")]:
            target = again / f"{name}{str(path).removeprefix(str(copy))}"
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.is_file():
                target.write_bytes(path.read_bytes())
    restored = any_store(again)
    read = {day: restored.read(day).entries for day in restored.stamps(days[0], days[-1])}
    assert read == {day: (note(1, day), note(2, day)) for day in days}
    assert keep(restored, note(3)) is not None


def test_a_journal_moves_from_one_store_to_the_other_and_back(tmp_path: Path) -> None:
    source, database, back = FileStore(tmp_path / "a"), SqliteStore(tmp_path / "b"), FileStore(tmp_path / "c")
    days = [MONDAY - timedelta(days=number) for number in range(3)]
    for day in days:
        keep(source, note(1, day), note(2, day)._replace(late=True), day=day)
    move(source, database)
    move(source, database)
    move(database, back)
    for day in days:
        assert database.read(day).entries == source.read(day).entries
        assert back.path(day).read_bytes() == source.path(day).read_bytes()
