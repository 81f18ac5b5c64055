"""Import export files into a shop's data: check a file (preview), import it (commit), and undo an import.

A file is identified by the hash of its bytes: importing it twice changes nothing. The rows are written before
the ledger lists them and the ledger is replaced atomically, so the data stays consistent if the process is
killed. Row files that the ledger does not list are moved to quarantine, not deleted.
"""

from __future__ import annotations

import errno
import hashlib
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.errors import BadExport, BadInput, BadSettings, CannotWrite, NotConfirmed, Problem
from core.exports.cells import SHANGHAI
from core.exports.reading.file_size import check_size
from core.facts.batch import Batch
from core.facts.download_order import Download, copy_number, download_of, in_order, plausible
from core.facts.ledger import KEPT_PROBLEMS, Ledger
from core.facts.row_files import in_quarantine, is_there, put_in_quarantine, unreadable
from core.language.wording import plural, say
from core.shop.editing import add_shop_id
from core.shop.loading import load_shop
from core.shop.restricted_mode import out_of_bounds
from core.shop.settings import Shop, settings_file
from core.storage.atomic_files import make_folder, write_atomically
from core.storage.regular_files import RegularFile, read_regular

if TYPE_CHECKING:
    from core.exports.layouts.file_layout import Layouts
    from core.exports.reading.result import Reading
    from core.facts.replacing import Replaced

State: TypeAlias = Literal["new", "same", "refused"]
Progress: TypeAlias = Callable[[int, int, str], None]
_BLOCK = 1 << 20
_SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do; nothing has been changed yet."""

    path: Path
    file: str
    hash: str
    sheet: str
    """The sheet's id; empty if the kind of file was not recognized."""
    title: str
    """The sheet's title, as a message id to be translated."""
    rows: int
    dates: tuple[date, ...]
    problems: tuple[Problem, ...]
    state: State
    """``new``; ``same``: a file with these bytes is already imported; ``refused``: see the first problem."""
    replaces: tuple[date, ...] = ()
    """Days that earlier imports already cover; the rows of this file will count instead."""
    made: Download | None = None
    """When the file was made, as far as known."""
    batch: str = ""
    """The id of the existing batch if the file is already imported, else empty."""
    reading: Reading | None = field(default=None, repr=False, compare=False)
    """The rows read, kept so that the import need not read them again; None after being sent between
    processes."""


def preview(
    folder: Path, path: Path, *, today: date, progress: Progress | None = None, replace: bool = False
) -> Preview:
    """Return what importing the file into the shop's data would do.

    ``replace``: replace the file's days completely, even if it lacks rows that older files have. Raise
    BadInput if nothing can be imported: the ledger is unusable, or row files that it lists are missing.
    """
    try:
        with _export(folder, path) as export:
            looked = _looked(folder, export, today, progress, everything=replace)
            if not export.changed():
                return looked
        what = say("Another program is still writing the file; wait until it is complete.")
    except OSError as error:
        what = say("The file cannot be opened: {reason}.", reason=error.strerror or str(error))
    return _refused(path, what)


def _refused(path: Path, what: str) -> Preview:
    """Return a preview that refuses a file which was not read."""
    problem = Problem(what, where=path.name, level="refused")
    return Preview(path, path.name, "", "", "", 0, (), (problem,), "refused")


def _looked(
    folder: Path, export: RegularFile, today: date, progress: Progress | None, *, everything: bool
) -> Preview:
    """Return the preview of the opened file; hash and rows come from the same open file."""
    ledger, path = Ledger(folder), export.path
    try:
        check_size(export.status.st_size)
    except BadExport as error:
        return _refused(path, str(error))
    file_hash = _hash(export)
    if known := ledger.same(file_hash):
        title = _title(known.sheet)
        seen = (known.sheet, title, known.rows, known.dates, known.problems)
        return Preview(path, path.name, file_hash, *seen, "same", batch=known.id)
    _check_rows(ledger)
    reading = _read(folder, export, today, progress)
    sheet = reading.sheet.id if reading.sheet else ""
    made = download_of(path, _zone(folder))
    made = plausible(made, max(reading.dates, default=None), _end_of(today, made))
    found = _replaced(folder, reading, made, everything=everything)
    return Preview(
        path,
        path.name,
        file_hash,
        sheet,
        reading.sheet.title if reading.sheet else "",
        reading.rows,
        reading.dates,
        (*reading.problems, *found.problems, *_loose_codes(folder, reading, today)),
        "refused" if reading.refused else "new",
        found.days,
        made,
        reading=reading,
    )


def commit(
    folder: Path,
    looked: Preview,
    *,
    who: str,
    at: datetime,
    progress: Progress | None = None,
    tell: Callable[[Problem], object] | None = None,
    replace: bool = False,
) -> Batch:
    """Import the previewed file and return its batch, or the existing batch if the file is already imported.

    ``tell`` is called with a problem if rows had to be put in quarantine. ``replace``: as for
    :func:`preview`. Raise BadExport if the file was refused or has changed since the preview, BadInput if row
    files that the ledger lists are missing, and CannotWrite if writing fails; in all these cases nothing is
    changed.
    """
    from core.facts.batches import save

    if looked.state == "refused":
        raise BadExport(looked.problems[0].sentence())
    ledger = Ledger(folder)
    if known := ledger.same(looked.hash):
        return known
    reading = looked.reading or _read_again(folder, looked, at.date(), progress)
    make_folder(ledger.folder)
    with ledger.writing():
        if known := ledger.same(looked.hash):
            return known
        ledger.begin()
        _check_rows(ledger)
        _tidy(ledger, at, tell)
        batch = _batch(ledger, looked, reading, who, at, replace=replace)
        if progress:
            progress(looked.rows, looked.rows, say("writing {file}", file=looked.file))
        save(ledger.file_of(batch), reading, batch)
        ledger.add(batch)
    if reading.shop_id:
        with suppress(BadSettings, CannotWrite):  # ignored: the next import tries again
            add_shop_id(folder, reading.shop_id)
    return batch


def not_taken(path: Path, error: CannotWrite | BadInput, looked: Preview | None = None) -> Preview:
    """Return a refusing preview, with the reason, for a file whose import failed with ``error``."""
    reason = None if isinstance(error, NotConfirmed) else getattr(error.__cause__, "strerror", None)
    what = str(error) if reason is None else say("The file was not imported ({reason}).", reason=reason)
    todo = "" if reason is None else say("Solve this problem and import the file again.")
    problem = Problem(what, todo, where=path.name, level="refused")
    held = looked or Preview(path, path.name, "", "", "", 0, (), (), "refused")
    return changed(held, state="refused", problems=(problem, *held.problems))


def undo(folder: Path, batch_id: str, *, who: str, at: datetime) -> Batch:
    """Undo an import, so that older imports of its days are used again; undoing twice changes nothing."""
    ledger = Ledger(folder)
    with ledger.writing():
        batch = ledger.batch(batch_id)
        if batch is None:
            raise BadInput(
                say(
                    "There is no import {batch}. List them with: shopday undo {folder}",
                    batch=batch_id,
                    folder=folder,
                )
            )
        return ledger.mark(batch_id, who=who, at=at) if batch.live else batch


def comes_back(folder: Path, batch_id: str) -> dict[str, tuple[date, ...]]:
    """Return the earlier files that would be used again if the import were undone, with their days."""
    ledger = Ledger(folder)
    batch = ledger.batch(batch_id)
    if batch is None or not batch.live:
        return {}
    others = [one for one in in_order(ledger.live(batch.sheet)) if one.id != batch_id]
    found: dict[str, tuple[date, ...]] = {}
    for day in batch.dates:
        if file := next((one.file for one in reversed(others) if day in one.dates), ""):
            found[file] = (*found.get(file, ()), day)
    return found


def _batch(
    ledger: Ledger, looked: Preview, reading: Reading, who: str, at: datetime, *, replace: bool
) -> Batch:
    unknown = Download(None, *copy_number(Path(looked.file).stem))
    made = plausible(looked.made or unknown, max(reading.dates, default=None), at)
    found = _replaced(ledger.shop, reading, made, everything=replace)
    names = {batch.id for batch in ledger.batches()} | {path.stem for path in in_quarantine(ledger.folder)}
    name = stem = f"{at:%Y%m%dT%H%M%S}-{looked.hash[:8]}"
    turn = 1
    while name in names:
        turn += 1
        name = f"{stem}-{turn}"
    return Batch(
        id=name,
        sheet=looked.sheet,
        file=looked.file,
        hash=looked.hash,
        first=reading.dates[0],
        last=reading.dates[-1],
        dates=reading.dates,
        rows=reading.rows,
        problems=_most_telling(
            (*reading.problems, *found.problems, *_loose_codes(ledger.shop, reading, at.date()))
        ),
        who=who,
        at=at,
        number=ledger.next_number(),
        told=made.told,
        layout=reading.layout,
        whole=found.whole,
    )


def _most_telling(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems to store with the batch (at most KEPT_PROBLEMS), doubts about figures first."""
    ranked = sorted(problems, key=lambda problem: problem.level != "doubt")
    return tuple(ranked[:KEPT_PROBLEMS])


def _replaced(folder: Path, reading: Reading, made: Download, *, everything: bool) -> Replaced:
    from core.facts.replacing import replaced

    return replaced(folder, reading, made, everything=everything)


def _loose_codes(folder: Path, reading: Reading, today: date) -> tuple[Problem, ...]:
    from core.facts.stock_items import loose_codes

    return loose_codes(folder, reading, today)


def _end_of(today: date, made: Download) -> datetime:
    """Return the end of the day ``today`` in the time zone of ``made``."""
    return datetime.combine(today, time.max, made.told.tzinfo if made.told else None)


def _zone(folder: Path) -> tzinfo:
    shop = _shop(folder)
    return shop.zone if shop else SHANGHAI


def _check_rows(ledger: Ledger) -> None:
    """Raise BadInput if row files that the ledger lists are missing."""
    gone = ledger.gone()
    if gone:
        raise BadInput(
            plural(
                "The rows of {n} import are missing: {batch} ({file}). Nothing was changed. Run: shopday "
                "doctor {shop} --repair",
                "The rows of {n} imports are missing; the first: {batch} ({file}). Nothing was changed. "
                "Run: shopday doctor {shop} --repair",
                len(gone),
                batch=gone[0].id,
                file=gone[0].file,
                shop=ledger.shop,
            )
        )


def _tidy(ledger: Ledger, at: datetime, tell: Callable[[Problem], object] | None) -> None:
    """Move row files left by killed imports to quarantine, and write the notes that undone imports lack."""
    moved = [put_in_quarantine(ledger.folder, path, at.date()) for path in ledger.unknown()]
    if moved and tell is not None:
        what = plural(
            "{n} data file that belongs to no import was moved to quarantine: {file}.",
            "{n} data files that belong to no import were moved to quarantine, the last: {file}.",
            len(moved),
            file=moved[-1].relative_to(ledger.shop),
        )
        todo = say("To use these rows again, run: shopday doctor {shop} --repair", shop=ledger.shop)
        tell(Problem(what, todo, level="note"))
    ledger.note_undone()


def _export(folder: Path, path: Path) -> RegularFile:
    """Open the export file; links are followed only outside the shop's folder.

    Raise PermissionError if the session is restricted and the file lies outside inbox/.
    """
    named_there = path.absolute().is_relative_to(folder.absolute())
    export = RegularFile(
        path, follow=not (named_there or path.parent.resolve().is_relative_to(folder.resolve()))
    )
    if out_of_bounds(folder, export.real_path):
        export.close()
        raise PermissionError(errno.EPERM, say("the file is outside inbox/, and this session is restricted"))
    return export


def _read(folder: Path, export: RegularFile, today: date, progress: Progress | None) -> Reading:
    from core.exports.layouts.known_layouts import layouts_of
    from core.exports.reading.reader import read

    layouts = layouts_of(folder)
    reading = read(
        export.path,
        today=today,
        shop=_shop(folder),
        salt=_salt(folder),
        progress=progress,
        opened=export,
        layouts=layouts,
    )
    return _checked_units(folder, reading, layouts)


def _checked_units(folder: Path, reading: Reading, layouts: Layouts) -> Reading:
    """Return ``reading``, refused if a unit most likely changed since the last file with this layout."""
    from core.facts.unit_jumps import unit_jump

    jump = unit_jump(folder, reading, layouts) if reading.layout and not reading.refused else None
    return reading if jump is None else changed(reading, gathered=None, problems=(jump,), dates=())


def _read_again(folder: Path, looked: Preview, today: date, progress: Progress | None) -> Reading:
    """Read a previewed file again; raise BadExport if it has changed since the preview."""
    with suppress(OSError), _export(folder, looked.path) as export:
        reading = _read(folder, export, today, progress)
        if not reading.refused and _hash(export) == looked.hash and not export.changed():
            return reading
    raise BadExport(
        say("{file} has changed since you previewed it. Preview it again, then import it.", file=looked.file)
    )


def _shop(folder: Path) -> Shop | None:
    return load_shop(folder) if settings_file(folder).is_file() else None


def _salt(folder: Path) -> bytes:
    """Return the random salt for hashing this shop's buyer names; create it beside the ledger if missing."""
    path = Ledger(folder).folder / "salt"
    try:
        if is_there(path):
            return read_regular(path)
        make_folder(path.parent)
        with Ledger(folder).writing():
            if not is_there(path):
                write_atomically(path, secrets.token_bytes(_SALT_BYTES))
        return read_regular(path)
    except OSError as error:
        raise unreadable(path, error) from error


def _title(sheet: str) -> str:
    from core.exports.kinds.registry import SHEETS

    return SHEETS[sheet].title if sheet in SHEETS else sheet


def _hash(export: RegularFile) -> str:
    digest = hashlib.sha256()
    with export.reader() as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
