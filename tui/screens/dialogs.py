"""Small dialogs at the bottom of a screen, which return a line typed or an option chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from core.language.wording import say
from tui.runtime.draft_autosave import draft_key
from tui.runtime.navigator import navigator
from tui.runtime.session import Session
from tui.text.sanitize import Part, Shown, content, line
from tui.text.text_layout import Prose, para
from tui.widgets.labels import Words
from tui.widgets.lists import Choices
from tui.widgets.rows import Rows
from tui.widgets.text_input import OneLine


class Pick(ModalScreen[int | None]):
    """A dialog to choose an option by its number or with Enter; returns its index, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "choose", show=False),
        *(Binding(str(number), f"number({number})", show=False) for number in range(1, 10)),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "Choices"

    def __init__(self, title: str, options: Sequence[Shown], *, at: int = 0) -> None:
        """``at`` is the index of the option that the cursor starts on."""
        super().__init__()
        self.question = title
        self.options = list(options)
        self.at = at

    def compose(self) -> ComposeResult:
        """Yield the question and its options."""
        with Vertical(classes="sheet"):
            yield Words(content(self.question, "bold $heading"))
            yield Choices(self.options)
            yield Words(id="full")
            yield Words(
                line(
                    ("1-9 Enter", "bold $key"), f" {say('choose')}  ", ("Esc", "bold $key"), f" {say('back')}"
                )
            )

    @on(Rows.Moved)
    def _moved(self) -> None:
        """Show the full text of an option that is cut off in the list."""
        if not self.query(Choices):
            return  # closed already by a fast key press
        choices = self.query_one(Choices)
        shown = self.options[choices.cursor]
        cut = shown.cell_length > choices.size.width - 6
        self.query_one("#full", Words).put(Prose([para((shown.plain, "$quiet"))] if cut else ()))

    def on_mount(self) -> None:
        """Put the cursor on the initial option, and show that option's full text."""
        self.query_one(Choices).go(self.at)
        self.call_after_refresh(self._moved)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    @on(Rows.Chosen)
    def action_choose(self) -> None:
        """Close and return the index of the option under the cursor."""
        self.dismiss(self.query_one(Choices).cursor if self.options else None)

    def action_number(self, number: int) -> None:
        """Close and return the index of the option with this number, counted from 1."""
        if number <= len(self.options):
            self.dismiss(number - 1)


class Ticks(ModalScreen[tuple[int, ...] | None]):
    """A dialog to tick any number of options; returns the indices of the ticked ones, or None after Esc.

    Space ticks the option under the cursor, a number key the option with this number, Enter takes them. With
    ``at_once``, a number key takes its option and the ticked ones at once, and Enter without any tick takes
    the option under the cursor.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "choose", show=False),
        Binding("space", "tick", show=False),
        *(Binding(str(number), f"number({number})", show=False) for number in range(1, 10)),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "Choices"

    def __init__(
        self,
        title: str,
        options: Sequence[Shown],
        *,
        ticked: Iterable[int] = (),
        at: int = 0,
        at_once: bool = False,
    ) -> None:
        """``ticked`` are the indices of options ticked at first; ``at`` is where the cursor starts."""
        super().__init__()
        self.at, self.at_once = at, at_once
        self.question = title
        self.options = list(options)
        self.ticked = set(ticked)

    def compose(self) -> ComposeResult:
        """Yield the question and its options."""
        with Vertical(classes="sheet"):
            yield Words(content(self.question, "bold $heading"))
            yield Choices(self._shown())
            yield Words(id="full")
            takes: list[Part] = [("Enter", "bold $key"), f" {say('take these')}  "]
            if self.at_once:
                takes = [("1-9 Enter", "bold $key"), f" {say('choose')}  "]
            yield Words(
                line(
                    ("Space", "bold $key"),
                    f" {say('tick')}  ",
                    *takes,
                    ("Esc", "bold $key"),
                    f" {say('back')}",
                )
            )

    def on_mount(self) -> None:
        """Put the cursor on the initial option, and show that option's full text."""
        self.query_one(Choices).go(self.at)
        self.call_after_refresh(self._moved)

    @on(Rows.Moved)
    def _moved(self) -> None:
        """Show the full text of an option that is cut off in the list."""
        if not self.query(Choices):
            return  # closed already by a fast key press
        choices = self.query_one(Choices)
        shown = self.options[choices.cursor] if self.options else content("")
        cut = shown.cell_length > choices.size.width - 10
        self.query_one("#full", Words).put(Prose([para((shown.plain, "$quiet"))] if cut else ()))

    def _shown(self) -> list[Shown]:
        return [
            line("[✓] " if place in self.ticked else "[ ] ", option.plain)
            for place, option in enumerate(self.options)
        ]

    def _tick(self, place: int) -> None:
        self.ticked ^= {place}
        self.query_one(Choices).load(self._shown())

    def action_tick(self) -> None:
        """Tick the option under the cursor, or take its tick away, and go to the next."""
        choices = self.query_one(Choices)
        if self.options:
            self._tick(choices.cursor)
            choices.action_move("down")

    def action_number(self, number: int) -> None:
        """Tick the option with this number, counted from 1, or take its tick away; or take it at once."""
        if number > len(self.options):
            return
        if self.at_once:
            self.dismiss(tuple(sorted({*self.ticked, number - 1})))
        else:
            self._tick(number - 1)
            self.query_one(Choices).go(number - 1)

    @on(Rows.Chosen)
    def _clicked(self) -> None:
        self.action_tick()

    def action_choose(self) -> None:
        """Close and return the indices of the ticked options."""
        alone = self.at_once and not self.ticked and bool(self.options)
        self.dismiss((self.query_one(Choices).cursor,) if alone else tuple(sorted(self.ticked)))

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


class AskLine(ModalScreen[str | None]):
    """A dialog to type one line, or pick a suggestion with the arrow keys; returns the text.

    Esc closes it, keeps the text as a draft and returns None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down", "suggest(1)", show=False, priority=True),
        Binding("up", "suggest(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "OneLine"

    def __init__(self, title: str, suggestions: Sequence[str] = (), text: str = "") -> None:
        super().__init__()
        self.question = title
        self.suggestions = list(suggestions)
        self.text = text
        self._at = -1

    @property
    def session(self) -> Session:
        """The session shared by all screens."""
        return navigator(self.app).session

    @property
    def draft(self) -> str:
        """The key of the draft for this question."""
        name = hashlib.sha256(self.question.encode()).hexdigest()[:8]
        return draft_key("line", "", self.session.workday.day, name)

    def compose(self) -> ComposeResult:
        """Yield the question, the input field and the suggestions."""
        with Vertical(classes="sheet"):
            yield Words(content(self.question, "bold $heading"))
            yield OneLine(self.session.autosave.load(self.draft) or self.text)
            for number, suggestion in enumerate(self.suggestions):
                yield Words(content(f"  {suggestion}", "$quiet"), id=f"suggestion{number}")
            yield Words(content("", "$level-act"), id="wrong")
            hint: list[Part] = [
                ("Enter", "bold $key"),
                f" {say('save')}  ",
                ("Esc", "bold $key"),
                f" {say('back')}",
            ]
            arrows: list[Part] = (
                [("Up Down", "bold $key"), f" {say('suggestions')}  "] if self.suggestions else []
            )
            yield Words(line(*arrows, *hint))

    def action_suggest(self, step: int) -> None:
        """Put the next or previous suggestion into the field."""
        if self.suggestions:
            self._at = (self._at + step) % len(self.suggestions)
            field = self.query_one(OneLine)
            field.value = self.suggestions[self._at]
            field.cursor_position = len(field.value)

    def action_close(self) -> None:
        """Close and return None."""
        self.dismiss(None)

    @on(OneLine.Changed)
    def _typed(self) -> None:
        value = self.query_one(OneLine).value
        self.session.autosave.typed(self.draft, "" if value in (*self.suggestions, self.text) else value)

    @on(OneLine.Submitted)
    def submit(self) -> None:
        """Close and return the text in the field; if it is empty, say that some text is needed."""
        value = self.query_one(OneLine).value.strip()
        if value:
            self.session.autosave.drop(self.draft)
            self.dismiss(value)
        else:
            self.query_one("#wrong", Words).put(content(say("Please write a few words."), "$level-act"))
