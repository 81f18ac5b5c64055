"""A day drawn once where nobody sees it, so that what a process works out only once is worked out already.

``shopday server`` rehearses before it forks its first session: parsed style sheets, compiled patterns and
colours are then shared by all of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from textual.reactive import Reactive

from core.shop.settings import settings_file
from routines.workday.workday import Workday
from tui.app import DayApp
from tui.runtime import themes
from tui.runtime.session import Session

_MOMENT: Final = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""Any moment: a Monday morning in China."""
_SIZE: Final = (120, 40)


class _Rehearsal(DayApp):
    """Leaves as soon as its first frame is drawn."""

    theme: Reactive[str] = Reactive(themes.DARK.name)

    def after_first_frame(self) -> None:
        """Leave; no analyst is started and nothing is written."""
        self.read_styles()
        self.exit()


def rehearse() -> None:
    """Draw the first frame of an empty shop's day, on no terminal."""
    with TemporaryDirectory(prefix="shopday-") as folder:
        settings_file(Path(folder)).write_text('name = "shopday"\n', encoding="utf-8")
        workday = Workday.open(Path(folder), clock=lambda: _MOMENT, who="", read_only=True)
        app = _Rehearsal(Session(workday))
        app.run(headless=True, size=_SIZE)
    DayApp.parsed[app.theme] = app.stylesheet
