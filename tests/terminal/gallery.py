"""Every widget of ours, filled with the same hostile words: ``python -m tests.terminal.gallery FILE``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.filter import LineFilter
from textual.widget import Widget

from core.answers.answer import (
    Answer,
    Finding,
    Need,
    Number,
    Part,
    Proposal,
    Series,
    Split,
    TableColumn,
    Verdict,
)
from core.answers.answer import Table as TableEvidence
from routines.forms.form import Field
from tui.runtime.base_app import BaseApp
from tui.text.sanitize import SanitizingFilter, content, line
from tui.text.text_layout import Prose, hang, titled
from tui.widgets.answer import (
    evidence_widgets,
    finding_words,
    gate_words,
    good_words,
    limit_words,
    verdict_words,
)
from tui.widgets.fields import Choice, FieldRow
from tui.widgets.labels import Head, Words
from tui.widgets.lists import Choices, Point, Points
from tui.widgets.table import TableView, ViewColumn
from tui.widgets.text_input import OneLine, Page


def answer(bad: str) -> Answer:
    """Return an answer that is hostile in every place."""
    proposal = Proposal(bad, bad, bad, "up", bad)
    return Answer(
        Verdict("act", bad),
        (Finding(bad, "watch", bad, (proposal,)),),
        (
            Number(bad, bad, 1.0, 0.0, 2.0, 1.5),
            Split(bad, bad, -1.0, (Part(bad, -1.0, -2.0, 0.0),)),
            Series(bad, bad, ("2026-11-01", bad), (1.0, 2.0)),
            TableEvidence(bad, (TableColumn(bad), TableColumn(bad, "money")), ((bad, 1.0),), (bad,)),
        ),
        (bad,),
        (Need(bad, "missing", bad, (bad,)), Need(bad, "complete", bad)),
    )


class Gallery(BaseApp):
    """One widget under the other."""

    CSS_PATH = ["../../tui/base.tcss", "../../tui/screens.tcss"]  # noqa: RUF012 - typed by Textual
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, words: list[str], *, edge: bool) -> None:
        super().__init__()
        self.words = words
        self.edge = edge

    def get_line_filters(self) -> list[LineFilter]:
        """Leave the last look out unless it is asked for: what stands before it must hold alone."""
        return [
            one for one in super().get_line_filters() if self.edge or not isinstance(one, SanitizingFilter)
        ]

    def compose(self) -> ComposeResult:
        """Put everything on one long page."""
        with VerticalScroll():
            for bad in self.words:
                yield from widgets(bad)

    def on_mount(self) -> None:
        """Fill what is filled after mounting."""
        for number, bad in enumerate(self.words):
            heads = list(self.query(Head))
            heads[number].put(content(bad), content(bad))
        for table in self.query(".tables").results(TableView):
            bad = str(table.name)
            table.load([ViewColumn(bad), ViewColumn(bad, right=True)], [[bad, bad], [bad, bad]])
        for points in self.query(Points):
            bad = str(points.name)
            points.load([Point(bad, bad, bad), Point(bad, bad, bad, ticked=True)])
        self.set_timer(0.4, self._down)

    def _down(self) -> None:
        place = self.query_one(VerticalScroll)
        if place.scroll_y >= place.max_scroll_y:
            self.exit()
            return
        place.scroll_page_down(animate=False)
        self.set_timer(0.03, self._down)


def widgets(bad: str) -> Iterator[Widget]:
    """Return one of each."""
    head = Head()
    head.styles.height = 1
    yield head
    yield Words(content(bad, lines=True))
    yield Words(line(bad, (bad, "bold")))
    yield Words(titled(bad, [hang((bad, "bold"), bad)]))
    made = answer(bad)
    for prose in (
        verdict_words(made, asking=False),
        finding_words(made),
        limit_words(made),
        gate_words(made.needs),
    ):
        yield Words(prose)
    yield Words(good_words(made.needs) or Prose())
    yield from evidence_widgets(made)
    for widget in (
        TableView(name=bad, classes="tables"),
        Points(name=bad),
        Choices([content(bad), line((bad, "bold"))]),
    ):
        widget.styles.height = 4
        yield widget
    yield OneLine(bad, hint=bad)
    yield OneLine("", hint=bad)
    yield Page(bad)
    choice = Choice([(bad, bad), ("b", bad)], bad)
    choice.styles.height = 1
    yield choice
    yield FieldRow(Field("name", bad, "shop", hint=bad), bad, {"shop": [(bad, bad)]})


if __name__ == "__main__":
    words = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Gallery(words, edge=sys.argv[2] == "edge").run()
