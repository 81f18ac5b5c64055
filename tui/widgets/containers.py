"""Places for other widgets, which cover them wholly: what lies under these is not drawn line by line."""

from __future__ import annotations

from textual.containers import Container, Horizontal


class Covered(Container):
    """Parts one under the other, with nothing beside them."""

    BLANK = True


class Across(Horizontal):
    """Parts side by side, with nothing beside them."""

    BLANK = True
