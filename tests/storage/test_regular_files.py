"""Files of a shop are opened in one way: regular files only, and nobody waits for anything else."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from core.storage.regular_files import NOT_REGULAR, RegularFile, read_regular
from tests.conftest import ROOT

OPENERS = {"open", "read_bytes", "read_text"}
NOT_A_SHOPS = {
    "core/storage/regular_files.py": "the opening itself",
    "core/storage/atomic_files.py": "makes files",
    "core/storage/swapped_folder.py": "makes the files of a new folder",
    "core/storage/temporary_files.py": "reads the machine's boot id",
    "core/language/catalog.py": "the program's own catalogs",
    "core/language/retired.py": "the program's own catalogs",
    "core/exports/reading/zip_guard.py": "members of an archive that is open",
    "core/exports/reading/containers.py": "members of an archive that is open",
    "core/exports/dimensions.py": "the program's own files",
    "core/entry_points.py": "what an installed package brings",
    "core/exports/layouts/known_layouts.py": "the program's own files, and those of a package",
    "core/exports/teaching/column_words.py": "the program's own files",
    "core/language/locale_folders.py": "the program's own files",
    "core/measures/festivals/public_festivals.py": "the program's own files",
    "core/platforms/profile.py": "the program's own files",
    "routines/analyst/analyst.py": "its log is opened by open_to_group",
    "routines/answers/compute_answer.py": "its log is opened by open_to_group",
    "routines/plan/analyses.py": "the program's own files",
    "tui/app.py": "the program's own files",
    "tui/cli/demo.py": "the sample that travels with the program",
    "tui/cli/exit_codes.py": "standard output",
    "tui/cli/server.py": "the null device",
    "tui/runtime/signals.py": "the terminal",
    "core/shop/backup.py": "tarfile, onto a file that is open",
}
"""Where something is opened that lies in no shop, and what it is."""


def openings(file: Path) -> set[str]:
    """Return how the file opens others: the names of the calls."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "open":
            found.add("open")
        if isinstance(called, ast.Attribute) and called.attr in OPENERS:
            owner = ast.unparse(called.value)
            if owner not in ("Workday", "self._composer"):
                found.add(called.attr)
    return found


def test_nothing_opens_a_file_of_a_shop_in_another_way() -> None:
    files = sorted(file for package in ("core", "routines", "tui") for file in (ROOT / package).rglob("*.py"))
    found = {str(file.relative_to(ROOT)): openings(file) for file in files}
    others = {name: calls for name, calls in found.items() if calls and name not in NOT_A_SHOPS}
    assert others == {}
    assert {name for name in NOT_A_SHOPS if found.get(name) == set()} == set(), "needs no exception any more"


@pytest.mark.timeout(10)
def test_only_a_regular_file_is_opened_and_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "round").symlink_to("round")
    os.mkfifo(tmp_path / "fifo")
    assert read_regular(tmp_path / "file") == b"bytes"
    for strange in ("link", "round", "fifo", "."):
        with pytest.raises(OSError, match=r"a link instead of a file|not an ordinary file") as refused:
            read_regular(tmp_path / strange)
        assert refused.value.errno in NOT_REGULAR
    with pytest.raises(OSError, match="not an ordinary file"):
        RegularFile(Path("/dev/zero"))
    with RegularFile(tmp_path / "link", follow=True) as followed:
        assert followed.read() == b"bytes"
    handles = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(OSError, match="not an ordinary file"):
            RegularFile(tmp_path / "fifo")
    assert len(list(Path("/proc/self/fd").iterdir())) == handles


def test_readers_of_one_file_have_a_place_each_and_outlive_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789" * 30_000)
    with RegularFile(tmp_path / "file") as file:
        first, second = file.reader(), file.reader()
        assert first.read(3) == b"012"
        assert second.read(2) == b"01"
        assert second.seek(-3, os.SEEK_END) == 299_997
    (tmp_path / "file").unlink()
    assert second.read() == b"789"
    assert first.read(4) == b"3456"
    assert first.seek(2, os.SEEK_CUR) == 9
    assert len(first.read()) == 299_991
    with pytest.raises(OSError, match="Invalid"):
        first.seek(-1)
    first.close()
    second.close()


def test_what_was_opened_is_closed_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    handles = len(list(Path("/proc/self/fd").iterdir()))
    with RegularFile(tmp_path / "file") as file:
        reader = file.reader()
        assert reader.read() == b"bytes"
        reader.close()
        reader.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == handles
    assert read_regular(tmp_path / "file") == b"bytes"
    assert len(list(Path("/proc/self/fd").iterdir())) == handles


def test_the_opened_file_keeps_its_name_whatever_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("file")
    with RegularFile(tmp_path / "link", follow=True) as file:
        (tmp_path / "link").unlink()
        assert file.real_path == tmp_path / "file"


def test_what_is_written_into_an_open_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with RegularFile(tmp_path / "file") as file:
        assert not file.changed()
        (tmp_path / "file").write_bytes(b"newer")
        assert file.changed()
        (tmp_path / "other").write_bytes(b"x")
        (tmp_path / "other").replace(tmp_path / "file")
        assert file.read() == b"newer", "another file took its place; this one is still open"
