"""Rendering of one frame off-screen, to fill caches before the first session is forked.

``shopday server`` does this once; parsed style sheets, compiled patterns and colours are then shared by all
its sessions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from core.shop.settings import settings_file
from routines.workday.workday import Workday
from tui.app import DayApp
from tui.runtime import themes
from tui.runtime.session import Session

_MOMENT: Final = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""An arbitrary time: a Monday morning in China."""
_SIZE: Final = (120, 40)


def warm_up() -> None:
    """Render the first frame of an empty shop's day without a terminal.

    No analyst process is started, and no files are left behind.
    """
    with TemporaryDirectory(prefix="shopday-") as folder:
        settings_file(Path(folder)).write_text('name = "shopday"\n', encoding="utf-8")
        workday = Workday.open(Path(folder), clock=lambda: _MOMENT, who="", read_only=True)

        def leave() -> None:
            app.read_styles()
            app.exit()

        app = DayApp(Session(workday), theme=themes.DARK.name, after_first_frame=leave)
        app.run(headless=True, size=_SIZE)
    DayApp.parsed_styles[app.theme] = app.stylesheet
