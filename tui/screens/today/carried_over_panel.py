"""The lines on the Today screen about earlier days: promises, open actions, steps that led to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from core.actions.overdue_actions import undecided
from core.language.wording import plural, say
from tui.text.text_layout import Block, hang
from tui.widgets.promise_summary import promised_words

if TYPE_CHECKING:
    from core.journal.actions import Action
    from routines.past.promise_history import JudgedPromise
    from routines.workday.thinning import IdleStep


def carried_over_rows(
    actions: Sequence[Action], day: date, *, promises: Sequence[JudgedPromise], idle: Sequence[IdleStep]
) -> list[Block]:
    """Return a line on promises due, one on actions left open for days, and one on steps that led to nothing.

    A line is left out if there is nothing to report in it.
    """
    rows: list[Block] = []
    if told := promised_words(promises):
        rows.append(hang(" ", told, "  ", ("k", "bold $key"), " ", say("show reasons")))
    if waiting := undecided(actions, day):
        words = plural(
            "{n} thing has been left open for three days or longer and needs a decision.",
            "{n} things have been left open for three days or longer and need a decision.",
            len(waiting),
        )
        rows.append(hang(" ", (words, "$level-watch"), "  ", ("a", "bold $key"), " ", say("actions")))
    if idle:
        words = plural(
            "{n} step led to no action in 30 days: do it less often?",
            "{n} steps led to no action in 30 days: do them less often?",
            len(idle),
        )
        rows.append(hang(" ", (words, "$quiet"), "  ", ("l", "bold $key")))
    return rows
