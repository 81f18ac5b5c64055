"""Creation of a sample shop for demonstration: settings are copied, exports imported, a journal written."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from core.errors import BadInput, CannotWrite
from core.facts.ledger import Ledger
from core.journal.book import Book, Unwritten
from core.journal.entry import KINDS
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.settings import settings_file
from core.storage.atomic_files import locked, make_folder, write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular
from core.storage.system_errors import words_of
from routines.workday.sample_figures import FILE
from tui.cli.context import Progress
from tui.cli.samples import FIRST, SAMPLES

LAST_DAY: Final = date(2026, 11, 16)
"""The sample's current day; its exports end on the day before."""
BEGIN: Final = time(8, 30)
MARK: Final = ".demo"
"""The file that marks the folder as a sample shop; its first line is "making" or "made", its second the
sample's name, where that is not the first sample."""
LOCK: Final = ".demo.lock"
"""The lock file; if the demo is started twice at once, the second process waits for the first."""

Import = Callable[[Path, Sequence[Path], datetime, Progress], None]
"""A function that imports files into the shop's folder at the given time; it raises BadInput if it cannot."""


def sample_folder(name: str = FIRST) -> Path:
    """Return the folder of a sample shop's data; raise BadInput if it was not installed."""
    spec = find_spec("sample")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    for root in map(Path, places):
        place = root if name == FIRST else root / name
        if (place / "shop.toml").is_file() and (place / "exports").is_dir():
            return place
    raise BadInput(
        say(
            "The sample shop is not included in this installation. Install shopday again, or run it "
            "from its repository."
        )
    )


def make_demo(
    folder: Path,
    take_in: Import,
    progress: Progress,
    sample: Path | None = None,
    name: str = FIRST,
) -> None:
    """Create a sample shop in the folder if it does not exist; an incomplete one is created anew.

    ``sample`` is the folder of its data; if None, that of the sample shop called ``name``.

    Raise BadInput, without changing anything, if the folder is a real shop or contains other files.
    """
    state = _state(folder)
    if state == "made":
        return
    name = made_from(folder) if state else name
    if not state and folder.exists() and _holds_something(folder):
        raise BadInput(
            say(
                "{folder} is not empty; give an empty or new folder for the sample shop.",
                folder=folder,
            )
        )
    sample = sample or sample_folder(name)
    make_folder(folder)
    with locked(folder / LOCK, seconds=600):
        if _state(folder) != "made":
            _make(folder, sample, name, take_in, progress)


def set_aside(folder: Path) -> Path | None:
    """Rename the folder of an existing sample shop, with everything in it, so that a fresh one can be made.

    Return its new path; None, leaving the folder as it is, if it is not a sample shop.
    """
    if not _state(folder):
        return None
    names = (folder.with_name(f"{folder.name}-{number}") for number in itertools.count(1))
    free = next(name for name in names if not name.exists() and not name.is_symlink())
    try:
        folder.rename(free)
    except OSError as error:
        raise CannotWrite(
            say("{folder} could not be renamed ({reason}).", folder=folder, reason=words_of(error))
        ) from error
    return free


def download(folder: Path, when: time, sample: Path | None = None) -> tuple[str, ...]:
    """Copy the exports available by ``when`` on the sample's last day into the inbox.

    Return the names of the files copied; those already in the inbox or imported are not copied again.
    """
    known = {batch.file for batch in Ledger(folder).batches()}
    new = []
    for made in sorted(((sample or sample_folder(made_from(folder))) / "evening").glob("*/")):
        if made.name > f"{when:%H%M}":
            break
        for file in sorted(made.iterdir()):
            there = folder / "inbox" / file.name
            if file.name not in known and not there.exists():
                write_atomically(there, file.read_bytes())
                new.append(file.name)
    return tuple(new)


def _make(folder: Path, sample: Path, name: str, take_in: Import, progress: Progress) -> None:
    called = "" if name == FIRST else f"{name}\n"
    write_atomically(folder / MARK, f"making\n{called}".encode())
    for made in ("journal", "cache"):
        shutil.rmtree(folder / made, ignore_errors=True)
    for made in ("inbox", "reports", "drafts"):
        make_folder(folder / made)
    write_atomically(settings_file(folder), (sample / "shop.toml").read_bytes())
    zone = load_shop(folder).zone
    exports = sorted(file for file in (sample / "exports").rglob("*") if file.is_file())
    take_in(folder, exports, datetime.combine(LAST_DAY, time(8, 20), zone), progress)
    replay(folder, sample / "entries.json")
    if (typed := sample / "typed.json").is_file():
        write_atomically(folder / FILE, typed.read_bytes())
    write_atomically(folder / MARK, f"made\n{called}".encode())


def replay(folder: Path, file: Path) -> None:
    """Write the sample's entries to the journal, with their original times and authors."""
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
    """Yield groups of consecutive rows that can be written to the journal at once.

    An entry that others refer to must be written before them, because they need its id.
    """
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
    """Return a row of the sample as a journal entry, with its placeholders replaced by ids of entries."""
    if row["kind"] not in KINDS:
        raise BadInput(
            say("The sample's journal contains an unknown kind of entry: {kind}.", kind=row["kind"])
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


def made_from(folder: Path) -> str:
    """Return the name of the sample from which the folder's shop was made."""
    name = _mark(folder)[1:2]
    return name[0] if name and name[0] in SAMPLES else FIRST


def _state(folder: Path) -> str:
    return next(iter(_mark(folder)), "")


def _mark(folder: Path) -> list[str]:
    try:
        return read_regular(folder / MARK).decode("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return []
