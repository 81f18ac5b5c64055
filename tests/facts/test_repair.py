"""A ledger that was lost, torn or put back from an older backup, built again from the rows."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.errors import BadInput
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.shop_day import ShopDay
from core.exports.reading import row_store
from core.facts import row_files
from core.facts.batch import Batch
from core.facts.batches import seen
from core.facts.imports import commit, preview, undo
from core.facts.ledger import Ledger
from core.facts.ledger_check import look
from core.facts.repair import Repaired, prune, repair
from core.facts.window import load
from tests.facts.shops import AT, TODAY, days, drop, take

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
LATER = AT + timedelta(hours=3)


def day(folder: Path, number: int, gmv: float | str | None = None, name: str = "") -> Path:
    """Drop an export of one day; its sales are its number unless they are told."""
    value = number if gmv is None else gmv
    return drop(folder, name or f"{number:02}.csv", days({f"2026-11-{number:02}": value}))


def counted(folder: Path) -> list[float]:
    return load(folder, ShopDay, FIRST, LAST).frame["gmv"].tolist()


def mended(folder: Path) -> Repaired:
    """Repair the shop, and see that there is nothing to repair after that."""
    done = repair(folder, who="boss", at=LATER)
    assert repair(folder, who="boss", at=LATER) == Repaired()
    return done


def of_old(folder: Path, *batches: Batch) -> None:
    """Make the batches' rows what they were before row files told of themselves."""
    for batch in batches:
        path = Ledger(folder).file_of(batch)
        table = pq.read_table(path)
        pq.write_table(table.replace_schema_metadata({}), path)


def some_days(folder: Path) -> tuple[Batch, ...]:
    """Import three days, a correction told by a slow clock, and a file that is taken back."""
    take(folder, day(folder, 1))
    take(folder, drop(folder, "bad.csv", days({"2026-11-02": 2, "2026-11-03": "坏"})))
    looked = preview(folder, day(folder, 1, 100, "corrected.csv"), today=TODAY)
    commit(folder, looked, who="周岩", at=AT - timedelta(hours=2))
    taken_back = take(folder, day(folder, 4))
    undo(folder, taken_back.id, who="boss", at=AT)
    return Ledger(folder).batches()


@pytest.mark.parametrize("torn", [None, b"", b'{"version": 1, "batches": [\n{"id'])
def test_a_lost_ledger_comes_back_as_it_was(tmp_path: Path, torn: bytes | None) -> None:
    before = some_days(tmp_path)
    assert counted(tmp_path) == [100, 2]
    text = Ledger(tmp_path).path.read_bytes()
    Ledger(tmp_path).path.unlink()
    if torn is not None:
        Ledger(tmp_path).path.write_bytes(torn)

    done = mended(tmp_path)

    assert Ledger(tmp_path).path.read_bytes() == text, "order, names, hashes, problems, who took it back"
    assert done.named == before
    assert (done.guessed, done.gone, done.quarantined) == ((), (), ())
    assert counted(tmp_path) == [100, 2]
    if torn is None:
        assert done.ledger_kept is None
    else:
        assert done.ledger_kept is not None
        assert done.ledger_kept.read_bytes() == torn


def test_a_folder_in_the_ledgers_place_is_kept(tmp_path: Path) -> None:
    before = some_days(tmp_path)
    Ledger(tmp_path).path.unlink()
    Ledger(tmp_path).path.mkdir()
    (Ledger(tmp_path).path / "x").write_text("x")
    kept = mended(tmp_path).ledger_kept
    assert kept is not None
    assert (kept / "x").read_text() == "x"
    assert Ledger(tmp_path).batches() == before


def test_an_older_ledger_is_completed(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    second = take(tmp_path, day(tmp_path, 2))
    old = Ledger(tmp_path).path.read_bytes()
    undo(tmp_path, second.id, who="boss", at=AT)
    take(tmp_path, day(tmp_path, 3))
    text = Ledger(tmp_path).path.read_bytes()
    Ledger(tmp_path).path.write_bytes(old)
    assert counted(tmp_path) == [1, 2]
    found = look(tmp_path)
    assert ([batch.id for batch in found.undone], len(found.unknown)) == ([second.id], 1)

    done = mended(tmp_path)

    assert Ledger(tmp_path).path.read_bytes() == text
    assert [batch.file for batch in done.named] == ["03.csv"]
    assert [batch.id for batch in done.undone] == [second.id]


def test_rows_in_quarantine_come_back_in_their_place(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    old = Ledger(tmp_path).path.read_bytes()
    second, third = (take(tmp_path, day(tmp_path, 2, gmv, f"{gmv}.csv")) for gmv in (20, 21))
    undo(tmp_path, second.id, who="boss", at=AT)
    Ledger(tmp_path).path.write_bytes(old)
    take(tmp_path, day(tmp_path, 4))
    assert counted(tmp_path) == [1, 4]

    done = mended(tmp_path)

    assert counted(tmp_path) == [1, 21, 4]
    assert [batch.id for batch in done.named] == [second.id, third.id]
    assert Ledger(tmp_path).batch(second.id) == replace(second, undone=AT, undone_by="boss")
    assert row_files.in_quarantine(tmp_path / "facts") == ()


def test_what_was_imported_again_meanwhile_does_not_count_twice(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    old = Ledger(tmp_path).path.read_bytes()
    take(tmp_path, day(tmp_path, 2))
    Ledger(tmp_path).path.write_bytes(old)
    take(tmp_path, day(tmp_path, 3))
    take(tmp_path, tmp_path / "inbox" / "02.csv")
    batches = Ledger(tmp_path).batches()
    (aside,) = row_files.in_quarantine(tmp_path / "facts")
    assert mended(tmp_path) == Repaired()
    assert Ledger(tmp_path).batches() == batches
    assert aside.exists()


def test_rows_that_are_gone_count_no_more_and_can_be_imported_again(tmp_path: Path) -> None:
    lost = take(tmp_path, day(tmp_path, 1))
    take(tmp_path, day(tmp_path, 2))
    Ledger(tmp_path).file_of(lost).unlink()
    assert [batch.id for batch in look(tmp_path).gone] == [lost.id]
    assert mended(tmp_path).gone == (replace(lost, undone=LATER, undone_by="boss"),)
    assert counted(tmp_path) == [2]
    take(tmp_path, tmp_path / "inbox" / "01.csv")
    assert counted(tmp_path) == [1, 2]


def test_rows_that_are_gone_and_lie_in_quarantine_are_moved_back(tmp_path: Path) -> None:
    batch = take(tmp_path, day(tmp_path, 1))
    place = Ledger(tmp_path).file_of(batch)
    row_files.put_in_quarantine(tmp_path / "facts", place, TODAY)
    done = mended(tmp_path)
    assert (done.brought_back, done.gone) == ((place,), ())
    assert counted(tmp_path) == [1]


def test_rows_of_old_come_back_as_far_as_they_tell(tmp_path: Path) -> None:
    batches = [take(tmp_path, day(tmp_path, 1)), take(tmp_path, drop(tmp_path, "02.csv", days(
        {"2026-11-02": 2, "2026-11-04": 4})))]  # fmt: skip
    of_old(tmp_path, *batches)
    Ledger(tmp_path).path.unlink()

    done = mended(tmp_path)

    assert {batch.id for batch in done.guessed} == {batch.id for batch in batches}
    assert done.named == ()
    assert counted(tmp_path) == [1, 2, 4]
    second = Ledger(tmp_path).batch(batches[1].id)
    assert second == replace(batches[1], file="", who="", hash=batches[1].hash[:8], problems=(), number=0)


def test_an_older_shops_ledger_is_kept_for_its_rows(tmp_path: Path) -> None:
    batches = some_days(tmp_path)
    ledger = Ledger(tmp_path)
    of_old(tmp_path, *batches)
    ledger.file_of(batches[3]).with_suffix(".json").unlink()
    text = ledger.path.read_text(encoding="utf-8")
    for number in range(4):
        text = text.replace(f', "number": {number}', "")
    ledger.path.write_text(text, encoding="utf-8")
    take(tmp_path, day(tmp_path, 5))
    ledger.path.unlink()

    done = mended(tmp_path)

    assert done.guessed == ()
    assert ledger.batches()[:4] == batches
    assert [batch.file for batch in ledger.batches()[4:]] == ["05.csv"]
    assert counted(tmp_path) == [100, 2, 5]


def test_damaged_rows_that_no_ledger_names_are_kept_in_quarantine(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    path = tmp_path / "facts" / "shop_day" / "20261101T090000-01234567.parquet"
    path.write_bytes(b"PAR1 half")
    (aside,) = mended(tmp_path).quarantined
    assert aside.read_bytes() == b"PAR1 half"
    assert counted(tmp_path) == [1]


def test_rows_that_are_not_their_batchs_are_found(tmp_path: Path) -> None:
    first, second, third = (take(tmp_path, day(tmp_path, number)) for number in (1, 2, 3))
    ledger = Ledger(tmp_path)
    ledger.file_of(first).write_bytes(ledger.file_of(second).read_bytes())
    ledger.file_of(third).write_bytes(b"PAR1 half")
    whole = ledger.file_of(second).read_bytes()
    footer = int.from_bytes(whole[-8:-4], "little")
    ledger.file_of(second).write_bytes(whole[: -8 - footer] + b"\xff" * footer + whole[-8:])
    assert [batch.id for batch in look(tmp_path).damaged] == [first.id, second.id, third.id]


@pytest.mark.parametrize("where", ["ledger", "rows"])
def test_nothing_is_built_over_what_a_newer_shopday_wrote(tmp_path: Path, where: str) -> None:
    batch = take(tmp_path, day(tmp_path, 1))
    ledger = Ledger(tmp_path)
    newer = b'{"version": 2, "imports": []}'
    if where == "ledger":
        ledger.path.write_bytes(newer)
    else:
        ledger.path.unlink()
        table = pq.read_table(ledger.file_of(batch))
        pq.write_table(table.replace_schema_metadata({b"shopday": newer}), ledger.file_of(batch))
    before = {path: path.read_bytes() for path in (tmp_path / "facts").rglob("*.*") if path.is_file()}
    with pytest.raises(BadInput, match="newer version of shopday"):
        repair(tmp_path, who="boss", at=LATER)
    assert {path: path.read_bytes() for path in before} == before


def test_a_shop_without_facts_has_nothing_to_repair(tmp_path: Path) -> None:
    assert repair(tmp_path, who="boss", at=LATER) == Repaired()
    assert prune(tmp_path, today=TODAY) == (0, 0)
    assert list(tmp_path.iterdir()) == []


def _import(folder: Path, names: list[str]) -> None:
    for name in names:
        take(folder, folder / "inbox" / name)


def test_repairs_while_others_import_lose_nothing(tmp_path: Path) -> None:
    names = [day(tmp_path, number).name for number in range(1, 13)]
    spawn = multiprocessing.get_context("spawn")
    people = [spawn.Process(target=_import, args=(tmp_path, some)) for some in (names[:6], names[6:])]
    for person in people:
        person.start()
    while any(person.is_alive() for person in people):
        assert repair(tmp_path, who="boss", at=LATER) == Repaired()
    for person in people:
        person.join()
        assert person.exitcode == 0
    assert counted(tmp_path) == list(range(1, 13))


@pytest.mark.parametrize("call", ["move", "put_in_quarantine", "_set_aside"])
def test_a_repair_that_is_killed_is_finished_by_the_next(tmp_path: Path, call: str) -> None:
    some_days(tmp_path)
    ledger = Ledger(tmp_path)
    text = ledger.path.read_bytes()
    for batch in ledger.batches()[:2]:
        row_files.put_in_quarantine(ledger.folder, ledger.file_of(batch), TODAY)
    (ledger.folder / "shop_day" / "damaged.parquet").write_bytes(b"PAR1")
    ledger.path.write_bytes(b"{")
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom datetime import datetime\n"
        "from core.facts import repair\n"
        "done = getattr(repair, sys.argv[2])\n"
        "setattr(repair, sys.argv[2], lambda *words: (done(*words), os._exit(9)))\n"
        f"repair.repair(Path(sys.argv[1]), who='boss', at=datetime.fromisoformat('{LATER.isoformat()}'))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, tmp_path, call], check=False)
    assert killed.returncode == 9
    with pytest.raises(BadInput, match="--repair"):
        ledger.batches()
    mended(tmp_path)
    assert ledger.path.read_bytes() == text
    assert counted(tmp_path) == [100, 2]
    (kept,) = ledger.folder.glob("ledger.json.damaged-*")
    assert kept.read_bytes() == b"{"


def test_large_exports_tell_of_themselves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_store, "FEW", 2)
    head = "日期 | 关键词 | 计划ID | 计划名字 | 展现量 | 点击量 | 花费\n"
    rows = "\n".join(f"2026-11-{n:02} | 词{n} | 1 | a | 10 | {n} | 3" for n in range(1, 9))
    looked = preview(tmp_path, drop(tmp_path, "词.csv", head + rows), today=TODAY)
    assert looked.reading is not None
    assert looked.reading.gathered is not None
    assert looked.reading.gathered.packed
    batch = commit(tmp_path, looked, who="lan", at=AT)
    undo(tmp_path, batch.id, who="lan", at=AT)
    again = commit(tmp_path, looked, who="lan", at=LATER)  # the same rows, packed once more
    for one in (batch, again):
        assert seen(Ledger(tmp_path).file_of(one)).batch == one
    assert again.id != batch.id
    assert load(tmp_path, Keywords, FIRST, LAST).frame["clicks"].sum() == sum(range(1, 9))


def test_only_what_lay_in_quarantine_for_14_days_is_removed(tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    for number in (1, 2):
        batch = take(tmp_path, day(tmp_path, number))
        put = datetime(2026, 11, number, tzinfo=AT.tzinfo)
        undo(tmp_path, batch.id, who="lan", at=AT)
        row_files.put_in_quarantine(facts, Ledger(tmp_path).file_of(batch), put.date())
    kept = take(tmp_path, day(tmp_path, 3))
    (facts / "quarantine" / "mine").mkdir()
    (facts / "quarantine" / "mine" / "x.parquet").write_text("x")

    assert prune(tmp_path, today=date(2026, 11, 14)) == (0, 2)
    assert prune(tmp_path, today=date(2026, 11, 15)) == (1, 1)
    assert not (facts / "quarantine" / "2026-11-01").exists()
    assert prune(tmp_path, today=date(2026, 11, 16)) == (1, 0)
    assert (facts / "quarantine" / "mine" / "x.parquet").exists()
    assert Ledger(tmp_path).file_of(kept).exists()


def test_pruning_follows_no_link(tmp_path: Path) -> None:
    batch = take(tmp_path, day(tmp_path, 1))
    quarantine = tmp_path / "facts" / "quarantine"
    quarantine.mkdir()
    (quarantine / "2026-01-01").symlink_to(tmp_path / "facts")
    quarantine.rename(tmp_path / "elsewhere")
    quarantine.symlink_to(tmp_path / "elsewhere")
    assert prune(tmp_path, today=TODAY) == (0, 0)
    assert Ledger(tmp_path).file_of(batch).exists()


def test_two_files_of_one_name_lie_in_quarantine_side_by_side(tmp_path: Path) -> None:
    rows = tmp_path / "facts" / "shop_day" / "x.parquet"
    rows.parent.mkdir(parents=True)
    for text in ("a", "b"):
        rows.write_text(text)
        row_files.put_in_quarantine(tmp_path / "facts", rows, TODAY)
    assert [path.read_text() for path in row_files.in_quarantine(tmp_path / "facts")] == ["b", "a"]
