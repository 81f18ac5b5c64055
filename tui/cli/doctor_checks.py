"""What ``shopday doctor`` looks at: the terminal, then the shop's folder. Nothing is changed by looking."""

from __future__ import annotations

import os
import re
import select
import shutil
import stat
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from core.errors import CannotWrite, ShopdayError
from core.journal.book import Book
from core.language.wording import plural, say
from core.shop.loading import load_shop
from core.shop.permissions import refusal
from core.shop.settings import settings_file
from core.storage.atomic_files import locked
from routines.plan.calendar import unknown_year

State = Literal["ok", "warn", "bad"]
LEAST_SIZE: Final = (80, 24)
_LITTLE_ROOM: Final = 200_000_000
_NO_ROOM: Final = 20_000_000
_WAIT_SECONDS: Final = 0.4
OWNERS_ALONE: Final = 0o640
"""The mode of shop.toml where its owner alone changes the settings."""
LOCK_SECONDS = 2.0
"""A lock is held for milliseconds; who holds it longer hangs."""
_SHARED: Final = ("", "inbox", "facts", "journal", "drafts", "cache", "reports")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    """Stable, for scripts."""
    state: State
    text: str
    """What was found and, unless all is well, what to do."""


def terminal_checks() -> Iterator[Check]:
    """Yield what the terminal can do."""
    yield _size()
    yield _letters()
    yield _colours()
    yield _wide_characters()
    yield _clipboard()


def shop_checks(folder: Path, who: str, today: date) -> Iterator[Check]:
    """Yield how the shop's folder stands, for this person."""
    yield _settings(folder)
    yield _person(folder, who)
    yield _rights(folder)
    yield from _wall(folder)
    yield _privacy(folder)
    yield _lock(folder)
    yield _room(folder)
    yield _set_aside(folder)
    yield from _facts(folder)
    yield _calendar(today.year)


def _size() -> Check:
    columns, lines = shutil.get_terminal_size()
    if columns >= LEAST_SIZE[0] and lines >= LEAST_SIZE[1]:
        return Check(
            "size", "ok", say("The window has {columns} x {lines} characters.", columns=columns, lines=lines)
        )
    return Check(
        "size",
        "warn",
        say(
            "The window has {columns} x {lines} characters; make it 80 x 24 or more.",
            columns=columns,
            lines=lines,
        ),
    )


def _letters() -> Check:
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    if encoding in ("utf-8", "utf8"):
        return Check("locale", "ok", say("Text is UTF-8."))
    return Check(
        "locale",
        "warn",
        say("Text is {encoding}, not UTF-8; set LANG=zh_CN.UTF-8 or C.UTF-8.", encoding=encoding or "?"),
    )


def _colours() -> Check:
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return Check(
            "colours", "bad", say("TERM={term} cannot show a screen; set TERM=xterm-256color.", term=term)
        )
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return Check("colours", "ok", say("All colours (TERM={term}).", term=term))
    number = 256 if "256" in term else 16
    return Check("colours", "ok", say("{number} colours (TERM={term}).", number=number, term=term))


def _wide_characters() -> Check:
    """Ask the terminal where the cursor stands after a Chinese character, and after an ambiguous one."""
    chinese, ambiguous = _printed_width("中"), _printed_width("①")
    if chinese is None:
        return Check(
            "width", "ok", say("The width of Chinese characters was not measured: no terminal answered.")
        )
    if chinese != 2:  # noqa: PLR2004 - two cells
        return Check(
            "width", "bad", say("This terminal draws Chinese characters wrong; use one with a Chinese font.")
        )
    if ambiguous not in (None, 1):
        return Check(
            "width",
            "warn",
            say("This terminal draws characters like ① two cells wide; set ambiguous width to narrow."),
        )
    return Check("width", "ok", say("Chinese characters are two cells wide, as they should be."))


def _clipboard() -> Check:
    """A terminal never says whether it took a copy; what stands between can be asked."""
    if os.environ.get("STY"):
        return Check(
            "clipboard", "warn", say("screen hands no copies on; in the report x writes a file instead.")
        )
    if os.environ.get("TMUX") and not _tmux_hands_on():
        return Check("clipboard", "warn", say("tmux hands no copies on; run: tmux set -g set-clipboard on"))
    return Check(
        "clipboard", "ok", say("Copies go by OSC 52; try c in the report, then paste on your own computer.")
    )


def _tmux_hands_on() -> bool:
    """Tell whether one of tmux's two ways is open, or nothing can be told."""
    said = {name: _tmux_says(name) for name in ("set-clipboard", "allow-passthrough")}
    return said["set-clipboard"] in ("", "on") or said["allow-passthrough"] in ("on", "all")


def _tmux_says(option: str) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        command = ["tmux", "show-options", "-gv" if option == "set-clipboard" else "-gwv", option]
        asked = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False)  # noqa: S603 - fixed words
        return asked.stdout.strip()
    return ""


def _settings(folder: Path) -> Check:
    try:
        shop = load_shop(folder)
    except ShopdayError as error:
        return Check("settings", "bad", str(error))
    return Check("settings", "ok", say("shop.toml is fine: {name}.", name=shop.name))


def _person(folder: Path, who: str) -> Check:
    try:
        why = refusal(load_shop(folder), who)
    except ShopdayError as error:
        return Check("person", "bad", str(error))
    return (
        Check("person", "warn", why) if why else Check("person", "ok", say("{who} may write here.", who=who))
    )


def _walled(folder: Path) -> bool:
    """Tell whether the settings are meant to be changed by the owner of their file alone."""
    with suppress(OSError):
        return stat.S_IMODE(settings_file(folder).stat().st_mode) == OWNERS_ALONE
    return False


def _wall(folder: Path) -> Iterator[Check]:
    """A file that others may not write can still be replaced by whoever may write in its folder."""
    if not _walled(folder):
        return
    if folder.stat().st_mode & stat.S_IWGRP:
        yield Check("wall", "warn", say(
            "Only its owner may write shop.toml, but the group may put another file in its place; "
            "run: chmod g-w {folder}", folder=folder,
        ))  # fmt: skip
    else:
        yield Check("wall", "ok", say("Only the owner of shop.toml changes the settings."))


def _privacy(folder: Path) -> Check:
    """Who is not of the group gets nothing: that hangs on the shop's own folder."""
    if folder.stat().st_mode & stat.S_IRWXO:
        return Check(
            "privacy",
            "warn",
            say("Everybody on this machine can look into the shop; run: chmod o-rwx {folder}", folder=folder),
        )
    return Check("privacy", "ok", say("The folder is closed to other groups."))


def _closed_file(folder: Path) -> Path | None:
    """Return a file of the shop that this person cannot read."""
    files = chain(folder.glob("*.toml"), folder.glob("journal/*/*.json"), folder.glob("facts/**/*"))
    return next((file for file in files if not os.access(file, os.R_OK)), None)


def _rights(folder: Path) -> Check:
    shared = [name for name in _SHARED if name or not _walled(folder)]
    closed = [name or "." for name in shared if (folder / name).is_dir() and not _writable(folder / name)]
    if closed:
        return Check(
            "rights",
            "bad",
            say("You may not write in {folders}; ask for write permission.", folders=", ".join(closed)),
        )
    if (file := _closed_file(folder)) is not None:
        return Check(
            "rights", "bad", say("You may not read {file}; its owner runs: chmod g+rw {file}", file=file)
        )
    journal = folder / "journal"
    if journal.is_dir() and not journal.stat().st_mode & stat.S_ISGID:
        return Check(
            "rights",
            "warn",
            say(
                "New files in journal/ will not belong to the group; run: chmod g+rws {folder}",
                folder=journal,
            ),
        )
    return Check("rights", "ok", say("The folders can be read and written."))


def _lock(folder: Path) -> Check:
    """A lock is held for milliseconds; one that is held longer belongs to somebody who hangs."""
    if not (folder / "journal").is_dir():
        return Check("locks", "ok", say("Nobody has written here yet."))
    try:
        with locked(folder / "journal" / ".lock", seconds=LOCK_SECONDS):
            return Check("locks", "ok", say("Nobody blocks the journal."))
    except CannotWrite as error:
        return Check("locks", "bad", str(error))


def _room(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    room = say("{megabytes} MB are free on the disk.", megabytes=f"{free / 1e6:,.0f}")
    state: State = "ok" if free >= _LITTLE_ROOM else "warn" if free >= _NO_ROOM else "bad"
    return Check("disk", state, room if state == "ok" else say("{room} Make room.", room=room))


def _set_aside(folder: Path) -> Check:
    damaged = Book(folder).set_aside()
    if damaged:
        return Check(
            "journal",
            "warn",
            say("Damaged days were set aside; look at {file}.", file=damaged[-1]),
        )
    return Check("journal", "ok", say("No damaged days."))


def _facts(folder: Path) -> Iterator[Check]:
    """Hold the imported rows against the ledger; one line for each thing that is wrong."""
    from core.facts.ledger_check import look

    try:
        found = look(folder)
    except ShopdayError as error:
        yield Check("facts", "bad", str(error))
        return
    repair = say("Run: shopday doctor {shop} --repair", shop=folder)
    if number := len(found.gone):
        lost = plural("{n} import has lost its rows.", "{n} imports have lost their rows.", number)
        yield Check("facts", "bad", f"{lost} {repair}")
    if number := len(found.damaged):
        yield Check("facts", "bad", plural(
            "The rows of {n} import are damaged; undo {batch} and import its file again.",
            "The rows of {n} imports are damaged; undo each and import its file again. The first: {batch}.",
            number, batch=found.damaged[0].id,
        ))  # fmt: skip
    if number := len(found.undone):
        undone = plural(
            "{n} import was taken back and counts all the same.",
            "{n} imports were taken back and count all the same.",
            number,
        )
        yield Check("facts", "bad", f"{undone} {repair}")
    if number := len(found.unknown):
        unknown = plural(
            "{n} file of rows is named by no import; the next import puts it in quarantine.",
            "{n} files of rows are named by no import; the next import puts them in quarantine.",
            number,
        )
        yield Check("facts", "warn", f"{unknown} {repair}")
    if number := len(found.quarantined):
        yield Check("facts", "warn", plural(
            "{n} file of rows lies in quarantine. --repair takes in what does not count yet, "
            "--prune removes what has lain there for 14 days.",
            "{n} files of rows lie in quarantine. --repair takes in what does not count yet, "
            "--prune removes what has lain there for 14 days.",
            number,
        ))  # fmt: skip
    if not (found.gone or found.damaged or found.undone or found.unknown or found.quarantined):
        counting = plural(
            "{n} import counts, and its rows are there.",
            "{n} imports count, and their rows are there.",
            found.batches,
        )
        yield Check("facts", "ok", counting if found.batches else say("Nothing has been imported yet."))


def _calendar(year: int) -> Check:
    if unknown := unknown_year(year):
        return Check("calendar", "warn", unknown)
    return Check("calendar", "ok", say("The official days off of {year} are known.", year=year))


def _writable(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _printed_width(text: str) -> int | None:
    """Return how far the cursor moved; None where nobody answers."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return None
    with suppress(OSError, termios.error):
        return _with_raw_keys(lambda: _measure(text))
    return None


def _measure(text: str) -> int | None:
    sys.stdout.write(f"\r{text}\x1b[6n")
    sys.stdout.flush()
    answer = _answer()
    sys.stdout.write("\r\x1b[K")
    sys.stdout.flush()
    found = re.search(rb"\x1b\[\d+;(\d+)R", answer)
    return int(found[1]) - 1 if found else None


def _answer() -> bytes:
    answer, until = b"", time.monotonic() + _WAIT_SECONDS
    while not answer.endswith(b"R") and (left := until - time.monotonic()) > 0:
        if select.select([sys.stdin], [], [], left)[0]:
            answer += os.read(sys.stdin.fileno(), 64)
    return answer


def _with_raw_keys(ask: Callable[[], int | None]) -> int | None:
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        return ask()
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
