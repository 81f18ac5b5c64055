"""Notice what has changed in a shop since its last job: files that arrived, imports, settings, entries, time.

A look reads no export and computes nothing; it costs a few calls of ``stat``.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from core.errors import BadSettings
from core.exports.reading.recognise import waiting
from core.journal.book import Book
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.settings import Shop, settings_file
from routines.fleet.report_post import posting_time
from routines.fleet.shop_state import FileStamp, ShopState, file_stamp, state_of
from routines.plan.calendar import day_of

RETRY_SECONDS: Final = 600.0
"""How long a shop whose job failed is left alone, unless its settings, imports or inbox change."""
PATIENCE: Final = 60.0
"""How many seconds other work waits for files that are still being written, so that it is done once."""
_ENTRIES: Final = timedelta(minutes=1)
"""New entries in the journal make a new job at most this often."""
INBOX: Final = "inbox"


class ShopLook(NamedTuple):
    """What a look at a shop has found."""

    day: date
    facts: str
    settings: str
    journal: str
    files: Mapping[str, FileStamp]
    """The settled files of the inbox that no job has seen, by their path within the inbox."""
    due: bool
    """Whether there is work for a job."""


class _Settings(NamedTuple):
    stamp: str
    shop: Shop
    book: Book


class ShopWatch:
    """Looks at one shop again and again."""

    def __init__(self, folder: Path, *, settle: float, refresh: timedelta) -> None:
        """Begin watching.

        ``settle``: the seconds for which a file in the inbox must not have changed before it is imported.
        ``refresh``: the time after which a shop without any change is worked through again, because some
        answers depend on the time of day.
        """
        self.folder = folder
        self._settle = settle
        self._refresh = refresh
        self._seen: dict[str, tuple[FileStamp, float]] = {}
        """The files of the inbox with their stamps, and since when they have had these."""
        self._growing: float | None = None
        """Since when there have been new files that are not settled; None: there are none."""
        self._settings: _Settings | None = None
        self._failed: tuple[float, object] | None = None
        """When the last job failed, and what the shop looked like."""

    def look(self, now: datetime, tick: float) -> ShopLook:
        """Return what has changed since the last job.

        ``tick``: the monotonic clock in seconds. Raise ShopdayError or OSError if the shop's settings are
        invalid or its folder is gone.
        """
        held = self._loaded()
        here = now.astimezone(held.shop.zone)
        day = day_of(here)
        state = state_of(self.folder)
        seen = self._inbox(held.shop, tick)
        new = {name: stamp for name, (stamp, _) in seen.items() if state.files.get(name) != stamp}
        files = {name: stamp for name, stamp in new.items() if tick - seen[name][1] >= self._settle}
        self._growing = (self._growing or tick) if len(files) < len(new) else None
        facts = file_stamp(self.folder / "facts" / "ledger.json")
        journal = str(held.book.stamp(day))
        look = ShopLook(day, facts, held.stamp, journal, files, due=False)
        due = self._failed is not None or _is_due(look, state, here, held.shop, self._refresh)
        waiting = self._growing is not None and tick - self._growing < PATIENCE
        return look._replace(due=due and not waiting)

    @property
    def unsettled(self) -> bool:
        """Whether the last look found new files that may still be written."""
        return self._growing is not None

    def failed(self, tick: float) -> None:
        """Remember that the shop's job failed, so that it is left alone for a while."""
        self._failed = (tick, self._outside())

    def resting(self, tick: float) -> bool:
        """Return whether the shop is left alone, because its job failed and nothing has changed since."""
        if self._failed is None:
            return False
        since, looked = self._failed
        return tick - since < RETRY_SECONDS and looked == self._outside()

    def worked(self) -> None:
        """Remember that the shop's job was done."""
        self._failed = None

    def _outside(self) -> object:
        """Return what the shop looks like from outside, without reading its settings."""
        inbox = self.folder / INBOX
        return (
            settings_stamp(self.folder),
            file_stamp(self.folder / "facts" / "ledger.json"),
            file_stamp(inbox),
        )

    def _loaded(self) -> _Settings:
        check_there(self.folder)
        stamp = settings_stamp(self.folder)
        if self._settings is None or self._settings.stamp != stamp:
            self._settings = _Settings(stamp, load_shop(self.folder), Book(self.folder))
        return self._settings

    def _inbox(self, shop: Shop, tick: float) -> dict[str, tuple[FileStamp, float]]:
        inbox, seen = self.folder / INBOX, dict[str, tuple[FileStamp, float]]()
        for path in waiting(inbox, shop.limits.inbox):
            with suppress(OSError):  # gone again
                status = path.stat()
                name, stamp = str(path.relative_to(inbox)), (status.st_size, status.st_mtime_ns)
                before = self._seen.get(name)
                seen[name] = before if before is not None and before[0] == stamp else (stamp, tick)
        self._seen = seen
        return seen


def check_there(folder: Path) -> None:
    """Raise BadSettings if the shop's folder is gone, so that nothing is written in its place."""
    if not settings_file(folder).is_file():
        raise BadSettings(
            say(
                "{folder} is gone, or its shop.toml. Bring it back, or take the shop out of fleet.toml.",
                folder=folder,
            )
        )


def settings_stamp(folder: Path) -> str:
    """Return a text that changes when shop.toml or routine.toml changes."""
    return " ".join(file_stamp(folder / name) for name in (settings_file(folder).name, "routine.toml"))


def _is_due(look: ShopLook, state: ShopState, here: datetime, shop: Shop, refresh: timedelta) -> bool:
    if look.files or state.begun or state.day != look.day.isoformat():
        return True
    if (state.facts, state.settings) != (look.facts, look.settings):
        return True
    last = datetime.fromisoformat(state.at)
    if state.journal != look.journal and abs(here - last) >= _ENTRIES:
        return True
    moment = posting_time(shop, look.day)
    return abs(here - last) >= refresh or (moment is not None and last < moment <= here)
