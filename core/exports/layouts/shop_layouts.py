"""A shop's own layouts: ``columns.toml`` in its folder, with all older versions in ``columns.d``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import tomlkit

from core.errors import BadInput
from core.exports.layouts.file_layout import FileLayout
from core.exports.layouts.layout_file import VERSION, layouts_in, plain_of
from core.language.wording import say
from core.shop.rewriting import edited, rewrite
from core.storage.atomic_files import make_folder, write_atomically
from core.storage.decoding import settings_bytes

FILE: Final = "columns.toml"
OLDER: Final = "columns.d"
_LOCK: Final = ".columns.toml.lock"


def taught_in(shop: Path) -> tuple[FileLayout, ...]:
    """Return the layouts that users have defined for this shop; () if the shop has no layouts file.

    Raise BadSettings if the file is invalid.
    """
    try:
        raw = settings_bytes(shop / FILE)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return _read(raw)


@lru_cache(maxsize=4)
def _read(raw: bytes) -> tuple[FileLayout, ...]:
    return layouts_in(FILE, raw)


def keep(shop: Path, layout: FileLayout) -> FileLayout:
    """Write the layout, with an increased version if its id exists, and return it as written.

    The previous version is kept in ``columns.d``. Raise BadSettings if the file is invalid or another layout
    matches the same files, and CannotWrite if writing fails.
    """
    made: list[FileLayout] = []

    def change(raw: bytes | None) -> bytes:
        known = {one.id: one for one in layouts_in(FILE, raw)} if raw is not None else {}
        before = known.get(layout.id)
        newest = layout._replace(version=_newest(shop, layout.id, before) + 1)
        if before is not None:
            _set_aside(shop, before)
        made[:] = [newest]
        return _with(raw, newest)

    rewrite(shop / FILE, shop / _LOCK, change)
    return made[0]


def forget(shop: Path, layout_id: str) -> FileLayout:
    """Remove the layout from the file and return it; a copy stays in ``columns.d``.

    Raise BadInput if it does not exist.
    """
    gone: list[FileLayout] = []

    def change(raw: bytes | None) -> bytes:
        known = {one.id: one for one in layouts_in(FILE, raw)} if raw is not None else {}
        if raw is None or layout_id not in known:
            raise nobody_knows(layout_id, list(known))
        gone[:] = [known[layout_id]]
        _set_aside(shop, known[layout_id])

        def edit(document: tomlkit.TOMLDocument) -> None:
            layouts: Any = document["layout"]
            del layouts[next(at for at, one in enumerate(layouts) if one["id"] == layout_id)]
            if not layouts:
                del document["layout"]

        return _checked(edited(FILE, raw, edit))

    rewrite(shop / FILE, shop / _LOCK, change)
    return gone[0]


def nobody_knows(layout_id: str, known: Sequence[str]) -> BadInput:
    """Return the error for a layout id that does not exist. ``known``: the ids that exist."""
    names = ", ".join(known)
    if not names:
        return BadInput(say("There is no layout “{id}”: this shop has not been taught any.", id=layout_id))
    return BadInput(say("There is no layout “{id}”. Available: {names}.", id=layout_id, names=names))


def document_of(layout: FileLayout) -> str:
    """Return the text of a TOML file that contains only this layout."""
    document = tomlkit.document()
    document["version"] = VERSION
    _put(layout)(document)
    return tomlkit.dumps(document)


def _with(raw: bytes | None, layout: FileLayout) -> bytes:
    """Return the file's text with the layout added, or replaced if its id exists."""
    before = raw if raw is not None else f"version = {VERSION}\n".encode()
    return _checked(edited(FILE, before, _put(layout)))


def _checked(made: bytes) -> bytes:
    layouts_in(FILE, made)
    return made


def _put(layout: FileLayout) -> Callable[[tomlkit.TOMLDocument], None]:
    def edit(document: tomlkit.TOMLDocument) -> None:
        if "layout" not in document:
            document["layout"] = tomlkit.aot()
        layouts: Any = document["layout"]
        table = tomlkit.item(plain_of(layout))
        table.trivia.indent = "\n"
        at = next((at for at, one in enumerate(layouts) if one["id"] == layout.id), None)
        if at is None:
            layouts.append(table)
        else:
            layouts[at] = table

    return edit


def _newest(shop: Path, layout_id: str, before: FileLayout | None) -> int:
    """Return the highest version number that a layout with this id has ever had, even if it was removed."""
    kept = [path.suffixes[-2].removeprefix(".") for path in (shop / OLDER).glob(f"{layout_id}.*.toml")]
    return max([0 if before is None else before.version, *(int(one) for one in kept if one.isdigit())])


def _set_aside(shop: Path, layout: FileLayout) -> None:
    make_folder(shop / OLDER)
    write_atomically(shop / OLDER / f"{layout.id}.{layout.version}.toml", document_of(layout).encode())
