"""What a killed writer left half-written goes with the next write; what somebody may be writing stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.storage.atomic_files import make_folder, write_atomically
from core.storage.temporary_files import PERHAPS_LEFT, SURELY_LEFT, sweep, temporary

KILLED = """
import os, sys
from pathlib import Path
from core.storage.atomic_files import written_atomically
with written_atomically(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), 9)
"""


def left_by_a_killed_writer(path: Path) -> Path:
    """Return the half-written file of a process that was killed."""
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    (left,) = path.parent.glob(".*.tmp")
    return left


def aged(path: Path, seconds: float) -> Path:
    os.utime(path, (time.time() - seconds,) * 2)
    return path


@pytest.mark.parametrize("place", ["journal/2026", "facts/stock", "reports", "drafts/lan", "cache/x", "."])
def test_the_next_writer_in_any_folder_removes_it(tmp_path: Path, place: str) -> None:
    left = aged(left_by_a_killed_writer(tmp_path / place / "日报 2026-11-16.json"), PERHAPS_LEFT + 5)
    assert left.read_bytes() == b"half"
    write_atomically(tmp_path / place / "another.json", b"whole")
    assert [file.name for file in (tmp_path / place).iterdir()] == ["another.json"]


def test_what_may_still_be_written_stays(tmp_path: Path) -> None:
    fresh = left_by_a_killed_writer(tmp_path / "file")
    mine = temporary(tmp_path / "a")
    mine.write_bytes(b"")
    aged(mine, SURELY_LEFT - 60)
    other_boot = tmp_path / ".a.99999999-0123456789ab-01234567.tmp"
    other_boot.write_bytes(b"")
    aged(other_boot, SURELY_LEFT - 60)
    strangers = tmp_path / ".swap.tmp"
    strangers.write_bytes(b"")
    aged(strangers, 10 * SURELY_LEFT)
    folder = tmp_path / ".a.1-0123456789ab-01234567.tmp"
    folder.mkdir()
    link = tmp_path / ".b.1-0123456789ab-01234567.tmp"
    link.symlink_to(strangers)
    sweep(tmp_path)
    assert {fresh, mine, other_boot, strangers, folder, link} == set(tmp_path.iterdir())


@pytest.mark.parametrize("name", [".a.1-0123456789ab-01234567.tmp", ".a.json.4242-01234567.tmp"])
def test_after_a_day_it_goes_whoever_wrote_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    aged(tmp_path / name, SURELY_LEFT + 60)
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_looked_at_once_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep(tmp_path)
    left = tmp_path / ".a.1-0123456789ab-01234567.tmp"
    left.write_bytes(b"")
    aged(left, SURELY_LEFT + 60)
    sweep(tmp_path)
    assert left.exists()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 3601)
    sweep(tmp_path)
    assert not left.exists()


def test_a_name_of_any_length_has_a_temporary_one(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("店" * 80 + ".json"), b"x")
    assert len(list(tmp_path.iterdir())) == 1


def test_the_folder_that_holds_a_new_folder_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def sync(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    make_folder(tmp_path / "a" / "b")
    assert synced == [str(tmp_path), str(tmp_path / "a")]
