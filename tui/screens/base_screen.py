"""The base class of all full screens: head line, body, message line and key bar."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.dates import clock
from core.language.dates import day as day_words
from core.language.wording import say
from core.storage.system_errors import words_of
from routines.workday.workday import Workday
from tui.keymap import keys
from tui.runtime.navigator import Navigator, navigator
from tui.runtime.session import Session
from tui.text.sanitize import content, line
from tui.text.text_layout import Prose, hang
from tui.widgets.containers import Covered
from tui.widgets.labels import Head, KeyBar, Words

if TYPE_CHECKING:
    from core.answers.answer import LevelName


class BaseScreen(Screen[Any]):
    """A full screen of the program; subclasses add a body, keys and what handles the keys."""

    BLANK = True
    """Tells Textual not to fill the screen's background, because the child widgets cover it."""
    KEYS: ClassVar[tuple[keys.Key, ...]] = keys.EVERYWHERE
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.EVERYWHERE)
    HORIZONTAL_BREAKPOINTS = [(108, "-wide")]  # noqa: RUF012 - typed by Textual
    HELP: ClassVar[str] = ""
    """The message id of the help text."""
    AUTO_FOCUS: ClassVar[str | None] = ""
    handlers: tuple[object, ...] = ()
    """Objects whose ``do_...`` methods handle the keys that the screen itself does not handle."""
    _sentence: str = ""
    """The sentence in the message line."""
    _once: tuple[str, str] = ("", "")
    """The action whose key must be pressed again to confirm, and what it is about; empty strings if none."""

    def compose(self) -> ComposeResult:
        """Yield the head line, the body, the message line and the key bar."""
        yield Head(id="head")
        with Covered(id="body"):
            yield from self.body()
        yield Words(id="says")
        yield KeyBar(self.KEYS, self.blocked, id="keys")

    def body(self) -> Iterable[Widget]:
        """Return the widgets between the head line and the message line."""
        return ()

    # -- what each screen defines ----------------------------------------------------------------

    def title_words(self) -> str:
        """Return the title shown in the head line; empty to show the shop and the day."""
        return ""

    def why_not(self, does: str) -> str | None:  # noqa: ARG002 - which key
        """Return one sentence on why the key of the action ``does`` does not work now; None if it works."""
        return None

    def may(self, does: str) -> bool:
        """Return whether this person may use the key of the action ``does``; viewers may not write."""
        return not (self.workday.read_only and does in _WRITES)

    def blocked(self, does: str) -> str | None:
        """Return why this person cannot use the key of the action ``does`` now; None if they can."""
        return self.why_not(does) if self.may(does) else self.workday.refusal

    def help_words(self) -> str:
        """Return the help text that F1 shows above the keys."""
        return say(self.HELP)

    def help_keys(self) -> Sequence[keys.Key]:
        """Return the keys that F1 lists."""
        return self.KEYS

    def redraw(self) -> None:
        """Draw the body again from the workday."""

    def minute(self) -> None:
        """Update the time shown; called every minute."""
        self.draw_head()

    def changed(self, parts: frozenset[str]) -> None:  # noqa: ARG002 - journal, facts, settings
        """Redraw after a change on disk by any process; ``parts`` names what changed: journal, facts, …"""
        self.redraw()
        self.draw_keys()

    # -- what all screens can do -----------------------------------------------------------------

    @property
    def navigator(self) -> Navigator:
        """The app, as the interface for opening other screens."""
        return navigator(self.app)

    @property
    def session(self) -> Session:
        """The session shared by all screens."""
        return self.navigator.session

    @property
    def workday(self) -> Workday:
        """The workday shown by the screen."""
        return self.session.workday

    @property
    def is_current(self) -> bool:
        """Whether the screen is visible, i.e. no opaque screen covers it.

        Textual also paints hidden screens.
        """
        stack = self.app.screen_stack
        if self not in stack:
            return False
        return all(screen.styles.background.a < 1 for screen in stack[stack.index(self) + 1 :])

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Draw when the screen comes to the top, because the screen above may have changed the day."""
        event.refresh_styles = False  # each widget got its styles when it was mounted
        if not self._pruning and self.app.is_running:  # otherwise the widgets may have been removed already
            self.draw()

    def draw(self) -> None:
        """Draw the whole screen: head, body, key bar; say it if the journal cannot be read now."""
        self.attempt(self._draw)

    def _draw(self) -> None:
        self.workday.be_at(getattr(self, "step_id", ""))
        self.draw_head()
        self.redraw()
        self.draw_keys()

    @property
    def is_up(self) -> bool:
        """Whether the screen is mounted and on the stack, so that background polls may draw it."""
        whole = self.app.is_running and self.is_mounted and self.is_attached and not self._pruning
        return whole and self in self.app.screen_stack

    def draw_head(self) -> None:
        """Show the shop, the day, the person and the time in the head line."""
        workday = self.workday
        left = line(" ", (workday.shop.name, "bold"), "  ", (day_words(workday.day), "$quiet"))
        if self.title_words():
            left = line(" ", (self.title_words(), "bold"), "  ", (workday.shop.name, "$quiet"))
        read_only = say("read only") + "  " if workday.read_only else ""
        right = line((f"{read_only}{workday.who}  ", "$quiet"), (clock(workday.now()), "bold"), " ")
        self.query_one("#head", Head).put(left, right)

    def draw_keys(self) -> None:
        """Show which keys work now."""
        self.query_one("#keys", KeyBar).redraw()

    def tell(self, words: str, level: LevelName = "info") -> None:
        """Show a sentence in the message line until the next one or the next key."""
        style = "" if level == "info" else f"$level-{level}"
        self._sentence = words
        self.query_one("#says", Words).put(Prose([hang(" ", (words, style))]))

    def tell_unasked(self, words: str) -> None:
        """Show why something failed that no key asked for, unless a sentence stands there already."""
        if not self._sentence:
            self.tell(words, "act")

    def tell_failed(self, words: str) -> None:
        """Show why a key could not do what it should.

        Messages of the journal that come up at the same moment, such as that the server does not answer, are
        shown first, because the message line keeps only the last one.
        """
        for sentence in self.workday.told():
            self.tell(sentence, "act")
        self.tell(words, "act")

    def confirmed(self, does: str, about: str, words: str) -> bool:
        """Return True at the second press of a key in a row; at the first, show ``words`` and return False.

        Both presses must have the same ``does``, the key's action, and ``about``, what it applies to.
        """
        if self._once == (does, about):
            self._once = ("", "")
            return True
        self._once = (does, about)
        self.tell(words, "watch")
        return False

    def attempt(self, what: Callable[..., Any], *values: Any, **named: Any) -> bool:  # noqa: ANN401
        """Call ``what`` and show an error in the message line; return True if it succeeded."""
        try:
            what(*values, **named)
        except (ShopdayError, OSError) as error:
            self.tell_failed(words_of(error))
            return False
        return True

    async def action_do(self, does: str) -> None:
        """Run the handler of a key, or show why the key does not work now."""
        if not self.is_mounted:  # the key came before the screen's widgets exist: handle it later
            self.call_after_refresh(self.action_do, does)
            return
        if not self.is_up:  # the key came as the screen was left: its widgets may be gone
            return
        if self._once[0] != does:
            self._once = ("", "")
        reason = self.blocked(does)
        if reason is not None:
            self.tell(reason, "watch")
            return
        self._sentence = ""
        self.query_one("#says", Words).put(content(""))
        try:
            done = self.handler(does)()
            if inspect.isawaitable(done):
                await done
        except (ShopdayError, OSError) as error:
            self.tell_failed(words_of(error))
        if self.is_current:
            self.attempt(self.draw_keys)

    async def action_count(self, does: str, number: int) -> None:
        """Run the handler of the number keys with the number pressed."""
        if not self.is_up:
            return
        reason = self.blocked(does)
        if reason is not None:
            self.tell(reason, "watch")
        else:
            self.tell("")
            self.attempt(self.handler(does), number)

    def handler(self, does: str) -> Callable[..., object]:
        """Return the method that handles the action ``does``; raise AttributeError if there is none."""
        name = f"do_{does}"
        owner = next((one for one in self.handlers if hasattr(one, name)), self)
        found: Callable[..., object] = getattr(owner, name)
        return found

    def do_help(self) -> None:
        """Open the help of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.title_words(), self.help_words(), self.help_keys()))

    def do_palette(self) -> None:
        """Open the palette for going to a step or running a key by its name."""
        from tui.screens.palette import Palette, key_entries, step_entries

        steps = step_entries(self.workday.plan.steps, self.workday.others())
        entries = [*steps, *key_entries(self.KEYS)]
        self.app.push_screen(Palette(entries), self._go)

    def _go(self, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        kind, name = chosen
        if kind == "key":
            self.call_later(self.action_do, name)
        elif self.attempt(self.workday.take_in, name):
            self.navigator.open_step(name)

    def do_quit(self) -> None:
        """Exit the program."""
        self.app.exit()

    def do_back(self) -> None:
        """Close the screen."""
        self.dismiss(None)


_WRITES = frozenset(
    (
        *(
            "finish",
            "skip",
            "extend",
            "accept",
            "reopen",
            "restore",
            "quick",
            "act",
            "reply",
            "note",
            "edit",
            "form",
            "save",
        ),
        *("keep", "raise", "lower", "delete", "observe", "proposed", "undo", "tick", "build", "commit"),
        *("done", "hand", "drop", "today", "new", "begin", "export", "not_done", "add"),
        *("post", "xlsx", "csv", "markdown", "take", "budget", "save_changes", "change", "remove"),
        *("seen", "hand_back", "teach", "due", "arrived", "replace"),
    )
)
