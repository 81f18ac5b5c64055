"""The checks that ``shopday doctor`` makes of the terminal and of a shop's folder; they change nothing."""

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

from core.errors import ShopdayError, UsageError
from core.journal.book import Book
from core.journal.multi_day_index import MultiDayIndex
from core.journal.proposed_settings import proposed_settings
from core.journal.store_choice import store_of
from core.language import locale_folders
from core.language.numbers import count
from core.language.speech import language
from core.language.wording import plural, say, text
from core.shop.loading import load_shop
from core.shop.permissions import refusal
from core.shop.settings_wall import may_change, walled
from routines.plan.calendar import unknown_year
from tui.cli.output import versions

State = Literal["ok", "warn", "bad"]
LEAST_SIZE: Final = (80, 24)
_LITTLE_ROOM: Final = 200_000_000
_NO_ROOM: Final = 20_000_000
_WAIT_SECONDS: Final = 0.4
LOCK_SECONDS = 2.0
"""Seconds to wait for a lock; locks are held for milliseconds, so waiting longer means a hanging process."""
_SHARED: Final = ("", "inbox", "facts", "journal", "drafts", "cache", "reports")


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """The result of one check."""

    name: str
    """The check's name, stable for use in scripts."""
    state: State
    text: str
    """What was found and, if there is a problem, how to fix it."""


def terminal_checks() -> Iterator[DoctorCheck]:
    """Yield checks of the version and of the terminal's capabilities."""
    yield DoctorCheck("version", "ok", say("This is {version}.", version=versions()))
    yield _size()
    yield _letters()
    yield _language(language())
    yield _colours()
    yield _wide_characters()
    yield _clipboard()


def shop_checks(folder: Path, who: str, today: date) -> Iterator[DoctorCheck]:
    """Yield checks of the shop's folder and of what the person ``who`` may do in it."""
    yield _settings(folder)
    yield from _shop_language(folder)
    yield _person(folder, who)
    journal = _journal(folder)
    yield _rights(folder, journal.get("rights"))
    yield from _wall(folder)
    yield from _proposals(folder, today)
    yield _privacy(folder)
    yield from filter(None, (journal.get("locks"), _room(folder), journal.get("journal")))
    yield from _facts(folder)
    yield _calendar(today.year)
    yield from _channels(folder)
    yield from _extensions()


def _size() -> DoctorCheck:
    columns, lines = shutil.get_terminal_size()
    if columns >= LEAST_SIZE[0] and lines >= LEAST_SIZE[1]:
        return DoctorCheck(
            "size", "ok", say("The window has {columns} x {lines} characters.", columns=columns, lines=lines)
        )
    return DoctorCheck(
        "size",
        "warn",
        say(
            "The window has {columns} x {lines} characters; make it 80 x 24 or more.",
            columns=columns,
            lines=lines,
        ),
    )


def _letters() -> DoctorCheck:
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    if encoding in ("utf-8", "utf8"):
        return DoctorCheck("locale", "ok", say("The text encoding is UTF-8."))
    return DoctorCheck(
        "locale",
        "warn",
        say(
            "The text encoding is {encoding}, not UTF-8; set LANG=zh_CN.UTF-8 or C.UTF-8.",
            encoding=encoding or "?",
        ),
    )


def _language(code: str) -> DoctorCheck:
    """Check whether the program is completely translated into the language with this code."""
    name, source = (locale_folders.formats(one).name for one in (code, locale_folders.SOURCE))
    if wrong := locale_folders.wrong_formats(code):
        file = locale_folders.LOCALE / code / "formats.toml"
        return DoctorCheck("language", "warn", say(
            "{file}: {wrong} cannot be used, so the one of {source} is used instead; correct the file.",
            file=file, wrong=wrong[0], source=source,
        ))  # fmt: skip
    missing, every = locale_folders.untranslated(code)
    if missing:
        return DoctorCheck("language", "warn", plural(
            "{name} is incomplete: {missing} of {every} sentences is still shown in {source}.",
            "{name} is incomplete: {missing} of {every} sentences are still shown in {source}.",
            missing, name=name, missing=count(missing), every=count(every), source=source,
        ))  # fmt: skip
    return DoctorCheck("language", "ok", say("The language is {name}.", name=name))


def _shop_language(folder: Path) -> Iterator[DoctorCheck]:
    """Yield a check of the translation into the shop's language, if it differs from the terminal's."""
    with suppress(ShopdayError):  # already reported by another check
        code = load_shop(folder).language
        if code and code != language():
            yield _language(code)


def _colours() -> DoctorCheck:
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return DoctorCheck(
            "colours", "bad", say("TERM={term} cannot show a screen; set TERM=xterm-256color.", term=term)
        )
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return DoctorCheck("colours", "ok", say("All colours (TERM={term}).", term=term))
    number = 256 if "256" in term else 16
    return DoctorCheck("colours", "ok", say("{number} colours (TERM={term}).", number=number, term=term))


def _wide_characters() -> DoctorCheck:
    """Measure the printed width of a Chinese character and of one of ambiguous width."""
    chinese, ambiguous = _printed_width("中"), _printed_width("①")
    if chinese is None:
        return DoctorCheck(
            "width",
            "ok",
            say("The terminal did not answer, so the width of Chinese characters could not be measured."),
        )
    if chinese != 2:  # noqa: PLR2004 - width in cells
        return DoctorCheck(
            "width",
            "bad",
            say("This terminal shows Chinese characters with the wrong width; use one with a Chinese font."),
        )
    if ambiguous not in (None, 1):
        return DoctorCheck(
            "width",
            "warn",
            say("This terminal shows characters like ① two cells wide; set ambiguous width to narrow."),
        )
    return DoctorCheck("width", "ok", say("Chinese characters are two cells wide, which is correct."))


def _clipboard() -> DoctorCheck:
    """Check whether screen or tmux pass copied text on to the terminal; terminals cannot be asked."""
    if os.environ.get("STY"):
        return DoctorCheck(
            "clipboard",
            "warn",
            say("GNU screen does not pass on copied text; in the report, x saves a file instead."),
        )
    if os.environ.get("TMUX") and not _tmux_hands_on():
        return DoctorCheck(
            "clipboard", "warn", say("tmux does not pass on copied text; run: tmux set -g set-clipboard on")
        )
    return DoctorCheck(
        "clipboard",
        "ok",
        say("Text is copied with OSC 52; press c in the report, then paste on your own computer to check."),
    )


def _tmux_hands_on() -> bool:
    """Return whether one of tmux's two options lets it pass copied text on; True if tmux does not tell."""
    said = {name: _tmux_says(name) for name in ("set-clipboard", "allow-passthrough")}
    return said["set-clipboard"] in ("", "on") or said["allow-passthrough"] in ("on", "all")


def _tmux_says(option: str) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        command = ["tmux", "show-options", "-gv" if option == "set-clipboard" else "-gwv", option]
        asked = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False)  # noqa: S603 - constant arguments
        return asked.stdout.strip()
    return ""


def _settings(folder: Path) -> DoctorCheck:
    try:
        shop = load_shop(folder)
    except ShopdayError as error:
        return DoctorCheck("settings", "bad", str(error))
    return DoctorCheck("settings", "ok", say("shop.toml is correct: {name}.", name=shop.name))


def _person(folder: Path, who: str) -> DoctorCheck:
    try:
        why = refusal(load_shop(folder), who)
    except ShopdayError as error:
        return DoctorCheck("person", "bad", str(error))
    return (
        DoctorCheck("person", "warn", why)
        if why
        else DoctorCheck("person", "ok", say("{who} may write in this shop.", who=who))
    )


def _wall(folder: Path) -> Iterator[DoctorCheck]:
    """Check that other users cannot replace shop.toml; anyone with write access to its folder could.

    Yields nothing unless only the owner of shop.toml may change the settings.
    """
    if not walled(folder):
        return
    if folder.stat().st_mode & stat.S_IWGRP:
        yield DoctorCheck("wall", "warn", say(
            "Only its owner may write shop.toml, but the group could replace the file; run: chmod g-w "
        "{folder}", folder=folder,
        ))  # fmt: skip
    else:
        yield DoctorCheck("wall", "ok", say("Only the owner of shop.toml can change the settings."))


def _proposals(folder: Path, today: date) -> Iterator[DoctorCheck]:
    """Yield a check that counts the proposed changes of settings waiting for a decision, if there are any."""
    if not walled(folder):
        return
    try:
        entries = MultiDayIndex(Book(folder)).lasting(today)
    except ShopdayError:  # reported by the check of the settings or of the journal
        return
    waiting = [one for one in proposed_settings(entries) if one.state == "open"]
    if not waiting:
        return
    told = plural(
        "{n} proposed change of the settings is waiting; see it with: shopday proposals {shop}",
        "{n} proposed changes of the settings are waiting; see them with: shopday proposals {shop}",
        len(waiting),
        shop=folder,
    )
    yield DoctorCheck("proposals", "warn" if may_change(folder) else "ok", told)


def _privacy(folder: Path) -> DoctorCheck:
    """Check that users outside the group cannot access the shop, which depends on its folder's mode."""
    if folder.stat().st_mode & stat.S_IRWXO:
        return DoctorCheck(
            "privacy",
            "warn",
            say(
                "Everybody on this machine can read the shop's files; run: chmod o-rwx {folder}",
                folder=folder,
            ),
        )
    return DoctorCheck("privacy", "ok", say("Users outside the shop's group cannot read the shop's folder."))


def _closed_file(folder: Path) -> Path | None:
    """Return a settings or data file of the shop that this account cannot read; None if there is none."""
    files = chain(folder.glob("*.toml"), folder.glob("facts/**/*"))
    return next((file for file in files if not os.access(file, os.R_OK)), None)


def _rights(folder: Path, journal: DoctorCheck | None) -> DoctorCheck:
    """Check that this account may read and write the shop's folders.

    ``journal`` is the result of the same check for the journal's files; None if it found no problem.
    """
    shared = [name for name in _SHARED if name or not walled(folder)]
    closed = [name or "." for name in shared if (folder / name).is_dir() and not _writable(folder / name)]
    if closed:
        return DoctorCheck(
            "rights",
            "bad",
            say("You have no write permission in {folders}; ask for it.", folders=", ".join(closed)),
        )
    if (file := _closed_file(folder)) is not None:
        return DoctorCheck(
            "rights", "bad", say("You may not read {file}; its owner runs: chmod g+rw {file}", file=file)
        )
    return journal or DoctorCheck("rights", "ok", say("The folders can be read and written."))


def _journal(folder: Path) -> dict[str, DoctorCheck]:
    """Return the checks made by the storage of the journal, by name."""
    try:
        found = store_of(folder).checks(LOCK_SECONDS)
        return {one.about: DoctorCheck(one.about, one.state, text(one.text)) for one in found}
    except ShopdayError as error:
        return {"journal": DoctorCheck("journal", "bad", str(error))}


def _extensions() -> Iterator[DoctorCheck]:
    """Yield a check for each package's extension and each translation that cannot be used."""
    from core.exports.kinds.registry import SHEETS
    from core.exports.layouts.known_layouts import layout_problems
    from core.tables.registry import TABLES
    from routines.days.day_plan import STEPS

    for problem in (*SHEETS.problems, *STEPS.problems, *TABLES.problems, *layout_problems()):
        yield DoctorCheck("extensions", "warn", text(problem))
    for source in locale_folders.broken_catalogs():
        yield DoctorCheck(
            "extensions", "warn", say("The translations of {source} cannot be read.", source=source)
        )


def _channels(folder: Path) -> Iterator[DoctorCheck]:
    """Yield a check of where the shop's reports are posted, and one for each channel that cannot be used."""
    from core.channels.registry import channels
    from core.channels.secrets_file import is_set_up, place_of

    for problem in channels().problems:
        yield DoctorCheck("channels", "warn", text(problem))
    if not is_set_up(folder):
        yield DoctorCheck(
            "channels", "ok", say("Sending reports is not set up; shopday post --channels shows how.")
        )
        return
    try:
        place = place_of(folder)
    except UsageError as error:
        yield DoctorCheck("channels", "ok", str(error))
    except ShopdayError as error:
        yield DoctorCheck("channels", "warn", str(error))
    else:
        told = say("Reports can be sent to {channel} ({host}).", channel=place.channel.name, host=place.host)
        yield DoctorCheck("channels", "ok", told)


def _room(folder: Path) -> DoctorCheck:
    free = shutil.disk_usage(folder).free
    room = say("{megabytes} MB are free on the disk.", megabytes=count(free / 1e6))
    state: State = "ok" if free >= _LITTLE_ROOM else "warn" if free >= _NO_ROOM else "bad"
    return DoctorCheck("disk", state, room if state == "ok" else say("{room} Free some space.", room=room))


def _facts(folder: Path) -> Iterator[DoctorCheck]:
    """Compare the imported rows with the list of imports; yield one check for each kind of problem."""
    from core.facts.ledger_check import look

    try:
        found = look(folder)
    except ShopdayError as error:
        yield DoctorCheck("facts", "bad", str(error))
        return
    repair = say("Run: shopday doctor {shop} --repair", shop=folder)
    if number := len(found.gone):
        lost = plural("The rows of {n} import are missing.", "The rows of {n} imports are missing.", number)
        yield DoctorCheck("facts", "bad", f"{lost} {repair}")
    if number := len(found.damaged):
        yield DoctorCheck("facts", "bad", plural(
            "The rows of {n} import are damaged; undo {batch} and import its file again.",
            "The rows of {n} imports are damaged; undo each and import its file again. The first: {batch}.",
            number, batch=found.damaged[0].id,
        ))  # fmt: skip
    if number := len(found.undone):
        undone = plural(
            "{n} import was undone but still counts.",
            "{n} imports were undone but still count.",
            number,
        )
        yield DoctorCheck("facts", "bad", f"{undone} {repair}")
    if number := len(found.unknown):
        unknown = plural(
            "{n} data file belongs to no import; the next import moves it to quarantine.",
            "{n} data files belong to no import; the next import moves them to quarantine.",
            number,
        )
        yield DoctorCheck("facts", "warn", f"{unknown} {repair}")
    if number := len(found.quarantined):
        yield DoctorCheck("facts", "warn", plural(
            "{n} data file is in quarantine. --repair uses its data again if they are missing "
                "from the imports, --prune deletes files that have been there for 14 days.",
            "{n} data files are in quarantine. --repair uses their data again if they are "
                "missing from the imports, --prune deletes files that have been there for 14 days.",
            number,
        ))  # fmt: skip
    if not (found.gone or found.damaged or found.undone or found.unknown or found.quarantined):
        counting = plural(
            "{n} import is in use, and its rows are complete.",
            "{n} imports are in use, and their rows are complete.",
            found.batches,
        )
        yield DoctorCheck("facts", "ok", counting if found.batches else say("Nothing has been imported yet."))


def _calendar(year: int) -> DoctorCheck:
    if unknown := unknown_year(year):
        return DoctorCheck("calendar", "warn", unknown)
    return DoctorCheck("calendar", "ok", say("The official holidays of {year} are known.", year=year))


def _writable(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _printed_width(text: str) -> int | None:
    """Return by how many cells printing the text moves the cursor; None if the terminal does not tell."""
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
