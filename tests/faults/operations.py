"""Every operation that writes, as a person starts it, and what there is of a shop to be lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

import sample
from core.facts.ledger import Ledger
from core.facts.ledger_check import look
from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from routines.days.routine_edit import Frequency, set_frequency
from routines.workday import thinning
from tests.channels.sent import outbox
from tests.server.shared import NINE, TEAM, at_work
from tui.cli import forking_server
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.cli.exit_codes import ended

EXPORTS: Final = Path(sample.__file__).parent / "exports"
STOCK: Final = next(EXPORTS.glob("stock/*15.xlsx"))
REVIEWS: Final = next(EXPORTS.glob("reviews/*"))
MONDAY: Final = date(2026, 11, 16)
ROBOT: Final = '[robot]\nkind = "dingtalk"\nurl = "https://oapi.dingtalk.com/robot/send?access_token=good"\n'
KEY: Final = "note:stock:2026-11-16"

State: TypeAlias = dict[str, Any]
Claim: TypeAlias = tuple[str, Callable[[State, State, State], bool]]
"""Words of a sentence, and whether they are true: of the state before, the state when it is done, and now."""


@dataclass(frozen=True)
class Operation:
    """Something that writes; ``base`` is the folder with the shop and, beside it, what is outside."""

    name: str
    do: Callable[[Path], int]
    """Does it as a person would and returns the exit code."""
    prepare: Callable[[Path], object] = lambda _: None
    """Makes of the shop what it works on."""
    again: Callable[[Path], int] | None = None
    """What a person does after it failed, where that is not the same once more."""
    between: Callable[[str, Any], bool] = lambda _, __: False
    """Tells of a part of the state (its name, its value) whether it may be so when it was cut off."""
    twice: bool = True
    """Doing it once more after it was done changes nothing."""


def command(*words: str) -> Callable[[Path], int]:
    """Return what runs ``shopday`` with the words, ``{shop}`` and the others filled in."""

    def run(base: Path) -> int:
        places = {"shop": base / "lanting", "out": base / "out", "new": base / "new"}
        filled = [word.format(**places) for word in words]
        shopday.main(filled, obj=Terms(clock=lambda: NINE, user="daemon"))

    return run


def at_the_desk(do: Callable[[Any], object]) -> Callable[[Path], int]:
    """Return what opens the day and does it there, ending as every command ends."""
    return lambda base: ended(lambda: do(at_work(base / "lanting", "daemon")) and None)


def make(base: Path, more: str = "") -> None:
    """Make the shop with something of everything in it; ``more``: further settings."""
    shop = base / "lanting"
    for folder in (shop / "inbox", base / "out", base / "run"):
        folder.mkdir(parents=True)
    (base / "run").chmod(0o700)
    (shop / "shop.toml").write_text(TEAM + more, encoding="utf-8")
    (shop / "routine.toml").write_text("[steps.stock]\nminutes = 20  # 沈岚\n", encoding="utf-8")
    (shop / "secrets.toml").write_text(ROBOT, encoding="utf-8")
    (shop / "secrets.toml").chmod(0o600)
    day = at_work(shop, "daemon")
    day.note("target", "the first word")
    day.drafts.save(KEY, "half a thought")


def imported(base: Path) -> None:
    """Import both exports."""
    from core.facts.imports import commit, preview

    for file in (STOCK, REVIEWS):
        commit(base / "lanting", preview(base / "lanting", file, today=MONDAY), who="沈岚", at=NINE)


def _inbox(base: Path) -> None:
    for file in (STOCK, REVIEWS):
        shutil.copy(file, base / "lanting" / "inbox")


def _undo(base: Path) -> int:
    found: list[str] = []
    batches = Ledger(base / "lanting").batches
    code = ended(lambda: found.extend(one.id for one in batches() if one.sheet == "reviews"))
    return code or command("undo", "{shop}", *found)(base)


def _lost_ledger(base: Path) -> None:
    imported(base)
    (base / "lanting" / "facts" / "ledger.json").unlink()


def _old_quarantine(base: Path) -> None:
    imported(base)
    shop = base / "lanting"
    rows = next((shop / "facts" / "reviews").glob("*.parquet"))
    place = shop / "facts" / "quarantine" / "2026-10-01" / "reviews"
    place.mkdir(parents=True)
    shutil.copy(rows, place / "20261001T090000-01234567.parquet")
    shutil.copy(rows, place / "20261001T090000-89abcdef.parquet")


def _old_files(base: Path) -> None:
    imported(base)
    for name in ("report.md", "all.tar.gz"):
        (base / "out" / name).write_bytes(b"older")


def _post_again(base: Path) -> int:
    """Look into the group, as the sentence says, and post again only when it asks for that."""
    going = any(one.state in ("going", "unknown") for one in outbox(base / "lanting"))
    return command("post", "{shop}", *(["--again"] if going else []))(base)


def _serve(base: Path) -> int:
    os.environ["XDG_RUNTIME_DIR"] = str(base / "run")
    return ended(lambda: forking_server.serve(0.05))


def _thinned(base: Path) -> None:
    thinning.choose(at_work(base / "lanting", "daemon"), "stock", "Mondays only")


def _imports_between(part: str, value: Any) -> bool:
    """Tell of one file imported; the rows of the other one, whose import broke off, are put in quarantine."""
    return (part == "imports" and len(value) == 1) or (part == "quarantine" and value == 1)


def _unclear(part: str, value: Any) -> bool:
    return part == "outbox" and set(value.values()) <= {"going", "unknown", "refused"}


OPERATIONS: Final = (
    Operation("note", command("note", "{shop}", "stock", "a whole thought")),
    Operation("first note", command("note", "{shop}", "stock", "a whole thought"),
              lambda base: shutil.rmtree(base / "lanting" / "journal")),
    Operation("draft", at_the_desk(lambda day: day.drafts.save(KEY, "half a thought more"))),
    Operation("draft dropped", at_the_desk(lambda day: day.drafts.drop(KEY))),
    Operation("import", command("import", "{shop}"), _inbox, between=_imports_between),
    Operation("undo", _undo, imported),
    Operation("settings", at_the_desk(lambda day: day.record(
        "target", "month_target", {"month": "2026-12-01", "target": "500000"}))),
    Operation("routine", at_the_desk(lambda day: set_frequency(
        day.folder, "stock", Frequency(repeat="weekly:MO")))),
    Operation("thin out", at_the_desk(lambda day: thinning.choose(day, "stock", "leave out"))),
    Operation("taken back", at_the_desk(lambda day: thinning.take_back(day, "stock")), _thinned),
    Operation("report", at_the_desk(lambda day: day.write_report("# 日报\n", "finished"))),
    Operation("report file", command("report", "{shop}", "-o", "{out}/report.md"), _old_files),
    Operation("post", command("post", "{shop}"), again=_post_again, between=_unclear, twice=False),
    Operation("backup", command("doctor", "{shop}", "--backup", "{out}/all.tar.gz"), _old_files),
    Operation("repair", command("doctor", "{shop}", "--repair"), _lost_ledger,
              between=lambda part, _: part == "imports"),
    Operation("prune", command("doctor", "{shop}", "--prune"), _old_quarantine,
              between=lambda part, value: part == "quarantine" and value == 1),
    Operation("init", command("init", "{new}", "--yes"), twice=False),
    Operation("server", _serve),
)  # fmt: skip

CLAIMS: Final[tuple[Claim, ...]] = (
    ("othing was changed", lambda before, _, now: now == before),
    ("othing was sent", lambda before, _, now: now["group"] == before["group"]),
    ("No backup was made", lambda before, _, now: now["files"] == before["files"]),
    ("shop.toml has the new value", lambda _, done, now: now["settings"] == done["settings"]),
    ("finished in the journal", lambda _, done, now: now["entries"] == done["entries"]),
    ("routine.toml stands as before", lambda before, _, now: now["routine"] == before["routine"]),
    ("routine.toml is as before again", lambda _, done, now: now["routine"] == done["routine"]),
    ("The shop could not be created", lambda before, _, now: now["new"] == before["new"]),
)
"""What sentences claim, in English."""


def state(base: Path) -> State:
    """Return what a person could miss, read as a fresh session reads it."""
    shop = base / "lanting"
    book = Book(shop)
    entries, shared = book.day(MONDAY), book.store.shared
    decided: dict[str, Any] = {}
    for entry in entries:
        if entry.kind == "decision":
            decided[f"{entry.step} {entry.data['key']}"] = (
                entry.data["choice"],
                _plain(entry.data["detail"]),
            )
    found: State = {
        "entries": [
            (one.kind, one.step, one.who, _plain(one.data)) for one in entries if one.kind != "decision"
        ],
        "decisions": {key: value for key, value in decided.items() if value[0]},
        "drafts": shared.drafts("daemon").all() | shared.drafts("沈岚").all(),
        "settings": _bytes(shop / "shop.toml"),
        "routine": _bytes(shop / "routine.toml"),
        "new": _bytes(base / "new" / "shop.toml"),
        "outbox": {one.about: one.state for one in outbox(shop)},
        "files": _files(base / "out") | _files(shop / "reports"),
    }
    damage = [*book.told(), *map(str, FileStore(shop).set_aside())]
    found["imports"], found["quarantine"] = [], 0
    if (shop / "facts" / "ledger.json").exists() or not (shop / "facts").exists():
        facts = look(shop)
        batches = sorted(Ledger(shop).batches(), key=lambda one: one.sheet)
        found["imports"] = [(one.sheet, one.file, one.rows) for one in batches if one.live]
        found["quarantine"] = len(facts.quarantined)
        damage += [f"rows of {one.id}" for one in (*facts.gone, *facts.damaged, *facts.undone)]
    found["damage"] = damage
    return found


def _plain(data: object) -> str:
    return json.dumps(
        data, default=lambda held: dict(held) if isinstance(held, Mapping) else str(held), sort_keys=True
    )


def _bytes(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _files(folder: Path) -> dict[str, str]:
    names = sorted(file for file in folder.glob("*") if not file.name.startswith("."))
    return {str(file): _tar(file) if file.suffix == ".gz" else _hash(file.read_bytes()) for file in names}


def _tar(file: Path) -> str:
    """Return what an archive holds, whenever it was made."""
    try:
        with tarfile.open(file) as archive:
            return _hash(repr([(one.name, one.size) for one in archive]).encode())
    except tarfile.ReadError:
        return _hash(file.read_bytes())


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:12]
