"""Detect changes of the day's journal, the imported data, the settings, the inbox and the people present."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias

from core.errors import BadInput
from core.journal.store import Stamp
from core.shop.presence import Presence
from core.shop.settings import settings_file
from routines.days.day_plan import ROUTINE_FILE
from routines.plan.calendar import day_of
from routines.workday.read_model import DayView

Part: TypeAlias = Literal["journal", "facts", "settings", "people", "inbox"]

LEDGER: Final = Path("facts") / "ledger.json"


class FileWatch:
    """Polls the day's journal and files for changes, and announces this session to the others."""

    def __init__(self, view: DayView) -> None:
        self._view = view
        self.presence: Presence = view.book.store.shared.presence()
        """The people in other sessions, and this session's announcement."""
        self._seen = self._stamps()

    def changed(self) -> frozenset[Part]:
        """Return what has changed since the last call, whoever changed it; one stat call per file."""
        before, self._seen = self._seen, self._stamps()
        return frozenset(part for part, stamp in self._seen.items() if before[part] != stamp)

    def be_at(self, step: str) -> None:
        """Announce to the other sessions which step this person is on.

        Does nothing if the view's day is not today.
        """
        if day_of(self._view.now()) != self._view.day:
            return
        up_to_date = self._seen["people"] == self._stamps()["people"]
        self.presence.show(self._view.who, step)
        if up_to_date:  # ignore the change made by this session
            self._seen["people"] = self._stamps()["people"]

    def _stamps(self) -> dict[Part, tuple[object, ...]]:
        view = self._view
        return {
            "journal": (self._of_day(),),
            "facts": (_stamp(view.folder / LEDGER),),
            "people": (self.presence.stamp(),),
            "inbox": (_stamp(view.folder / "inbox"),),
            "settings": (_stamp(settings_file(view.folder)), _stamp(view.folder / ROUTINE_FILE)),
        }

    def _of_day(self) -> Stamp | None:
        """Return the stamp of the day's entries; None if there are none or they cannot be read.

        A reading error is not reported here, but when the entries themselves are read.
        """
        try:
            return self._view.book.stamp(self._view.day)
        except BadInput:
            return None


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
