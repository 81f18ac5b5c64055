"""The palette: a dialog to open a step, or do what a key does, by typing part of its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from core.language.wording import say
from routines.plan.step import Step
from tui.keymap.keys import Key
from tui.text.sanitize import Shown, content, line
from tui.widgets.labels import Words
from tui.widgets.lists import Choices
from tui.widgets.rows import Rows
from tui.widgets.text_input import OneLine

Target = tuple[str, str]
"""What an entry stands for: ("step", step id), ("key", the key's action), or another (kind, value)."""


class PaletteEntry(NamedTuple):
    """One line of the palette."""

    target: Target
    shown: Shown
    words: str
    """The text in which typed words are searched."""


def step_entries(steps: Iterable[Step], others: Iterable[Step] = ()) -> list[PaletteEntry]:
    """Return an entry for each step with its planned time; ``others`` are steps not planned today."""
    planned = [(step, f"{step.at:%H:%M}") for step in steps]
    return [
        PaletteEntry(
            ("step", step.id), line((f"{when}  ", "$quiet"), say(step.title)), f"{step.id} {say(step.title)}"
        )
        for step, when in [*planned, *((step, say("not planned today")) for step in others)]
    ]


def key_entries(keys: Iterable[Key]) -> list[PaletteEntry]:
    """Return an entry for each key of a screen except help, palette and digits, with the key to press."""
    return [
        PaletteEntry(
            ("key", key.does),
            line((f"{key.face}  ", "bold $key"), say(key.label)),
            f"{key.does} {say(key.label)}",
        )
        for key in keys
        if key.does not in ("palette", "help") and not key.counted
    ]


class Palette(ModalScreen[Target | None]):
    """A dialog with a search field and the matching entries; Enter returns the target of the selected one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("up", "turn('up')", show=False, priority=True),
        Binding("down", "turn('down')", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "OneLine"

    def __init__(self, entries: Sequence[PaletteEntry], title: str = "", hint: str = "") -> None:
        """``title`` and ``hint`` replace the default ones, for entries other than steps and keys."""
        super().__init__()
        self.question = title or say("Go to")
        self.hint = hint or say("name of a step or a key")
        self.all = entries
        self.found = entries

    def compose(self) -> ComposeResult:
        """Yield the search field and the list of entries."""
        with Vertical(classes="sheet"):
            yield Words(content(self.question, "bold $heading"))
            yield OneLine(hint=self.hint)
            yield Choices([entry.shown for entry in self.all], numbered=False)

    @on(Input.Changed)
    def _typed(self) -> None:
        wanted = self.query_one(OneLine).value.lower().split()
        self.found = [one for one in self.all if all(word in one.words.lower() for word in wanted)]
        choices = self.query_one(Choices)
        choices.load([entry.shown for entry in self.found])
        choices.go(0)

    def action_turn(self, where: str) -> None:
        """Move the cursor of the list while the field keeps the focus."""
        self.query_one(Choices).action_move(where)

    @on(OneLine.Submitted)
    @on(Rows.Chosen)
    def _choose(self) -> None:
        at = self.query_one(Choices).cursor
        self.dismiss(self.found[at].target if at < len(self.found) else None)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
