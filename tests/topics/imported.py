"""The sample's exports as an analysis gets them: imported once for all tests, loaded as the product does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from core.exports.sheet import Sheet
from core.facts.window import load
from tests.topics.tables import S

TODAY = date(2026, 11, 16)
_loaded: dict[tuple[Path, type[Sheet]], Sheet] = {}


class Sample:
    """Where the sample shop is, once a test has asked for it."""

    folder: Path


def of(kind: type[S]) -> S:
    """Return the sample's window of this sheet."""
    return loaded(Sample.folder, kind)


def loaded(folder: Path, kind: type[S]) -> S:
    """Return the window of this sheet that an analysis is given on the sample's Monday."""
    if (folder, kind) not in _loaded:
        _loaded[folder, kind] = load(folder, kind, TODAY - timedelta(days=kind.days), TODAY)
    sheet = _loaded[folder, kind]
    assert isinstance(sheet, kind)
    return sheet
