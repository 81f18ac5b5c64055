"""A field of a form on the screen: its label, its input and its error message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from core.errors import UsageError
from core.language.wording import say
from routines.forms.form import Field, Offers, matches
from tui.text.sanitize import Part, Shown, content, line, safe
from tui.widgets.labels import Words
from tui.widgets.text_input import OneLine, Page

_LISTED = 5
"""Maximum number of suggestions shown beside a field."""


class Choice(Widget, can_focus=True):
    """An input to choose one of a few visible options with the arrow keys; it may be empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]
    value: reactive[str] = reactive("", layout=False)

    class Changed(Message):
        """Posted when the choice changes."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "") -> None:
        super().__init__()
        self.options = list(options)
        self.set_reactive(Choice.value, value)

    def render(self) -> Shown:
        """Return the options, with the chosen one in brackets."""
        parts: list[Part] = []
        for value, words in self.options:
            look = "bold $cursor-text on $cursor" if self.has_focus else "bold"
            parts.append((f"[{words}]", look) if value == self.value else (f" {words} ", "$quiet"))
        return line(*parts)

    def action_turn(self, step: int) -> None:
        """Choose the next option, or the previous one if ``step`` is -1."""
        values = [value for value, _ in self.options]
        at = values.index(self.value) + step if self.value in values else (0 if step > 0 else -1)
        self.value = values[at % len(values)]
        self.post_message(self.Changed())

    def action_clear(self) -> None:
        """Clear the choice."""
        self.value = ""
        self.post_message(self.Changed())


class FieldRow(Horizontal):
    """A row of a form: label, input and error message."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "offer(1)", show=False),
        Binding("up", "offer(-1)", show=False),
    ]

    class Edited(Message):
        """Posted when the field was edited."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: Field, text: str = "", offers: Offers | None = None) -> None:
        super().__init__(classes="field")
        self.field = field
        self.begin = text
        self.known: Offers = offers or {}
        self.offers = field.offered(self.known)
        """The suggestions offered by the Up and Down keys, as (stored value, displayed text)."""

    def compose(self) -> ComposeResult:
        """Compose label, input and error message."""
        star = " *" if self.field.required else ""
        yield Words(content(say(self.field.label) + star), classes=f"label {'-must' if star else ''}")
        yield self._place()
        yield Words(classes="wrong")

    def _place(self) -> Widget:
        field = self.field
        if field.kind == "choice":
            return Choice([(value, say(words)) for value, words in field.choices], self.begin)
        if field.kind == "yesno":
            return Choice([("yes", say("yes")), ("no", say("no"))], self.begin)
        if field.kind in ("long", "score_page"):
            return Page(self.begin)
        hint = say(field.hint)
        if self.offers:
            hint = say("Press Down: {names}", names=" / ".join(safe(shown) for _, shown in self.offers[:4]))
        return OneLine(self.begin, hint=hint)

    @property
    def place(self) -> Choice | OneLine | Page:
        """The field's input widget."""
        place = self.children[1]
        assert isinstance(place, Choice | OneLine | Page)  # noqa: S101 - composed that way above
        return place

    @property
    def text(self) -> str:
        """The text in the input, or the value of the chosen option."""
        place = self.place
        return place.text if isinstance(place, Page) else place.value

    def put(self, text: str) -> None:
        """Replace what is in the input."""
        place = self.place
        if isinstance(place, Page):
            place.text = text
        else:
            place.value = text

    def check(self, *, final: bool = False) -> bool:
        """Return whether the input is valid, and show the error if not; it may be empty unless ``final``."""
        try:
            if final or self.text.strip():
                self.field.read(self.text, self.known)
            self._list()
        except UsageError as error:
            self.wrong(str(error))
            return False
        return True

    def wrong(self, words: str) -> None:
        """Show an error message; an empty string clears it."""
        self.query_one(".wrong", Words).put(content(words))

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _edited(self) -> None:
        self.check()
        self.post_message(self.Edited(self))

    def on_descendant_focus(self) -> None:
        """Show the suggestions when the field gets the focus."""
        if self.offers:
            self.check()

    def on_descendant_blur(self) -> None:
        """Hide the suggestions when the field loses the focus; an error message remains."""
        if self.offers:
            self.check()

    def action_offer(self, step: int) -> None:
        """Put the next or previous suggestion into the field; if there are none, scroll the form."""
        if not self.offers:
            raise SkipAction
        self._offer(step)

    def _offer(self, step: int) -> None:
        place = self.place
        if not self.offers or not isinstance(place, OneLine):
            return
        names = [shown for _, shown in self.offers]
        typed = place.value.strip()
        if typed in names:
            at = (names.index(typed) + step) % len(names)
        elif found := [shown for kept, shown in self.offers if kept in matches(typed, self.offers)]:
            at = names.index(found[0])
        elif typed:
            self.wrong(say("There is no such name on the list; empty the field to see the whole list."))
            return
        else:
            at = 0 if step > 0 else len(names) - 1
        place.value = safe(names[at])
        place.cursor_position = len(place.value)

    def _list(self) -> None:
        """While the field has the focus, show the suggestions around the current one; else clear them."""
        if not self.offers or not self.has_focus_within:
            self.wrong("")
            return
        names = [shown for _, shown in self.offers]
        typed = self.text.strip()
        at = names.index(typed) if typed in names else 0
        first = max(0, min(at - 1, len(names) - _LISTED))
        parts: list[Part] = []
        for name in names[first : first + _LISTED]:
            parts += [(safe(name), "bold $foreground" if name == typed else "$quiet"), ("  ", "")]
        more = len(names) - _LISTED
        parts += [(f"+{more}", "$quiet")] if more > 0 else []
        self.query_one(".wrong", Words).put(line(*parts))
