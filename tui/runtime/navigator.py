"""What a screen may ask of the app around it: the shared session, and to be taken elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Protocol, cast

from textual.app import App

from tui.runtime.session import Session


class Navigator(Protocol):
    """The app as its screens know it."""

    @property
    def session(self) -> Session:
        """What the screens of one person's day share."""

    def open_step(self, step: str) -> None:
        """Show a step."""

    def take_up(self, day: date, *, report: bool = False) -> None:
        """Work in another day from now on: its agenda, or its report over it."""


def navigator(app: App[object]) -> Navigator:
    """Return the app a screen runs in as its navigator."""
    return cast("Navigator", app)
