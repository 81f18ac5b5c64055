"""A ledger that is missing, older, torn or not to be read: no row goes, and one sentence says what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.errors import BadInput, Problem
from core.exports.kinds.shop_day import ShopDay
from core.facts.imports import commit, preview, undo
from core.facts.ledger import Ledger
from core.facts.window import load
from tests.conftest import ROOT
from tests.facts.shops import AT, TODAY, days, drop, take

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def day(folder: Path, number: int, name: str = "") -> Path:
    """Drop an export of one day whose sales are its number."""
    return drop(folder, name or f"{number:02}.csv", days({f"2026-11-{number:02}": number}))


def rows_in(folder: Path) -> set[str]:
    """Return the names of all row files, wherever in the facts they are."""
    return {path.name for path in (folder / "facts").rglob("*.parquet")}


def counted(folder: Path) -> list[float]:
    return load(folder, ShopDay, FIRST, LAST).frame["gmv"].tolist()


def test_without_its_ledger_no_import_deletes_the_rows(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        take(tmp_path, day(tmp_path, number))
    rows = rows_in(tmp_path)
    Ledger(tmp_path).path.unlink()
    with pytest.raises(BadInput, match="--repair"):
        take(tmp_path, day(tmp_path, 4))
    with pytest.raises(BadInput, match="--repair"):
        counted(tmp_path)
    with pytest.raises(BadInput, match="--repair"):
        Ledger(tmp_path).live(ShopDay.id)
    assert rows_in(tmp_path) == rows
    assert not Ledger(tmp_path).path.exists()


def test_under_an_older_ledger_unknown_rows_go_into_quarantine_and_it_is_told(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    old = Ledger(tmp_path).path.read_bytes()
    later = [take(tmp_path, day(tmp_path, number)) for number in (2, 3)]
    contents = [Ledger(tmp_path).file_of(batch).read_bytes() for batch in later]
    Ledger(tmp_path).path.write_bytes(old)
    told: list[Problem] = []
    looked = preview(tmp_path, day(tmp_path, 4), today=TODAY)
    commit(tmp_path, looked, who="lan", at=AT, tell=told.append)

    assert counted(tmp_path) == [1, 4]
    aside = [tmp_path / f"facts/quarantine/2026-11-16/shop_day/{batch.id}.parquet" for batch in later]
    assert [path.read_bytes() for path in aside] == contents
    (problem,) = told
    assert problem.sentence().startswith("2 data files that belong to no import were moved to quarantine")
    assert "--repair" in problem.todo


def test_rows_of_a_killed_import_go_into_quarantine(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    script = (
        "import os, sys, pathlib\nfrom core.facts.ledger import Ledger\nfrom tests.facts.shops import take\n"
        "Ledger.add = lambda *_: os._exit(9)\n"
        "take(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, tmp_path, day(tmp_path, 2)], check=False)
    assert killed.returncode == 9
    (lost,) = rows_in(tmp_path) - {Ledger(tmp_path).file_of(one).name for one in Ledger(tmp_path).batches()}
    take(tmp_path, day(tmp_path, 3))
    assert counted(tmp_path) == [1, 3]
    assert lost in rows_in(tmp_path)
    take(tmp_path, tmp_path / "inbox" / "02.csv")
    assert counted(tmp_path) == [1, 2, 3]


def test_a_first_import_that_is_killed_leaves_a_shop_that_works(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib\nfrom core.facts.ledger import Ledger\nfrom tests.facts.shops import take\n"
        "Ledger.add = lambda *_: os._exit(9)\n"
        "take(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, tmp_path, day(tmp_path, 2)], check=False)
    assert (killed.returncode, len(rows_in(tmp_path))) == (9, 1)
    assert counted(tmp_path) == []
    take(tmp_path, tmp_path / "inbox" / "02.csv")
    assert counted(tmp_path) == [2]


def test_rows_that_are_gone_stop_the_next_import_until_it_is_decided(tmp_path: Path) -> None:
    lost = take(tmp_path, day(tmp_path, 1))
    take(tmp_path, day(tmp_path, 2))
    Ledger(tmp_path).file_of(lost).unlink()
    before = Ledger(tmp_path).path.read_bytes()
    with pytest.raises(BadInput, match=rf"The rows of 1 import are missing: {lost.id} .*--repair"):
        take(tmp_path, day(tmp_path, 3))
    with pytest.raises(BadInput, match=r"imported rows are missing.*--repair"):
        counted(tmp_path)
    assert Ledger(tmp_path).path.read_bytes() == before
    undo(tmp_path, lost.id, who="lan", at=AT)
    take(tmp_path, day(tmp_path, 3))
    assert counted(tmp_path) == [2, 3]


def instead(folder: Path, make: Callable[[Path], object]) -> bytes:
    """Put something in the ledger's place; return what was there."""
    path = Ledger(folder).path
    before = path.read_bytes()
    path.unlink()
    make(path)
    return before


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "torn": (lambda path: path.write_bytes(b'{"version": 1, "batches": ['), "the list of imports is damaged"),
    "empty": (lambda path: path.touch(), "the list of imports is damaged"),
    "no text": (lambda path: path.write_bytes(b"\xff\xfe"), "the list of imports is damaged"),
    "nested": (lambda path: path.write_text("[" * 200_000), "the list of imports is damaged"),
    "no version": (lambda path: path.write_text('{"batches": []}'), "the list of imports is damaged"),
    "another version": (
        lambda path: path.write_text('{"version": "1", "batches": []}'),
        "the list of imports is damaged",
    ),
    "a folder": (Path.mkdir, "the list of imports is damaged"),
    "a pipe": (os.mkfifo, "the list of imports is damaged"),
    "a link": (lambda path: path.symlink_to("salt"), "the list of imports is damaged"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "the list of imports is damaged"),
    "a newer one": (
        lambda path: path.write_text('{"version": 2, "batches": {}}'),
        "was written by a newer version of shopday",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_ledger_is_refused_in_one_sentence_and_left(tmp_path: Path, case: str) -> None:
    make, said = BROKEN[case]
    batch = take(tmp_path, day(tmp_path, 1))
    instead(tmp_path, make)
    for work in (
        lambda: take(tmp_path, day(tmp_path, 2)),
        lambda: undo(tmp_path, batch.id, who="lan", at=AT),
        lambda: counted(tmp_path),
        lambda: Ledger(tmp_path).digest(),
    ):
        with pytest.raises(BadInput, match=said):
            work()
    assert rows_in(tmp_path) == {f"{batch.id}.parquet"}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../../shop"},
        {"sheet": "/etc"},
        {"days": []},
        {"days": [["2026-11-01", "9999-99-99"]]},
        {"at": 3},
        {"hash": None},
        {"rows": "many"},
        {"problems": [{"x": 1}]},
    ],
)
def test_a_ledger_with_one_bad_line_is_none(tmp_path: Path, change: dict[str, object]) -> None:
    take(tmp_path, day(tmp_path, 1))
    path = Ledger(tmp_path).path
    document = json.loads(path.read_bytes())
    document["batches"][0] |= change
    path.write_text(json.dumps(document))
    with pytest.raises(BadInput, match="the list of imports is damaged"):
        Ledger(tmp_path).batches()


def test_a_ledger_that_names_a_batch_twice_is_none(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    path = Ledger(tmp_path).path
    document = json.loads(path.read_bytes())
    document["batches"] *= 2
    path.write_text(json.dumps(document))
    with pytest.raises(BadInput, match="the list of imports is damaged"):
        Ledger(tmp_path).batches()


def test_a_ledger_written_by_hand_in_another_shape_goes_on(tmp_path: Path) -> None:
    """It is read and written as JSON: where its lines end does not matter."""
    take(tmp_path, day(tmp_path, 1))
    path = Ledger(tmp_path).path
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=4) + "\n\n")
    take(tmp_path, day(tmp_path, 2))
    assert [batch.file for batch in Ledger(tmp_path).batches()] == ["01.csv", "02.csv"]


def test_facts_that_are_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "facts").write_text("x")
    with pytest.raises(BadInput, match="cannot be read: Not a directory"):
        Ledger(tmp_path).live(ShopDay.id)


def test_rows_behind_a_link_are_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.parquet").write_bytes(b"PAR1")
    take(tmp_path, day(tmp_path, 1))
    (tmp_path / "facts" / "other").symlink_to(elsewhere)
    (tmp_path / "facts" / "shop_day" / "link.parquet").symlink_to(elsewhere / "x.parquet")
    take(tmp_path, day(tmp_path, 2))
    assert (elsewhere / "x.parquet").exists()
    assert (tmp_path / "facts" / "shop_day" / "link.parquet").is_symlink()


def test_a_reader_never_sees_a_first_import_as_rows_without_a_ledger(tmp_path: Path) -> None:
    file = day(tmp_path, 1)
    ready, failed, done = threading.Event(), [], threading.Event()

    def read() -> None:
        ready.set()
        while not done.is_set():
            try:
                Ledger(tmp_path).live(ShopDay.id)
            except BadInput as error:
                failed.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    ready.wait()
    take(tmp_path, file)
    done.set()
    reader.join()
    assert failed == []


@pytest.mark.e2e
@pytest.mark.skipif(os.getuid() != 0, reason="needs other accounts")
def test_a_ledger_that_one_may_not_read_is_told_as_that(tmp_path: Path) -> None:
    take(tmp_path, day(tmp_path, 1))
    for path in (tmp_path / "facts").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for path in (tmp_path, tmp_path / "facts"):
        path.chmod(0o755)
    Ledger(tmp_path).path.chmod(0o600)
    assert "ledger.json cannot be read: Permission denied" in as_nobody(tmp_path)
    Ledger(tmp_path).path.chmod(0o644)
    assert "OK" in as_nobody(tmp_path), "a shop that one may only read can be read"
    (tmp_path / "facts").chmod(0o700)
    assert "ledger.json cannot be read: Permission denied" in as_nobody(tmp_path)


def as_nobody(folder: Path) -> str:
    """Return what somebody else is told who looks at the shop's days."""
    script = (
        "import os, pathlib\nfrom core.facts.ledger import Ledger\nfrom core.errors import BadInput\n"
        "os.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"
        "try:\n    print('OK', Ledger(pathlib.Path()).live('shop_day'))\n"
        "except BadInput as error:\n    print(error)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_file_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path / "inbox" / "a") + b"\xff.csv"))
    day(tmp_path, 1).rename(file)
    batch = take(tmp_path, file)
    Ledger(tmp_path).path.touch()
    assert Ledger(tmp_path).batches() == (batch,)
