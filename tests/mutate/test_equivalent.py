"""The list of mutants that change nothing names code that is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.mutate import equivalent
from tests.mutate.equivalent import Change, equivalents


def unindented(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())


def test_every_listed_line_is_still_in_its_file() -> None:
    gone = [
        change for change in equivalents()
        if change.old not in unindented((ROOT / change.file).read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert gone == []


def test_an_entry_is_read_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "list.toml"
    place.write_text('[[mutant]]\nfile = "core/a.py"\nold = "  a < b"\nnew = "a <= b"\nwhy = "never equal"\n')
    monkeypatch.setattr(equivalent, "LISTED", place)
    assert equivalents() == {Change("core/a.py", "a < b", "a <= b"): "never equal"}
