"""The thin-out screen: steps that led to no action in 30 days can be planned on Mondays only, or left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.language.wording import N_, plural, say
from routines.workday import thinning
from routines.workday.thinning import Choice, IdleStep
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.text.sanitize import content
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn


class ThinOut(BaseScreen):
    """The steps that led to nothing in 30 days, each with a choice of how often it is planned from now on."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.THIN_OUT, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.THIN_OUT, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Steps that were done at least ten times in the last 30 days without any action, decision "
        "or record. Your choice is saved in routine.toml; u undoes it. A step that finds nothing "
        "may still be worth its time: then keep it."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[IdleStep, ...] = ()

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Fewer steps")

    def body(self) -> Iterable[Widget]:
        """Yield a summary, the steps, and the effect of the choice for the selected one."""
        yield Words(id="top")
        yield TableView(id="steps")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Find the steps that led to nothing in the last 30 days."""
        workday = self.workday
        chosen = set(thinning.choices(workday))
        self.shown = thinning.idle_steps(workday.book, thinning.all_steps(workday), workday.day, also=chosen)

    def redraw(self) -> None:
        """Draw the steps with the choices made about them today."""
        chosen = thinning.choices(self.workday)
        waits = thinning.proposed(self.workday)
        titles = (
            say("step"),
            say("done"),
            say("times finished with one key"),
            say("minutes"),
            say("from now on"),
        )
        rows = [
            (
                one.title,
                one.done,
                one.quick,
                one.minutes,
                self._from_now_on(chosen.get(one.id), waits.get(one.id)),
            )
            for one in self.shown
        ]
        columns = [ViewColumn(title, right=0 < number < 4) for number, title in enumerate(titles)]  # noqa: PLR2004
        self.query_one(TableView).load(columns, rows)
        if self.shown:
            words = plural("{n} step led to no action in 30 days.", "{n} steps led to no action in 30 days.",
                           len(self.shown))  # fmt: skip
        else:
            words = say("Every step led to something in the last 30 days, or there are too few days to tell.")
        self.query_one("#top", Words).put(content(words, "bold"))
        self._draw_bottom()

    def _from_now_on(self, chosen: Choice | None, waits: Choice | None) -> str:
        if waits is not None:
            return say("{choice} (proposed)", choice=say(thinning.WORDS[waits]))
        return "-" if chosen is None else say(thinning.WORDS[chosen])

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show the minutes that a choice about the selected step would save."""
        self._draw_bottom()

    def _draw_bottom(self) -> None:
        picked = self.picked
        words = ""
        if picked is not None:
            each = picked.minutes / picked.done if picked.done else 0
            words = say(
                "{title}: {minutes:.0f} minutes each time; done on Mondays only, it would take "
                "about {saved:.0f} minutes less a month.",
                title=picked.title,
                minutes=each,
                saved=picked.minutes * 0.8,
            )
        self.query_one("#bottom", Words).put(content(words, "$quiet"))

    @property
    def picked(self) -> IdleStep | None:
        """The step under the cursor; None if there is none."""
        at = self.query_one(TableView).cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does in ("weekly", "leave_out", "keep", "undo") and self.picked is None:
            return say("There are no steps to reduce.")
        if (
            does == "undo"
            and self.picked is not None
            and self.picked.id not in thinning.choices(self.workday) | thinning.proposed(self.workday)
        ):
            return say("No change to this step was chosen today.")
        return None

    def do_weekly(self) -> None:
        """Plan the selected step on Mondays only from now on."""
        self._choose("Mondays only")

    def do_leave_out(self) -> None:
        """Do not plan the selected step any more."""
        self._choose("leave out")

    def do_keep(self) -> None:
        """Keep planning the selected step as it is."""
        self._choose("keep")

    def do_undo(self) -> None:
        """Undo the choice."""
        if self.picked is not None and self.attempt(thinning.take_back, self.workday, self.picked.id):
            self.redraw()
            self.tell(say("Undone."), "good")

    def _choose(self, choice: Choice) -> None:
        picked = self.picked
        if picked is not None and self.attempt(thinning.choose, self.workday, picked.id, choice):
            self.session.idle_steps = ()
            self.redraw()
            made = f"{picked.title}: {say(thinning.WORDS[choice])}"
            if picked.id in thinning.proposed(self.workday):
                made = say("{change} – proposed to {owner}", change=made, owner=self.workday.proposals.owner)
            self.tell(made, "good")
            self.query_one(TableView).action_move("down")
