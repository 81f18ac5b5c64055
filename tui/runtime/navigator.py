"""The interface of the app for its screens: the shared session, and navigation to steps and days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from textual.app import App

from tui.runtime.answers_ahead import AnswersAhead
from tui.runtime.session import Session

if TYPE_CHECKING:
    from core.answers.answer import About


class Navigator(Protocol):
    """The app as seen by its screens."""

    @property
    def session(self) -> Session:
        """The session that all screens share."""

    @property
    def ahead(self) -> AnswersAhead:
        """The answers being computed before their steps are opened."""

    def open_step(self, step: str) -> None:
        """Open a step."""

    def open_days(self, about: About, path: str) -> None:
        """Open the figures by day of what a table's row is about; ``path`` is where the user comes from."""

    def take_up(self, day: date, *, report: bool = False) -> None:
        """Switch to another day and show its agenda; if ``report`` is true, open its report on top."""


def navigator(app: App[object]) -> Navigator:
    """Return the app as a Navigator."""
    return cast("Navigator", app)
