"""One note's life, from the first letter typed to the finished report: every system call fails once."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import ShopdayError
from core.journal.day_files.file_store import FileStore
from routines.workday.workday import Workday
from tests.journal.test_nothing_lost import CALLS as JOURNAL_CALLS
from tests.journal.test_nothing_lost import Faults
from tests.server.shared import at_work, make_shop

CALLS = (*JOURNAL_CALLS, (os, "unlink"), (os, "rename"))
KEY = "note:stock:2026-11-16"


def note_id(day: Workday) -> str:
    return day.notes("stock")[0].id


LIFE: list[tuple[str, Callable[[Workday], object]]] = [
    ("typed", lambda day: day.drafts.save(KEY, "hal")),
    ("typed on", lambda day: day.drafts.save(KEY, "half a thought")),
    ("saved", lambda day: day.note("stock", "a whole thought")),
    ("its draft dropped", lambda day: day.drafts.drop(KEY)),
    ("changed", lambda day: day.note("stock", "a better thought", replaces=note_id(day))),
    ("finished", lambda day: day.finish("stock")),
    ("reported", lambda day: day.write_report("# 日报\n", "finished")),
    ("taken back", lambda day: day.notes("stock") and day.note("stock", "", replaces=note_id(day))),
]


def state(shop: Path) -> tuple[object, ...]:
    """Return everything a person could miss, as a fresh session reads it."""
    day = at_work(shop, "daemon")
    assert FileStore(shop).set_aside() == []
    assert not [file for file in shop.rglob("*.tmp") if "cache" not in file.parts]
    report = shop / "reports" / "2026-11-16.md"
    return (
        day.drafts.all(),
        [(entry.kind, entry.data.get("text")) for entry in day.entries()],
        report.read_text(encoding="utf-8") if report.exists() else None,
    )


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int, int], Faults]]:
    def break_it(fails: int, code: int) -> Faults:
        faults = Faults(fails, code)
        for module, name in CALLS:
            monkeypatch.setattr(module, name, faults.wrap(name, getattr(module, name)))
        return faults

    yield break_it
    monkeypatch.undo()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("moment", range(len(LIFE)), ids=[name for name, _ in LIFE])
def test_each_call_fails_once_and_the_old_state_holds_or_the_new_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken_disk: Callable[[int, int], Faults],
    moment: int,
    code: int,
) -> None:
    told, number, failed = set(), 0, ""
    while number == 0 or failed:
        number += 1
        shop = make_shop(tmp_path / str(number))
        day = at_work(shop, "daemon")
        for _, do in LIFE[:moment]:
            do(day)
        before = state(shop)
        faults = broken_disk(number, code)
        confirmed = True
        try:
            LIFE[moment][1](day)
        except ShopdayError as error:
            confirmed = False
            told.add(str(error))
        finally:
            monkeypatch.undo()
        failed = faults.failed
        after = state(shop)
        LIFE[moment][1](day)  # the same session goes on, and does it now
        whole = state(shop)
        if confirmed:
            assert after == whole, failed
        else:
            assert_old_or_new(before, after, whole)
    assert number > 1
    assert all(sentence.count("\n") == 0 and len(sentence) < 400 for sentence in told)


def assert_old_or_new(
    before: tuple[object, ...], after: tuple[object, ...], whole: tuple[object, ...]
) -> None:
    """Each part is as it was or as it will be: the report's file may wait for its entry, nothing is half."""
    for old, now, new in zip(before, after, whole, strict=True):
        assert now in (old, new)
