"""The old bytes or the new ones, one writer at a time, open to the group."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.errors import CannotWrite, NotConfirmed
from core.facts.row_files import move
from core.journal.day_files.quarantine import Quarantine
from core.storage.atomic_files import (
    locked,
    make_folder,
    open_to_group,
    reason_of,
    write_atomically,
    written_atomically,
)


def test_the_new_bytes_take_the_old_ones_place(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.json"
    write_atomically(file, b"old")
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert [path.name for path in file.parent.iterdir()] == ["b.json"]


def test_what_fails_half_way_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    write_atomically(file, b"old")

    def fail() -> None:
        with written_atomically(file) as half:
            half.write(b"ha")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]


def test_files_are_open_to_the_group_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "shop" / "facts" / "x", b"1")
        with locked(tmp_path / "shop" / ".lock"):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "shop" / "facts" / "x").stat().st_mode) == 0o660
    assert stat.S_IMODE((tmp_path / "shop" / ".lock").stat().st_mode) == 0o660
    assert stat.S_IMODE((tmp_path / "shop" / "facts").stat().st_mode) == 0o2770


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    make_folder(own)
    assert stat.S_IMODE(own.stat().st_mode) == 0o700


def test_a_full_disk_is_one_sentence_and_the_old_file(tmp_path: Path) -> None:
    script = (
        "import resource, sys, pathlib\n"
        "from core.storage.atomic_files import write_atomically; from core.errors import CannotWrite\n"
        "file = pathlib.Path(sys.argv[1]); write_atomically(file, b'old')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomically(file, b'x' * 100000)\n"
        "except CannotWrite as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "f"], capture_output=True, text=True, check=True
    )
    assert "The disk is full. Nothing was changed" in done.stdout
    assert (tmp_path / "f").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.fixture
def folders_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that keeps files but fails whenever a folder is to be made to last."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.usefixtures("folders_not_confirmed")
def test_a_change_that_was_made_and_not_confirmed_is_not_called_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_bytes(b"old")
    with pytest.raises(NotConfirmed, match="was written, but the disk did not confirm it") as said:
        write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert "Nothing was changed" not in str(said.value)
    assert os.strerror(errno.EIO) in str(said.value)
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]


@pytest.mark.usefixtures("folders_not_confirmed")
def test_rows_that_were_moved_and_not_confirmed_are_not_called_unchanged(tmp_path: Path) -> None:
    rows = tmp_path / "facts" / "orders" / "1.parquet"
    rows.parent.mkdir(parents=True)
    rows.write_bytes(b"rows")
    target = tmp_path / "quarantine" / "1.parquet"
    target.parent.mkdir()
    with pytest.raises(NotConfirmed, match="was written, but the disk did not confirm it"):
        move(rows, target)
    assert target.read_bytes() == b"rows"
    assert not rows.exists()


@pytest.mark.usefixtures("folders_not_confirmed")
def test_a_new_folder_that_is_not_confirmed_keeps_the_file_from_being_written(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as said:
        write_atomically(tmp_path / "new" / "b.json", b"new")
    assert not isinstance(said.value, NotConfirmed)
    assert not (tmp_path / "new" / "b.json").exists()


@pytest.mark.usefixtures("folders_not_confirmed")
def test_a_damaged_journal_that_was_set_aside_and_not_confirmed_is_not_called_stuck(tmp_path: Path) -> None:
    file = tmp_path / "2026-11-16.json"
    file.write_bytes(b"no journal")
    troubles = Quarantine()
    troubles.put_aside(file)
    not_confirmed, set_aside = troubles.told()
    assert "did not confirm it" in not_confirmed
    assert "was renamed to" in set_aside
    assert not file.exists()


def test_a_folder_that_went_away_after_the_change_is_not_called_unchanged(tmp_path: Path) -> None:
    folder = tmp_path / "shop"

    def place(beside: Path, path: Path) -> None:
        beside.replace(path)
        folder.rename(tmp_path / "renamed")

    with pytest.raises(NotConfirmed), written_atomically(folder / "b.json", place=place) as file:
        file.write(b"new")
    assert (tmp_path / "renamed" / "b.json").read_bytes() == b"new"


def test_two_threads_take_turns(tmp_path: Path) -> None:
    inside: list[int] = []

    def work() -> None:
        with locked(tmp_path / ".lock"):
            inside.append(1)
            assert len(inside) == 1
            time.sleep(0.005)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == []


def test_who_waits_gets_in_between_two_turns_of_somebody_who_writes_on_and_on(tmp_path: Path) -> None:
    entered = threading.Event()

    def wait() -> None:
        with locked(tmp_path / ".lock"):
            entered.set()

    waiter = threading.Thread(target=wait)
    with locked(tmp_path / ".lock"):
        waiter.start()
        time.sleep(0.01)
    turns = 0
    while turns < 20 and not entered.is_set():
        with locked(tmp_path / ".lock"):
            turns += 1
            time.sleep(0.005)
    waiter.join()
    assert turns < 20


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    with (
        locked(tmp_path / ".lock"),
        pytest.raises(CannotWrite, match="Somebody else has been writing"),
        locked(tmp_path / ".lock", seconds=0.05),
    ):
        pass


@pytest.mark.timeout(10)
def test_a_lock_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere/made")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    handles = len(list(Path("/proc/self/fd").iterdir()))
    for strange in ("link", "folder", "pipe"):
        with (
            pytest.raises(CannotWrite, match="Nothing was changed"),
            locked(tmp_path / strange, seconds=0),
        ):
            pass
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == handles


def test_a_log_is_a_file_and_nothing_else_and_open_to_the_group(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("made")
    os.mkfifo(tmp_path / "pipe")
    for strange in ("link", "pipe"):
        with pytest.raises(OSError, match=r"."), open(tmp_path / strange, "a", opener=open_to_group):
            pass
    assert not (tmp_path / "made").exists()
    before = os.umask(0o077)
    try:
        for line in ("one\n", "two\n"):
            with open(tmp_path / "log", "a", opener=open_to_group) as log:
                log.write(line)
    finally:
        os.umask(before)
    assert (tmp_path / "log").read_text() == "one\ntwo\n"
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o660


def test_the_reason_is_the_systems_or_that_somebody_else_is_writing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotWrite) as refused:
        write_atomically(tmp_path / "folder", b"x")
    assert reason_of(refused.value) == os.strerror(errno.EISDIR)
    with (
        locked(tmp_path / ".lock"),
        pytest.raises(CannotWrite) as waited,
        locked(tmp_path / ".lock", seconds=0),
    ):
        pass
    assert reason_of(waited.value) == "somebody else is writing"


def test_what_need_not_last_is_written_without_waiting_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(Path(f"/proc/self/fd/{handle}").readlink()))
    write_atomically(tmp_path / "cache", b"1", lasting=False)
    assert synced == []
    write_atomically(tmp_path / "kept", b"1")
    assert [one.parent for one in synced] == [tmp_path, tmp_path.parent]
    assert synced[1] == tmp_path


def test_all_of_it_is_on_the_disk_before_it_takes_the_old_files_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: sizes.append(os.fstat(handle).st_size))

    def place(beside: Path, path: Path) -> None:
        assert sizes == [5]
        beside.replace(path)

    with written_atomically(tmp_path / "kept", place=place) as file:
        file.write(b"whole")
    assert len(sizes) == 2, "and the folder"


def test_a_file_system_that_cannot_sync_folders_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = errno.EINVAL
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    for number in (errno.EINVAL, errno.ENOTSUP):
        write_atomically(tmp_path / "new" / f"{number}", b"1")
        assert (tmp_path / "new" / f"{number}").read_bytes() == b"1"


def test_a_killed_writer_blocks_nobody(tmp_path: Path) -> None:
    script = "import sys, time, pathlib; from core.storage.atomic_files import locked\n"
    script += "with locked(pathlib.Path(sys.argv[1])): print('in', flush=True); time.sleep(60)\n"
    holder = subprocess.Popen([sys.executable, "-c", script, tmp_path / ".lock"], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with locked(tmp_path / ".lock", seconds=2):
        pass
