"""The sample shop, made to be looked at: settings copied, exports imported, journal written as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from core.errors import BadInput
from core.facts.ledger import Ledger
from core.journal.book import Book, Unwritten
from core.journal.entry import KINDS
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.settings import settings_file
from core.storage.atomic_files import locked, make_folder, write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular
from tui.cli.context import Progress

LAST_DAY: Final = date(2026, 11, 16)
"""The sample's today: its exports reach up to the day before."""
BEGIN: Final = time(8, 30)
MARK: Final = ".demo"
"""Says that the folder is ours and how far it is: making, made."""
LOCK: Final = ".demo.lock"
"""Two who start the demo at once: the second waits for the first."""

Import = Callable[[Path, Sequence[Path], datetime, Progress], None]
"""Imports the files into the shop folder, or raises."""


def sample_folder() -> Path:
    """Return where the sample lies, beside the packages; BadInput when it was not installed."""
    spec = find_spec("sample")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    for place in map(Path, places):
        if (place / "shop.toml").is_file() and (place / "exports").is_dir():
            return place
    raise BadInput(
        say(
            "The sample shop was not installed with this shopday. "
            "Install it again, or run it from its repository."
        )
    )


def make_demo(folder: Path, take_in: Import, progress: Progress, sample: Path | None = None) -> None:
    """Make the sample shop in the folder unless it is there; what a stop left half made is made anew.

    BadInput when the folder is somebody's shop or holds other things: nothing is changed.
    """
    state = _state(folder)
    if state == "made":
        return
    if not state and folder.exists() and _holds_something(folder):
        raise BadInput(
            say(
                "{folder} holds other things; name an empty or a new folder for the sample shop.",
                folder=folder,
            )
        )
    sample = sample or sample_folder()
    make_folder(folder)
    with locked(folder / LOCK, seconds=600):
        if _state(folder) != "made":
            _make(folder, sample, take_in, progress)


def download(folder: Path, when: time, sample: Path | None = None) -> tuple[str, ...]:
    """Put the exports of the last day that exist by then into the inbox; return the names of the new ones.

    What waits there or was imported before is not put there again.
    """
    known = {batch.file for batch in Ledger(folder).batches()}
    new = []
    for made in sorted(((sample or sample_folder()) / "evening").glob("*/")):
        if made.name > f"{when:%H%M}":
            break
        for file in sorted(made.iterdir()):
            there = folder / "inbox" / file.name
            if file.name not in known and not there.exists():
                write_atomically(there, file.read_bytes())
                new.append(file.name)
    return tuple(new)


def _make(folder: Path, sample: Path, take_in: Import, progress: Progress) -> None:
    write_atomically(folder / MARK, b"making\n")
    for name in ("journal", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("inbox", "reports", "drafts"):
        make_folder(folder / name)
    write_atomically(settings_file(folder), (sample / "shop.toml").read_bytes())
    zone = load_shop(folder).zone
    exports = sorted(file for file in (sample / "exports").rglob("*") if file.is_file())
    take_in(folder, exports, datetime.combine(LAST_DAY, time(8, 20), zone), progress)
    replay(folder, sample / "entries.json")
    write_atomically(folder / MARK, b"made\n")


def replay(folder: Path, file: Path) -> None:
    """Write the sample's entries into the journal, with their own times and persons."""
    if not file.is_file():
        return
    rows = sorted(json_in(file.read_bytes(), file.name), key=lambda row: datetime.fromisoformat(row["at"]))
    book = Book(folder)
    ids: dict[str, str] = {}
    for day, of_day in groupby(rows, key=lambda row: datetime.fromisoformat(row["at"]).date()):
        for run in _runs(list(of_day)):
            entries = book.append_all(day, [_line(row, ids) for row in run])
            handles = (row["data"].get("id") for row in run)
            ids |= {handle: entry.id for handle, entry in zip(handles, entries, strict=True) if handle}


def _runs(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows in pieces that can be written at once: an action stands before what is said about it."""
    run: list[dict[str, Any]] = []
    for row in rows:
        mine = {one["data"].get("id") for one in run} - {None}
        if row["data"].get("action") in mine or row["data"].get("replaces") in mine:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _line(row: dict[str, Any], ids: dict[str, str]) -> Unwritten:
    """Return the sample's row as an entry; its own handles become the entries' ids."""
    if row["kind"] not in KINDS:
        raise BadInput(
            say("The sample's journal has an entry of a kind nobody knows: {kind}.", kind=row["kind"])
        )
    data = {name: value for name, value in row["data"].items() if name != "id"}
    for name in ("action", "replaces", "to"):
        if data.get(name) in ids:
            data[name] = ids[data[name]]
    return Unwritten(
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        kind=row["kind"],
        step=row.get("step", ""),
        data=data,
    )


def _holds_something(folder: Path) -> bool:
    return not folder.is_dir() or any(file.name != LOCK for file in folder.iterdir())


def _state(folder: Path) -> str:
    try:
        return read_regular(folder / MARK).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
