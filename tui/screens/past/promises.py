"""The promises screen: actions that promised to change a figure, their outcomes, each person's accuracy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from core.errors import ShopdayError
from core.language import wording
from core.language.dates import short_day
from core.language.message import DASH
from core.language.numbers import percent
from core.language.wording import N_, plural, say
from core.measures.metrics import NAMES, worded
from core.storage.system_errors import words_of
from routines.past.promise_history import JudgedPromise, PromiseLedger
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.text.find_text import predicts_row
from tui.text.sanitize import content, line
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.labels import Words
from tui.widgets.promise_summary import promised_words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn

OUTCOMES: dict[str, str] = {
    "kept": N_("kept"),
    "not kept": N_("missed"),
    "cannot tell": N_("cannot tell"),
    "waiting": N_("waiting for figures"),
}
RANGE = 1.2816
"""Standard deviations on either side of the mean that contain 80 % of a normal distribution."""
_LOOKS = {"kept": "good", "not kept": "watch", "cannot tell": "", "waiting": "quiet"}


class PromisesScreen(BaseScreen):
    """The screen with a summary for each person and a table of the promises."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.PROMISES, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.PROMISES, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "An action with a promised figure is a promise. When it is due, the figure is compared with "
        'what was promised and with what would be expected anyway. "Kept" and "missed" need equally '
        "strong evidence (four to one); in between, or if a campaign affected the figure too, it "
        'cannot be told. "Kept" means that the figure changed, not that the action changed it. An '
        'estimate scores by how much closer it came than "as usual" would have; a small promise '
        "scores about 0."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[JudgedPromise, ...] = ()

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Promises")

    def body(self) -> Iterable[Widget]:
        """Yield the summary by person, the promises, and the full text of the selected one."""
        yield Words(id="top")
        yield TableView(id="promises")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Start judging the promises."""
        self.do_fetch()

    def do_fetch(self) -> None:
        """Have the promises judged again, by all figures imported so far."""
        self._fetch()

    @work(name="promises", exclusive=True, exit_on_error=False)
    async def _fetch(self) -> None:
        try:
            await self.session.check_promises()
        except (ShopdayError, OSError) as error:
            if self.is_up:
                self.tell(words_of(error), "act")
            return
        if self.is_up:
            self.redraw()
            self.draw_keys()

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the summary and the promises."""
        ledger = self.session.promises
        if ledger is None:
            self.query_one("#top", Words).put(content(say("Checking the figures ..."), "$quiet"))
            return
        self.shown = ledger.promises
        titles = (say("due"), say("outcome"), say("who"), say("what"), say("figure"), say("usual"),
                  say("now"), say("promised"))  # fmt: skip
        self.query_one(TableView).load(
            [ViewColumn(title) for title in titles],
            [_cells(one) for one in self.shown],
            look=lambda row, column: _LOOKS[self.shown[row].outcome] if column == 1 else "",
        )
        self.query_one("#top", Words).put(_top(ledger))
        self._draw_bottom()

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show the full sentence of the selected promise."""
        self._draw_bottom()

    def _draw_bottom(self) -> None:
        at = self.query_one(TableView).cursor
        bottom = self.query_one("#bottom", Words)
        if not 0 <= at < len(self.shown):
            bottom.put(content(say("No promise was due in the last months."), "$quiet"))
            return
        one = self.shown[at]
        bottom.put(Prose([hang("", (one.sentence, "bold"), (f"  {_more(one)}", "$quiet"))]))


def _top(ledger: PromiseLedger) -> Prose:
    counts = {name: sum(one.outcome == name for one in ledger.promises) for name in OUTCOMES}
    words = "  ".join(f"{say(OUTCOMES[name])} {n}" for name, n in counts.items() if n)
    all_of_them = plural("{n} promise in these months", "{n} promises in these months", len(ledger.promises))
    rows: list[Block] = [line((all_of_them, "bold"), (f"   {words}", ""))]
    if morning := promised_words(ledger.of_morning()):
        rows.insert(
            0, line((say("This morning: {promises}", promises=morning[0]), f"bold {morning[1]}".strip()))
        )
    for one in ledger.people:
        who, kept, broken, unclear, share, predicts, moved = predicts_row(one)
        told = say(
            "{who}: {kept} kept, {broken} missed, {unclear} cannot tell; share kept {share}; estimates: "
            "{predicts}",
            who=who,
            kept=kept,
            broken=broken,
            unclear=unclear,
            share=share,
            predicts=predicts,
        )
        beyond = say("improvement over usual: {moved}", moved=moved) if one.moved else ""
        rows.append(hang("", ("; ".join(filter(None, (told, beyond))), "$quiet")))
    return Prose(rows)


def _cells(one: JudgedPromise) -> tuple[str, ...]:
    due = date.fromisoformat(one.due or one.created)
    number = say(NAMES.get(one.metric, one.metric)) if one.metric else DASH
    figures = [
        wording.text(worded(one.metric, value)) if one.metric else DASH
        for value in (one.usual, one.value, one.expected)
    ]
    return short_day(due), say(OUTCOMES[one.outcome]), one.who, one.text, number, *figures


def _more(one: JudgedPromise) -> str:
    """Return when a promise's figure was measured, and how far it usually varies; empty if unknown."""
    parts = []
    if one.measured:
        parts.append(say("measured on {day}", day=short_day(date.fromisoformat(one.measured))))
    if one.sd and one.usual:
        parts.append(say("usually within ±{swing}", swing=percent(RANGE * one.sd / abs(one.usual), 0)))
    return ", ".join(parts)
