"""What ``shopday doctor`` says of the day files: rights, the lock, and days that were damaged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.journal.store import StoreCheck
from core.language.wording import text
from core.storage.atomic_files import locked

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop with two days, each with a note."""
    for day in (MONDAY - timedelta(days=1), MONDAY):
        Book(tmp_path).append(day, at=NINE, who="陈晓", kind="note", data={"text": "补"})
    return tmp_path


def said(shop: Path, seconds: float = 0.0) -> list[StoreCheck]:
    """Return the checks as an English operator reads them."""
    return [check._replace(text=text(check.text)) for check in FileStore(shop).checks(seconds)]


def test_a_new_shop_and_one_that_is_well(tmp_path: Path) -> None:
    assert said(tmp_path) == [
        StoreCheck("locks", "ok", "Nobody has written here yet."),
        StoreCheck("journal", "ok", "No damaged days."),
    ]
    Book(tmp_path).append(MONDAY, at=NINE, who="陈晓", kind="note")
    assert said(tmp_path) == [
        StoreCheck("locks", "ok", "Nobody is blocking the journal."),
        StoreCheck("journal", "ok", "No damaged days."),
    ]


def test_the_newest_damaged_day_is_named(shop: Path) -> None:
    for day in (MONDAY, MONDAY - timedelta(days=1), MONDAY - timedelta(days=2)):
        FileStore(shop).path(day).write_text("torn")
        Book(shop).day(day)

    newest = str(FileStore(shop).set_aside()[-1])
    assert "2026-11-16.json.damaged-" in newest
    damaged = StoreCheck("journal", "warn", f"Damaged days were set aside; see {newest}.")
    assert said(shop)[-1] == damaged


def test_a_folder_that_keeps_new_files_from_the_group_is_named_with_the_command(shop: Path) -> None:
    journal = shop / "journal"
    journal.chmod(0o770)

    assert said(shop)[0] == StoreCheck(
        "rights", "warn", f"New files in journal/ will not belong to the group; run: chmod g+rws {journal}"
    )
    journal.chmod(0o2770)
    assert [check.about for check in said(shop)] == ["locks", "journal"]


@contextmanager
def not_root() -> Iterator[None]:
    """Be nobody where the system asks who is there; whoever is not root stays what they are."""
    if os.getuid() != 0:
        yield
        return
    os.setreuid(65534, 0)
    try:
        yield
    finally:
        os.setreuid(0, 0)


def test_a_day_that_may_not_be_read_is_named_with_the_command(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)  # nobody may go where tests keep their folders
    for path in (shop, *(shop / "journal").rglob("*")):
        path.chmod(path.stat().st_mode | 0o077)
    closed = Path("journal/2026/2026-11-15.json")
    closed.chmod(0o600 if os.getuid() == 0 else 0)
    with not_root():
        first = said(Path())[0]

    assert first == StoreCheck(
        "rights", "bad", f"You may not read {closed}; its owner runs: chmod g+rw {closed}"
    )
    closed.chmod(0o666)
    with not_root():
        assert [check.about for check in said(Path())] == ["locks", "journal"]


def test_a_writer_that_hangs_is_told_of_after_the_time_one_is_ready_to_wait(shop: Path) -> None:
    with locked(shop / "journal" / ".lock"):
        locks = said(shop, 0.05)[0]

    assert (locks.about, locks.state) == ("locks", "bad")
    assert "Somebody else has been writing" in str(locks.text)
