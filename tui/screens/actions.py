"""The actions screen: open actions with owner and due day, to be marked done, handed over or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.widget import Widget

from core.actions.overdue_actions import age_words
from core.journal.actions import Action
from core.journal.mentions import addressed_to
from core.language.dates import short_day
from core.language.money import money
from core.language.numbers import number, percent
from core.language.wording import N_, listing, plural, say
from core.measures.metrics import MONEY, NAMES, RATES
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import Pick
from tui.screens.step_dialogs import ask_drop, ask_due, ask_hand, is_done
from tui.text.sanitize import content, line
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.answer import role_word
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn

LATELY: Final = timedelta(days=14)
_STATES = {
    "open": N_("not done yet"),
    "done": N_("done"),
    "handed": N_("handed over"),
    "dropped": N_("dropped"),
}


class Actions(BaseScreen):
    """The actions of the last weeks in a table, open ones first."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.ACTIONS, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.ACTIONS, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "What was agreed, who does it by when, and which figure should improve. w shows everything for "
        "one person: open actions, recently done ones, promises kept, and questions asked of that person."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self) -> None:
        super().__init__()
        self.open_only = True
        self.shown: list[Action] = []
        self.left_over: set[str] = set()
        self.person = ""
        """The person whose actions are shown; empty for everybody."""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Actions")

    def body(self) -> Iterable[Widget]:
        """Yield the number of actions, the table, and the full text of the selected action."""
        yield Words(id="top")
        yield TableView(id="actions")
        yield Words(id="bottom")

    def redraw(self) -> None:
        """Draw the table of actions and the lines around it."""
        found = [*self.workday.actions(open_only=self.open_only)]
        if self.open_only:
            found += [one for one in self.workday.actions() if _is_coming(one)]
        if self.person:
            found = [one for one in found if self._is_theirs(one)]
        self.left_over = {one.id for one in self.workday.carried()}
        self.shown = sorted(found, key=lambda a: (a.state in ("done", "dropped"), a.due or a.created, a.at))
        table = self.query_one(TableView)
        titles = (say("due"), say("state"), say("who"), say("what"), say("figure"), say("created"))
        looks = {"done": "quiet", "dropped": "quiet"}
        table.load(
            [ViewColumn(title) for title in titles],
            [self._cells(action) for action in self.shown],
            look=lambda row, column: self._look(row, column, looks),
        )
        words = plural("{n} action", "{n} actions", len(self.shown))
        if self.person:
            words = f"{self.person}: {words}"
        kind = say("open only; v shows all") if self.open_only else say("all; v shows the open ones")
        rows: list[Block] = [line((words, "bold"), (f"  {kind}", "$quiet"))]
        if self.person:
            rows.append(hang("", (self._person_words(), "$quiet")))
        self.query_one("#top", Words).put(Prose(rows))
        self._draw_bottom()

    def _is_theirs(self, action: Action) -> bool:
        """Return whether the action is the chosen person's: it names them, or names nobody but their role."""
        if action.owner:
            return action.owner == self.person
        roles = {role for one in self.workday.shop.team if one.name == self.person for role in one.roles}
        return action.role in roles

    def _person_words(self) -> str:
        """Return a summary of the chosen person's actions, promises and questions, for a talk with them."""
        day = self.workday.day
        theirs = [one for one in self.workday.actions() if self._is_theirs(one)]
        late = sum(self._overdue(one) for one in theirs)
        done = [one for one in theirs if one.state == "done" and one.closed is not None]
        lately = sum(day - one.closed <= LATELY for one in done if one.closed is not None)
        parts = [say("overdue: {n}", n=late), say("done in the last 14 days: {n}", n=lately)]
        if (ledger := self.session.promises) is not None:
            told = [one for one in ledger.promises if one.who == self.person]
            judged = [one for one in told if one.outcome in ("kept", "not kept")]
            kept = sum(one.outcome == "kept" for one in judged)
            if judged:
                parts.append(say("promises kept {kept} of {all}", kept=kept, all=len(judged)))
        asked = addressed_to(self.workday.entries(), self.person)
        if questions := [one for one in asked if one.kind != "action"]:
            parts.append(say("questions put to this person today: {n}", n=len(questions)))
        return listing(parts)

    def _cells(self, action: Action) -> tuple[str, ...]:
        return (
            self._due_words(action),
            self._state_words(action),
            action.owner or role_word(action.role),
            action.text,
            metric_words(action),
            short_day(action.created),
        )

    def _due_words(self, action: Action) -> str:
        """Return the due day or, for ordered goods, the arrival day; for left-over actions, also the age."""
        day = action.arrives if _is_coming(action) else action.due
        words = short_day(day) if day else "-"
        left = action.id in self.left_over
        return f"{words} {age_words(action, self.workday.day)}" if left else words

    def _overdue(self, action: Action) -> bool:
        return action.due is not None and action.due < self.workday.day and action.state in ("open", "handed")

    def _state_words(self, action: Action) -> str:
        if _is_coming(action):
            return say("on its way")
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
        """Show the full text of the selected action."""
        self._draw_bottom()

    def _draw_bottom(self) -> None:
        picked = self.picked
        if picked is None:
            self.query_one("#bottom", Words).put(content(say("Nothing is open."), "$level-good"))
            return
        path = self.workday.shop.profile.menus.get(picked.deed, "")
        reasons = [f"{update.who}: {update.reason}" for update in picked.updates if update.reason]
        self.query_one("#bottom", Words).put(
            Prose(
                [
                    hang("", (picked.text, "bold"), (f"  {' / '.join(reasons)}", "$quiet")),
                    *([hang("", (path, "$quiet"))] if path else ()),
                ]
            )
        )

    @property
    def picked(self) -> Action | None:
        """The action under the cursor; None if there is none."""
        at = self.query_one(TableView).cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "whom":
            return None if self.workday.shop.team else say("shop.toml names nobody under team yet.")
        return self._why_not_here(does)

    def _why_not_here(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work on the selected action; None if it works."""
        if does not in ("done", "hand", "drop", "today", "due", "arrived", "reopen"):
            return None
        if self.picked is None:
            return say("There is no action here; n writes one.")
        if does == "arrived":
            return None if _is_coming(self.picked) else say("This action is not an order on its way.")
        if does == "reopen" and self.picked.state == "open":
            return say("This action is open.")
        if does != "reopen" and self.picked.state in ("done", "dropped"):
            return say("This action is closed; u opens it again.")
        return None

    def _update(self, state: str, *, due: str = "") -> None:
        picked = self.picked
        if picked is None or not self.attempt(self.workday.update_action, picked.id, state, due=due):
            return
        self._said(picked, state)

    def _said(self, picked: Action, state: str) -> None:
        self._changed()
        self.tell(f"{say(_STATES[state])}: {picked.text}", "good")

    def do_done(self) -> None:
        """Mark the action as done; for orders and payments ask for the quantity or amount first."""
        if (picked := self.picked) is not None:
            is_done(self, picked, lambda: self._said(picked, "done"))

    def do_due(self) -> None:
        """Ask for another due day."""
        if self.picked is not None:
            ask_due(self, self.picked, self._changed)

    def do_arrived(self) -> None:
        """Record that the ordered goods have arrived today."""
        picked = self.picked
        if picked is None:
            return
        today = self.workday.day.isoformat()
        if self.attempt(self.workday.update_action, picked.id, "done", arrived=today):
            self._changed()
            self.tell(say("Arrived: {text}", text=picked.text), "good")

    def do_reopen(self) -> None:
        """Open the action again."""
        self._update("open")

    def do_hand(self) -> None:
        """Ask for the new owner of the action."""
        if self.picked is not None:
            ask_hand(self, self.picked, self._changed)

    def do_drop(self) -> None:
        """Ask why the action is dropped."""
        if self.picked is not None:
            ask_drop(self, self.picked, self._changed)

    def do_today(self) -> None:
        """Set the due day of the selected action to today."""
        self._update("open", due=self.workday.day.isoformat())

    def _changed(self) -> None:
        self.redraw()
        self.draw_keys()

    def do_whom(self) -> None:
        """Ask for a person whose actions are to be shown, or everybody."""
        people = [one.name for one in self.workday.shop.team if "viewer" not in one.roles]

        def chosen(number: int | None) -> None:
            if number is not None:
                self.person = "" if number == 0 else people[number - 1]
                self._changed()

        options = [content(say("everybody")), *(content(name) for name in people)]
        self.app.push_screen(Pick(say("Whose actions?"), options), chosen)

    def do_view(self) -> None:
        """Switch between all actions and open ones only."""
        self.open_only = not self.open_only
        self.redraw()

    def do_new(self) -> None:
        """Open the form for a new action, which is recorded in the day's current step."""
        from tui.screens.form import action_form

        current = self.workday.agenda().current
        step = current.step.id if current else self.workday.plan.steps[-1].id
        self.app.push_screen(action_form(self.session, step))


def _is_coming(action: Action) -> bool:
    """Return whether the action was to order goods that have been ordered but have not arrived yet."""
    return action.state == "done" and action.arrives is not None and action.arrived is None


def metric_words(action: Action) -> str:
    """Return the metric the action should move, its direction and expected value; "-" if there is none."""
    if not action.metric:
        return "-"
    way = {"up": say("up"), "down": say("down"), "hold": say("steady")}.get(action.direction or "", "")
    name = say(NAMES.get(action.metric, action.metric))
    return " ".join(part for part in (name, way, _expected(action.metric, action.expected)) if part)


def _expected(metric: str, value: float | None) -> str:
    """Return the expected value formatted in the metric's unit; empty if there is none."""
    if value is None:
        return ""
    if metric in RATES:
        return percent(value)
    return money(value) if metric in MONEY else number(value)
