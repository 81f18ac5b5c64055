"""Many writers, killed writers, full disks: a confirmed entry is there, a reader never sees half a file."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput, CannotWrite
from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.journal.store_choice import FILES, STORES, store_of
from tests.conftest import ROOT

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

any_store = pytest.mark.usefixtures("any_store")

WRITER = """
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from core.journal.book import Book

folder, who, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
book = Book(folder)
nine = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
for number in range(many):
    data = {"text": f"{number} " + "字" * 50}
    entry = book.append(date(2026, 11, 16), at=nine, who=who, kind="note", data=data)
    print(entry.id, flush=True)
"""


def writer(folder: Path, who: str, many: int) -> subprocess.Popen[str]:
    """Start somebody who writes so many notes, into the kind of store that this process has."""
    store = STORES[FILES]
    chosen = (
        "from core.journal.store_choice import STORES\n"
        f"from {store.__module__} import {store.__name__} as store\n"
        f"STORES[{FILES!r}] = store\n"
    )
    command = [sys.executable, "-c", chosen + WRITER, str(folder), who, str(many)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def note(folder: Path, text: str) -> str:
    return Book(folder).append(MONDAY, at=NINE, who="陈晓", kind="note", data={"text": text}).id


def texts(folder: Path) -> list[str]:
    return [entry.data["text"] for entry in Book(folder).day(MONDAY)]


def whole(folder: Path) -> bool:
    """Tell whether nobody blocks the journal and nothing in it is damaged."""
    return [check.state for check in store_of(folder).checks(2)] == ["ok", "ok"]


@any_store
@pytest.mark.parametrize("many", [50, pytest.param(200, marks=pytest.mark.slow)])
def test_eight_people_write_at_once_and_a_reader_never_sees_half_a_file(tmp_path: Path, many: int) -> None:
    writers = [writer(tmp_path, f"w{number}", many) for number in range(8)]
    book, seen = Book(tmp_path), 0
    while any(process.poll() is None for process in writers):
        entries = book.day(MONDAY)
        assert len(entries) >= seen, "entries went away"
        seen = len(entries)
        assert book.told() == ()
        time.sleep(0.002)

    assert [process.communicate()[1] for process in writers] == [""] * 8
    entries = book.day(MONDAY)
    for who in {process.args[4] for process in writers}:  # type: ignore[index]  # the command's words
        mine = [int(entry.data["text"].split()[0]) for entry in entries if entry.who == who]
        assert mine == list(range(many))
    assert len(entries) == 8 * many
    ids = [entry.id for entry in entries]
    assert ids == sorted(set(ids))
    assert whole(tmp_path)


@any_store
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [30, pytest.param(500, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_loses_no_confirmed_entry(tmp_path: Path, kills: int) -> None:
    chance = random.Random(16)
    confirmed: list[str] = []
    for _ in range(kills):
        process = writer(tmp_path, "w", 100_000)
        assert process.stdout is not None
        confirmed.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        confirmed += process.communicate()[0].split()

    book = Book(tmp_path)
    there = [entry.id for entry in book.day(MONDAY)]
    assert set(confirmed) <= set(there)
    assert len(there) - len(confirmed) <= kills, "at most the one a kill cut off before it was confirmed"
    assert whole(tmp_path)
    note(tmp_path, "goes on")


CALLS = (
    (os, "open"),
    (io, "open"),
    (os, "fchmod"),
    (os, "fsync"),
    (os, "replace"),
    (os, "mkdir"),
    (os, "chmod"),
    (os, "stat"),
    (os, "listdir"),
    (os, "scandir"),
    (fcntl, "flock"),
)


class Fragile:
    """A file of which each read, write, flush and close may be the call that fails."""

    def __init__(self, file: Any, faults: Faults) -> None:
        self.file, self.faults = file, faults

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.file, name)
        if name in ("read", "write", "flush"):
            return self.faults.wrap(name, found)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it; a disk may say only now that it could not write."""
        self.file.close()
        self.faults.count("close")


class Faults:
    """The system's calls, of which the n-th fails."""

    def __init__(self, fails: int, code: int) -> None:
        self.left, self.code, self.failed = fails, code, ""

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*args: object, **options: object) -> object:
            if not (name == "open" and isinstance(args[0], int)):  # a file that is open asks nothing more
                self.count(name)
            made = call(*args, **options)
            return Fragile(made, self) if isinstance(made, io.IOBase) else made

        return perhaps

    def count(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.failed = name
            raise OSError(self.code, os.strerror(self.code))


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int, int], Faults]]:
    def break_it(fails: int, code: int) -> Faults:
        faults = Faults(fails, code)
        for module, name in CALLS:
            monkeypatch.setattr(module, name, faults.wrap(name, getattr(module, name)))
        return faults

    yield break_it
    monkeypatch.undo()


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS], ids=errno.errorcode.get
)
@pytest.mark.parametrize("before", [[], ["1"]], ids=["first entry", "second entry"])
def test_whatever_call_fails_the_old_state_holds_or_the_new_one_is_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken_disk: Callable[[int, int], Faults],
    before: list[str],
    code: int,
) -> None:
    failed = set()
    for number in range(1, 200):
        shop = tmp_path / str(number)
        shop.mkdir()
        for text in before:
            note(shop, text)
        handles = len(list(Path("/proc/self/fd").iterdir()))
        faults = broken_disk(number, code)
        try:
            note(shop, "new")
            confirmed = True
        except (CannotWrite, BadInput):
            confirmed = False
        finally:
            monkeypatch.undo()
        assert len(list(Path("/proc/self/fd").iterdir())) <= handles
        assert texts(shop) in ([[*before, "new"]] if confirmed else [before, [*before, "new"]])
        assert FileStore(shop).set_aside() == []
        note(shop, "later")
        assert texts(shop)[-1] == "later"
        failed.add(faults.failed)
        if not faults.failed:
            break
    assert {"open", "write", "flush", "fsync", "close", "replace", "flock", ""} <= failed


@pytest.mark.e2e
def test_a_really_full_disk_keeps_the_old_state_and_says_so(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount; the injected faults above stand for it")
    try:
        written = []
        with pytest.raises(CannotWrite, match="disk is full"):  # noqa: PT012 - nobody knows at which one
            for number in range(1000):
                note(tmp_path, f"{number} " + "字" * 500)
                written.append(number)
        assert [int(text.split()[0]) for text in texts(tmp_path)] == written
        assert list((tmp_path / "journal/2026").glob(".*")) == [], "nothing half written stays"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_no_room_for_a_longer_file_keeps_the_old_one(tmp_path: Path) -> None:
    note(tmp_path, "1")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n{WRITER}"
    command = [
        sys.executable,
        "-c",
        f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{limited}",
    ]
    done = subprocess.run([*command, str(tmp_path), "w", "9"], check=False, capture_output=True, text=True)

    assert "CannotWrite" in done.stderr
    assert len(texts(tmp_path)) == 1 + len(done.stdout.split())


def test_a_colleague_without_the_right_to_write_can_read(tmp_path: Path) -> None:
    note(tmp_path, "1")
    for path in sorted(tmp_path.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    tmp_path.chmod(0o555)
    reader = (
        "import os; from pathlib import Path; from datetime import date\n"
        "from core.journal.book import Book\n"
        "Book(Path()).day(date(2026, 11, 16))  # imports all: root's Python may be closed to others\n"
        "if os.getuid() == 0:\n    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "book = Book(Path()); print(len(book.day(date(2026, 11, 16))), book.told())"
    )
    done = subprocess.run(
        [sys.executable, "-c", reader], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "()"], done.stderr
