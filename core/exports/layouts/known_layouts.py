"""Layouts shipped with the program (one TOML file per platform) or provided by other packages.

A package provides layouts with an entry point of the group ``shopday.layouts`` whose object is the path of
such a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from core.entry_points import brought
from core.errors import BadInput
from core.exports.layouts.file_layout import FileLayout, Layouts
from core.exports.layouts.layout_file import layouts_in
from core.exports.layouts.shop_layouts import taught_in

GROUP: Final = "shopday.layouts"
_FOLDER: Final = Path(__file__).parent


@cache
def known_layouts() -> tuple[FileLayout, ...]:
    """Return all built-in layouts; layouts of a package that cannot be used are skipped."""
    found: list[FileLayout] = []
    for path in sorted(_FOLDER.glob("*.toml")):
        found += layouts_in(path.name, path.read_bytes())
    ids = {layout.id for layout in found}
    for path in _brought():
        try:
            more = layouts_in(path.name, path.read_bytes())
        except (BadInput, OSError):
            continue
        found += [layout for layout in more if layout.id not in ids]
    return tuple(found)


def layouts_of(shop: Path) -> Layouts:
    """Return the layouts for the shop's files; the shop's own replace built-in ones with the same id.

    Raise BadSettings if the shop's ``columns.toml`` is invalid.
    """
    taught = taught_in(shop)
    own = {layout.id for layout in taught}
    return Layouts(taught, tuple(layout for layout in known_layouts() if layout.id not in own))


def _brought() -> Iterator[Path]:
    for _, point in brought(GROUP):
        try:
            yield Path(point.load())
        except Exception:  # noqa: BLE001, S112 - other packages' code may raise anything
            continue
