"""The actions: what is open, who has it, by when; done, handed over or dropped with one key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.journal.actions import Action
from core.metrics import MONEY, NAMES, RATES
from core.wording import N_, money, percent, plural, say, short_day
from tui import keys
from tui.prose import Prose, hang
from tui.safe import content, line
from tui.screens.asking import AskLine
from tui.screens.desk import Desk
from tui.widgets.answer import role_word
from tui.widgets.rows import Rows
from tui.widgets.table import Column, Table
from tui.widgets.words import Words

_STATES = {
    "open": N_("not done yet"),
    "done": N_("done"),
    "handed": N_("handed over"),
    "dropped": N_("dropped"),
}


class Actions(Desk):
    """All actions of the last weeks; the open ones first."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.ACTIONS, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.ACTIONS, keys.LEAVE)
    HELP: ClassVar[str] = N_("What was agreed, by whom it is done and by when, and which number should move.")
    AUTO_FOCUS: ClassVar[str | None] = "Table"

    def __init__(self) -> None:
        super().__init__()
        self.open_only = True
        self.shown: list[Action] = []

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Actions")

    def body(self) -> Iterable[Widget]:
        """Return the count, the table, and the whole text of the one under the cursor."""
        yield Words(id="top")
        yield Table(id="actions")
        yield Words(id="bottom")

    def renew(self) -> None:
        """Draw the table again."""
        found = self.workday.actions(open_only=self.open_only)
        self.shown = sorted(found, key=lambda a: (a.state in ("done", "dropped"), a.due or a.created, a.at))
        table = self.query_one(Table)
        titles = (say("due"), say("state"), say("who"), say("what"), say("number"), say("since"))
        looks = {"done": "quiet", "dropped": "quiet"}
        table.load(
            [Column(title) for title in titles],
            [self._cells(action) for action in self.shown],
            look=lambda row, column: self._look(row, column, looks),
        )
        words = plural("{n} action", "{n} actions", len(self.shown))
        kind = say("open only; v shows all") if self.open_only else say("all; v shows the open ones")
        self.query_one("#top", Words).put(line((words, "bold"), (f"  {kind}", "$quiet")))
        self._draw_bottom()

    def _cells(self, action: Action) -> tuple[str, ...]:
        return (
            short_day(action.due) if action.due else "-",
            self._state_words(action),
            action.owner or role_word(action.role),
            action.text,
            metric_words(action),
            short_day(action.created),
        )

    def _overdue(self, action: Action) -> bool:
        return action.due is not None and action.due < self.workday.day and action.state in ("open", "handed")

    def _state_words(self, action: Action) -> str:
        words = say(_STATES[action.state])
        return f"{words} {say('overdue')}" if self._overdue(action) else words

    def _look(self, row: int, column: int, looks: dict[str, str]) -> str:
        action = self.shown[row]
        if (
            column == 0
            and action.due
            and action.due <= self.workday.day
            and action.state in ("open", "handed")
        ):
            return "watch"
        return looks.get(action.state, "")

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show the whole text."""
        self._draw_bottom()

    def _draw_bottom(self) -> None:
        picked = self.picked
        if picked is None:
            self.query_one("#bottom", Words).put(content(say("Nothing is open."), "$level-good"))
            return
        reasons = [f"{update.who}: {update.reason}" for update in picked.updates if update.reason]
        self.query_one("#bottom", Words).put(
            Prose([hang("", (picked.text, "bold"), (f"  {' / '.join(reasons)}", "$quiet"))])
        )

    @property
    def picked(self) -> Action | None:
        """The action under the cursor."""
        at = self.query_one(Table).cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def why_not(self, does: str) -> str | None:
        """Return why the key cannot work on the action under the cursor."""
        if does not in ("done", "hand", "drop", "reopen"):
            return None
        if self.picked is None:
            return say("No action is here; n writes one.")
        if does == "reopen" and self.picked.state == "open":
            return say("This action is open.")
        if does != "reopen" and self.picked.state in ("done", "dropped"):
            return say("This action is closed; u opens it again.")
        return None

    def _update(self, state: str, *, reason: str = "", owner: str = "") -> None:
        picked = self.picked
        if picked is None or not self.attempt(
            self.workday.update_action, picked.id, state, reason=reason, owner=owner
        ):
            return
        self.renew()
        self.tell(f"{say(_STATES[state])}: {picked.text}", "good")
        self.draw_keys()

    def do_done(self) -> None:
        """The action is done."""
        self._update("done")

    def do_reopen(self) -> None:
        """It is open again."""
        self._update("open")

    def do_hand(self) -> None:
        """Ask who does it from now on."""
        team = [person.name for person in self.workday.shop.team if "viewer" not in person.roles]
        self.app.push_screen(AskLine(say("Who does it from now on?"), team), self._handed)

    def _handed(self, name: str | None) -> None:
        if name:
            self._update("handed", owner=name)

    def do_drop(self) -> None:
        """Ask why it will not be done."""
        reasons = [say("Overtaken by events"), say("Not worth it"), say("Done in another way")]
        self.app.push_screen(AskLine(say("Why is it dropped?"), reasons), self._dropped)

    def _dropped(self, reason: str | None) -> None:
        if reason:
            self._update("dropped", reason=reason)

    def do_view(self) -> None:
        """Show all, or the open ones only."""
        self.open_only = not self.open_only
        self.renew()

    def do_new(self) -> None:
        """Write an action that belongs to the current step."""
        from tui.screens.form import action_form

        current = self.workday.agenda().current
        step = current.step.id if current else self.workday.plan.steps[-1].id
        self.app.push_screen(action_form(self.session, step))


def metric_words(action: Action) -> str:
    """Return which number should move which way."""
    if not action.metric:
        return "-"
    way = {"up": say("up"), "down": say("down"), "hold": say("hold")}.get(action.direction or "", "")
    name = say(NAMES.get(action.metric, action.metric))
    return " ".join(part for part in (name, way, _expected(action.metric, action.expected)) if part)


def _expected(metric: str, value: float | None) -> str:
    """Return the value to be reached in the metric's own unit."""
    if value is None:
        return ""
    if metric in RATES:
        return percent(value)
    return money(value) if metric in MONEY else f"{value:,g}"
