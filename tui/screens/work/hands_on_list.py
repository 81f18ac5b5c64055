"""The to-do list before noon: the morning's decisions and actions, to be ticked off one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from core.actions.deeds import DEEDS
from core.answers.answer import Answer, Table
from core.language.wording import N_, say
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine
from tui.screens.step_dialogs import REASONS, is_done
from tui.text.sanitize import content, line
from tui.text.text_layout import Prose
from tui.widgets.answer import verdict_words
from tui.widgets.labels import Words
from tui.widgets.lists import Point, Points
from tui.widgets.rows import Rows

DONE, NOT_DONE, HELD = "done", "not done", "held"
"""The states of a line, as the step's analysis reads and writes them."""
_STATE, _TEXT, _WHO, _REASON = 0, 1, 2, 3
"""The column indices of the table made by the step's analysis."""


class HandsOnList(BaseScreen):
    """The to-do list: each decision and action of the morning is open, done, not done, or on hold."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.HANDS_ON_LIST, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.HANDS_ON_LIST, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Everything decided this morning that somebody has to do. Space ticks it when it is done; x "
        "notes why it was not done. A tick counts as done; it is not checked against the ad tool."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Points"

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step_id = step
        self.answer: Answer | None = None

    def title_words(self) -> str:
        """Return the step's title."""
        return say(self.workday.step(self.step_id).title)

    def body(self) -> Iterable[Widget]:
        """Yield the count, the list, and the full text of the selected line."""
        yield Words(id="top")
        yield Points(id="points")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Have the list computed, unless it was already computed from the current data and decisions."""
        self.answer = self.session.fresh_answer(self.step_id)
        if self.answer is None:
            self.run_worker(self._ask(), name=f"ask {self.step_id}", exit_on_error=False)

    async def _ask(self) -> None:
        self.answer = await self.session.ask(self.step_id)
        if self.is_up:
            self.redraw()
            self.draw_keys()

    # -- drawing ---------------------------------------------------------------------------------

    def points(self) -> list[Point]:
        """Return the entries of the to-do list in their current state."""
        table = self._table()
        if table is None:
            return []
        states = self._states()
        rows = []
        for key, row in zip(table.keys, table.rows, strict=True):
            state, reason = states.get(key, ("", ""))
            words = f"{row[_TEXT]} ({row[_WHO]})"
            if row[_STATE] == HELD and not state:
                rows.append(
                    Point(
                        key,
                        table.name,
                        say("on hold: {text}. {reason}", text=words, reason=str(row[_REASON])),
                        ticked=False,
                        look="watch",
                    )
                )
                continue
            if state == NOT_DONE:
                words = say("not done: {text}. {reason}", text=words, reason=reason)
            look = "watch" if state == NOT_DONE else ""
            rows.append(Point(key, table.name, words, state == DONE, look))
        return rows

    def _table(self) -> Table | None:
        """Return the table of tasks from the step's answer; None if there is nothing to do."""
        tables = [one for one in self.answer.evidence if isinstance(one, Table)] if self.answer else []
        return next((one for one in tables if one.keys), None)

    def _states(self) -> dict[str, tuple[str, str]]:
        actions = {
            action.id: (DONE, "") for action in self.workday.actions() if action.state == "done"
        }  # fmt: skip
        decided = self.workday.decisions(self.step_id)
        return actions | {key: (one.choice, str(one.detail)) for key, one in decided.items()}

    def redraw(self) -> None:
        """Draw the list and the number of lines done."""
        points = self.points()
        self.query_one(Points).load(points)
        if self.answer is None or not points:
            asking = self.step_id in self.session.asking
            self.query_one("#top", Words).put(verdict_words(self.answer, asking=asking))
        else:
            done = sum(1 for point in points if point.ticked)
            words = say("{n}/{total} done", n=done, total=len(points))
            self.query_one("#top", Words).put(line((words, "bold")))
        self._draw_bottom()

    def _draw_bottom(self) -> None:
        points = self.query_one(Points)
        deed = "" if points.picked is None else self._deed(points.picked.key)
        path = self.workday.shop.profile.menus.get(deed, "")
        self.query_one("#bottom", Words).put(
            Prose([*points.whole_rows, *([content(path, "$quiet")] if path else ())])
        )

    def _deed(self, key: str) -> str:
        """Return the kind of task (such as "raise_bid") in a line of the list; empty if it is unknown."""
        action = next((one for one in self.workday.actions() if one.id == key), None)
        if action is not None:
            return action.deed
        decided = self.workday.decisions("paid").get(key)
        choice = decided.choice if decided is not None else ""
        return next((deed for deed, kind in DEEDS.items() if choice and kind.choice == choice), "")

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._draw_bottom()

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does in ("tick", "not_done") and self.answer is not None and self.query_one(Points).picked is None:
            return say("There is nothing on the list.")
        over = self.workday.agenda().line(self.step_id).state in ("done", "skipped", "dropped")
        return say("This step is already finished.") if does == "finish" and over else None

    @on(Rows.Chosen)
    def do_tick(self) -> None:
        """Tick or untick the selected line."""
        points = self.query_one(Points)
        if (picked := points.picked) is None:
            return
        action = next((one for one in self.workday.actions() if one.id == picked.key), None)
        if action is not None and not picked.ticked and action.state != "done":
            is_done(self, action, lambda: self._done(picked.key))
            return
        words = say("This line is on hold: press Space again to tick it anyway.")
        if picked.key in self._held() and not picked.ticked and not self.confirmed("tick", picked.key, words):
            return
        self._put(picked.key, "" if picked.ticked else DONE)
        if not picked.ticked:
            points.action_move("down")

    def _held(self) -> set[str]:
        """Return the keys of the lines that are on hold."""
        table = self._table()
        if table is None:
            return set()
        return {key for key, row in zip(table.keys, table.rows, strict=True) if row[_STATE] == HELD}

    def _done(self, key: str) -> None:
        """Withdraw the mark "not done" if the task has one, and go to the next line."""
        if key in self.workday.decisions(self.step_id):
            self.workday.decide(self.step_id, key, "")
        self.redraw()
        self.query_one(Points).action_move("down")

    def do_not_done(self) -> None:
        """Ask why the selected line is not done, and record the reason."""
        if (picked := self.query_one(Points).picked) is None:
            return

        def because(reason: str | None) -> None:
            if reason:
                self._put(picked.key, NOT_DONE, reason)

        title = say("Why was this not done?")
        self.app.push_screen(AskLine(title, [say(reason) for reason in REASONS]), because)

    def _put(self, key: str, choice: str, reason: str = "") -> None:
        """Save a line's state: in its action if the line is one, otherwise as a decision of this step."""
        action = next((one for one in self.workday.actions() if one.id == key), None)
        decided = key in self.workday.decisions(self.step_id)
        if action is not None and choice != NOT_DONE and (choice == DONE) != (action.state == "done"):
            self.workday.update_action(key, "done" if choice == DONE else "open")
        if action is None or choice == NOT_DONE or decided:
            self.workday.decide(self.step_id, key, choice, reason)
        self.redraw()

    def do_finish(self) -> None:
        """Finish the step and close the screen; ask for confirmation while lines are open."""
        points = self.points()
        left = sum(1 for point in points if not point.ticked and not point.look)
        if self.answer is None:
            if not self.confirmed(
                "finish",
                "loading",
                say("The list is still being calculated: press d again to finish anyway."),
            ):
                return
        elif left and not self.confirmed(
            "finish",
            f"{left}",
            say(
                "{n} of {total} rows are open: press d again to carry them over to tomorrow.",
                n=left,
                total=len(points),
            ),
        ):
            return
        self.workday.finish(self.step_id)
        self.dismiss("done")
