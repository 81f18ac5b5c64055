"""fleet.toml: the shops that are looked at together; every error names the file and the line.

::

    [shops]                      # name on the board = the shop's folder; relative to this file's folder
    lanting = "lanting"
    "青禾童装" = "/srv/shops/qinghe"

    [board]                      # where the rows of the board are kept
    store = "postgres"           # "files" (the default): in the folder board/ beside this file
    name = "north"               # with postgres: keeps several boards in one database apart
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from core.errors import BadSettings
from core.language.wording import excerpt, say
from core.shop.loading import read
from core.shop.settings import settings_file
from core.shop.toml_lines import line_of
from core.storage.decoding import settings_bytes

FILE: Final = "fleet.toml"
LONGEST_NAME: Final = 60
"""Characters of a shop's name; as a file name, Chinese characters take three bytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """Where the rows of the board are kept."""

    store: Literal["files", "postgres"] = "files"
    name: str = ""
    """The board's name in a database that keeps several; unused with files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _FleetFile:
    """The contents of fleet.toml."""

    shops: dict[str, str]
    board: BoardSettings = field(default_factory=BoardSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """The shops of a fleet.toml."""

    file: Path
    shops: Mapping[str, Path]
    """The folder of each shop by its name, in the order of the file."""
    board: BoardSettings

    @property
    def folder(self) -> Path:
        """The folder of fleet.toml."""
        return self.file.parent

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the shops whose folder has no shop.toml now."""
        return tuple(name for name, folder in self.shops.items() if not settings_file(folder).is_file())


def load_fleet(path: Path, *, all_there: bool = True) -> Fleet:
    """Return the fleet of the file, or of the fleet.toml in the folder ``path``.

    ``all_there``: also raise BadSettings if a shop's folder is missing or has no shop.toml; otherwise such
    shops are listed in :attr:`Fleet.missing`. Raise BadSettings if the file is missing or invalid.
    """
    path = path.expanduser()
    file = (path / FILE if path.is_dir() else path).resolve()
    try:
        raw = settings_bytes(file)
    except (FileNotFoundError, NotADirectoryError):
        raise BadSettings(
            say('There is no {file}. Write one with a table [shops]: name = "folder".', file=file)
        ) from None
    given = read(file.name, raw, _FleetFile)
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    folders: dict[Path, str] = {}
    for name, word in given.shops.items():
        folder = _folder(file, word)
        if wrong := _wrong(name, folder, folders, all_there=all_there):
            line = line_of(lines, f"shops.{name}")
            raise BadSettings(f"{file.name}:{line}: {wrong}")
        folders[folder] = name
    if not folders:
        raise BadSettings(say("{file}: [shops] names no shop yet.", file=file.name))
    return Fleet(file=file, shops={name: folder for folder, name in folders.items()}, board=given.board)


def _folder(file: Path, word: str) -> Path:
    """Return the absolute folder; a relative one starts from the folder of fleet.toml."""
    return (file.parent / Path(word).expanduser()).resolve()


def _wrong(name: str, folder: Path, before: Mapping[Path, str], *, all_there: bool) -> str:
    """Return what is wrong with this shop, as a sentence; empty if nothing is."""
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME or "/" in name or name.startswith("."):
        return say(
            "“{name}” cannot be a shop's name: use 1 to {most} characters without /, not starting "
            "with a dot.",
            name=excerpt(name),
            most=LONGEST_NAME,
        )
    if folder in before:
        return say("“{name}” and “{other}” are the same folder.", name=name, other=before[folder])
    if all_there and not settings_file(folder).is_file():
        return say(
            "the folder of “{name}” has no shop.toml ({folder}). Correct the path or remove the line.",
            name=name,
            folder=folder,
        )
    return ""
