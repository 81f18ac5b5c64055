"""What Today says of earlier days' work: promises, things left over, steps that lead nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.actions.overdue_actions import undecided
from core.language.wording import plural, say
from tui.screens.base_screen import Desk
from tui.text.text_layout import Block, hang
from tui.widgets.promise_summary import promised_words

if TYPE_CHECKING:
    from core.journal.actions import Action


class Standing(Desk):
    """A screen that tells what still stands from earlier days; the session has looked it up."""

    def standing_rows(self, actions: Sequence[Action]) -> list[Block]:
        """Return a line each for promises, open actions that wait for a choice, and steps to thin out."""
        rows: list[Block] = []
        if told := promised_words(self.session.morning):
            rows.append(hang(" ", told, "  ", ("k", "bold $key"), " ", say("why")))
        if waiting := undecided(actions, self.workday.day):
            words = plural(
                "{n} thing left over is in its third day or later and waits for a choice.",
                "{n} things left over are in their third day or later and wait for a choice.",
                len(waiting),
            )
            rows.append(hang(" ", (words, "$level-watch"), "  ", ("a", "bold $key"), " ", say("actions")))
        if idle := self.session.idle:
            words = plural(
                "{n} step led to no action in 30 days: thin it out?",
                "{n} steps led to no action in 30 days: thin them out?",
                len(idle),
            )
            rows.append(hang(" ", (words, "$quiet"), "  ", ("l", "bold $key")))
        return rows

    def do_find(self) -> None:
        """Look for words and figures of past days."""
        from tui.screens.past.find import Find

        self.app.push_screen(Find())

    def do_promises(self) -> None:
        """Show what came of the promises."""
        from tui.screens.past.promises import Promises

        self.app.push_screen(Promises())

    def do_thin(self) -> None:
        """Thin out steps that lead to nothing."""
        from tui.screens.thinning import Diet

        self.app.push_screen(Diet())

    def do_spot_check(self) -> None:
        """Draw questions on what was recorded."""
        from tui.screens.past.spot_check import SpotChecking

        self.app.push_screen(SpotChecking())
