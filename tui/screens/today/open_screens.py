"""Handlers of the Today screen's keys that open other screens, each imported on first use."""

from __future__ import annotations

from collections.abc import Callable

from tui.screens.base_screen import BaseScreen


class OpenScreens:
    """Opens other screens from the Today screen."""

    def __init__(self, screen: BaseScreen, after_handover: Callable[[], None]) -> None:
        """``after_handover`` is called when the handover screen is closed."""
        self._screen = screen
        self._after_handover = after_handover

    def do_actions(self) -> None:
        """Open the actions screen."""
        from tui.screens.actions import Actions

        self._screen.app.push_screen(Actions())

    def do_imports(self) -> None:
        """Open the import screen."""
        from tui.screens.imports import Imports

        self._screen.app.push_screen(Imports())

    def do_report(self) -> None:
        """Open the day's report."""
        from tui.screens.work.report import ReportScreen

        self._screen.app.push_screen(ReportScreen())

    def do_tables(self) -> None:
        """Open the tables screen."""
        from tui.screens.tables import Tables

        self._screen.app.push_screen(Tables())

    def do_first_run(self) -> None:
        """Open the screen with the first steps of a new shop."""
        from tui.screens.first_run import FirstRun

        self._screen.app.push_screen(FirstRun())

    def do_settings(self) -> None:
        """Open the settings."""
        from tui.screens.settings.sections import Settings

        self._screen.app.push_screen(Settings())

    def do_review(self) -> None:
        """Open the calendar of past days."""
        from routines.past.review import Review
        from tui.screens.past.review import ReviewScreen

        self._screen.app.push_screen(ReviewScreen(Review(self._screen.workday)))

    def do_handover(self) -> None:
        """Open the handover screen."""
        from tui.screens.handover import HandoverScreen

        self._screen.app.push_screen(HandoverScreen(), lambda _: self._after_handover())

    def do_find(self) -> None:
        """Open the search of past days."""
        from tui.screens.past.find import Find

        self._screen.app.push_screen(Find())

    def do_promises(self) -> None:
        """Open the promises screen."""
        from tui.screens.past.promises import PromisesScreen

        self._screen.app.push_screen(PromisesScreen())

    def do_thin(self) -> None:
        """Open the thin-out screen, on which steps that led to nothing can be planned less often."""
        from tui.screens.thinning import ThinOut

        self._screen.app.push_screen(ThinOut())

    def do_spot_check(self) -> None:
        """Open the spot check."""
        from tui.screens.past.spot_check import SpotCheckScreen

        self._screen.app.push_screen(SpotCheckScreen())
