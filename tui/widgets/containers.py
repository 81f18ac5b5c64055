"""Containers that their children cover completely, so that their own background need not be drawn."""

from __future__ import annotations

from textual.containers import Container, Horizontal


class Covered(Container):
    """Children stacked vertically, which fill the container."""

    BLANK = True


class Across(Horizontal):
    """Children side by side, which fill the container."""

    BLANK = True
