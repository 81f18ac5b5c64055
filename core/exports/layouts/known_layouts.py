"""Layouts shipped with the program (one TOML file per platform) or provided by other packages.

A package provides layouts with an entry point of the group ``shopday.layouts`` whose object is the path of
such a file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from core.entry_points import brought
from core.errors import BadInput
from core.exports.layouts.file_layout import FileLayout, Layouts
from core.exports.layouts.layout_file import layouts_in
from core.exports.layouts.shop_layouts import taught_in
from core.extensions import left_out, one_line
from core.language.message import Message, say

GROUP: Final = "shopday.layouts"
_FOLDER: Final = Path(__file__).parent


class _Known(NamedTuple):
    layouts: tuple[FileLayout, ...]
    problems: tuple[Message, ...]


def known_layouts() -> tuple[FileLayout, ...]:
    """Return all layouts shipped with the program or provided by other packages, except unusable ones."""
    return _known().layouts


def layout_problems() -> tuple[Message, ...]:
    """Return a message for each package whose layout file, or a layout in it, was left out."""
    return _known().problems


@cache
def _known() -> _Known:
    found: list[FileLayout] = []
    for path in sorted(_FOLDER.glob("*.toml")):
        found += layouts_in(path.name, path.read_bytes())
    problems: list[Message] = []
    for source, point in brought(GROUP):
        ids = {layout.id for layout in found}
        try:
            path = Path(point.load())
            more = layouts_in(path.name, path.read_bytes())
        except Exception as error:  # noqa: BLE001 - other packages' code may raise anything
            why = str(error).rstrip(".") if isinstance(error, BadInput) else one_line(error)
            problems.append(left_out(source, GROUP, why))
            continue
        for layout in more:
            if layout.id in ids:
                problems.append(
                    left_out(source, GROUP, say("the name “{id}” is already taken", id=layout.id))
                )
            else:
                found.append(layout)
    return _Known(tuple(found), tuple(problems))


def layouts_of(shop: Path) -> Layouts:
    """Return the layouts for the shop's files; its own layouts replace built-in ones with the same id.

    Raise BadSettings if the shop's ``columns.toml`` is invalid.
    """
    taught = taught_in(shop)
    own = {layout.id for layout in taught}
    return Layouts(taught, tuple(layout for layout in known_layouts() if layout.id not in own))
