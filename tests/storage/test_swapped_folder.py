"""A folder of generated files is replaced as a whole, whatever happens on the way."""

from __future__ import annotations

import ctypes
import os
import stat
from pathlib import Path

import pytest

from core.errors import CannotWrite, UsageError
from core.storage.swapped_folder import MARKER, replace_folder


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name != MARKER}


def test_when_writing_fails_the_old_pages_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    replace_folder(site, {"a.html": "old", "b.html": "old"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="The disk is full"):
        replace_folder(site, {"a.html": "new"})
    monkeypatch.undo()
    assert contents(site) == {"a.html": "old", "b.html": "old"}
    assert not (tmp_path / ".site.new").exists()


def test_what_a_killed_run_left_behind_does_not_matter(tmp_path: Path) -> None:
    site = tmp_path / "site"
    replace_folder(site, {"a.html": "old"})
    (tmp_path / ".site.new").mkdir()
    (tmp_path / ".site.new" / "half.html").write_text("ha", encoding="utf-8")
    replace_folder(site, {"a.html": "new"})
    assert contents(site) == {"a.html": "new"}


def test_a_file_system_that_cannot_exchange_folders_gets_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    site = tmp_path / "site"
    replace_folder(site, {"a.html": "old"})
    replace_folder(site, {"a.html": "new"})
    assert contents(site) == {"a.html": "new"}
    assert {one.name for one in tmp_path.iterdir()} == {"site", ".site.lock"}


def test_a_web_server_may_read_the_pages_and_a_stricter_folder_stays_strict(tmp_path: Path) -> None:
    site = tmp_path / "site"
    before = os.umask(0o022)
    try:
        replace_folder(site, {"a.html": "x"})
        assert stat.S_IMODE((site / "a.html").stat().st_mode) == 0o644
        assert stat.S_IMODE(site.stat().st_mode) == 0o755
        site.chmod(0o750)
        replace_folder(site, {"a.html": "y"})
        assert stat.S_IMODE(site.stat().st_mode) == 0o750
    finally:
        os.umask(before)


@pytest.mark.timeout(10)
def test_a_list_that_is_no_regular_file_makes_the_folder_someone_elses_and_nobody_waits(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    replace_folder(site, {"a.html": "old"})
    (site / MARKER).rename(tmp_path / "list")
    for strange in ("fifo", "link"):
        if strange == "fifo":
            os.mkfifo(site / MARKER)
        else:
            (site / MARKER).symlink_to(tmp_path / "list")
        with pytest.raises(UsageError, match="holds other files"):
            replace_folder(site, {"a.html": "new"})
        assert (site / "a.html").read_text(encoding="utf-8") == "old"
        (site / MARKER).unlink()


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real", target_is_directory=True)
    replace_folder(tmp_path / "site", {"a.html": "x"})
    assert (tmp_path / "site").is_symlink()
    assert contents(tmp_path / "real") == {"a.html": "x"}
