"""The comparison of two days: their figures with the change, then what was shown and written in each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.language.dates import day as day_words
from core.language.message import DASH
from core.language.numbers import percent
from core.language.wording import N_, say
from core.measures.metrics import NAMES, STATED
from core.review.correction import figure_words
from core.review.target_share import share_words
from core.review.timeline import Moment, by_step
from routines.past.review import DayCell, Review
from tui.keymap import keys, past_keys
from tui.screens.base_screen import BaseScreen
from tui.screens.past.current_answers import CurrentAnswers
from tui.screens.past.navigation import DayKeys
from tui.text.past_days import state_words
from tui.text.sanitize import Shown, content, fit, line
from tui.text.text_layout import Block, Prose
from tui.widgets.labels import Words
from tui.widgets.past_day import DayLog, moment_blocks

_NAMES = 22
_VALUES = 16


class CompareDays(BaseScreen):
    """One day on the left and another on the right; the keys change the right one."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*past_keys.COMPARE, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(past_keys.COMPARE, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Two days side by side. The arrows and brackets change the day on the right, s swaps the sides."
    )
    AUTO_FOCUS: ClassVar[str | None] = "DayLog"

    def __init__(self, review: Review, left: date, right: date) -> None:
        super().__init__()
        self.review = review
        self.left = left
        self.day = right
        self.handlers = (DayKeys.of(self),)
        self._now = CurrentAnswers(self, review)

    def title_words(self) -> str:
        """Return a title naming both days."""
        return say("{day} compared with {other}", day=day_words(self.left), other=day_words(self.day))

    def body(self) -> Iterable[Widget]:
        """Yield the figures and the logs of both days."""
        yield Words(id="top")
        with DayLog(id="log"):
            yield Words(id="moments")

    def redraw(self) -> None:
        """Draw both days."""
        cells = self.review.cell(self.left), self.review.cell(self.day)
        self.query_one("#top", Words).put(Prose(figure_lines(*cells)))
        logs = [self.review.log(day, self._now.of(day)) for day in (self.left, self.day)]
        self.query_one("#moments", Words).put(Prose(beside(*logs)))

    def changed(self, parts: frozenset[str]) -> None:
        """Redraw after a change on disk; after an import or a change of settings, recompute the answers."""
        if parts & {"facts", "settings"}:
            self._now.clear()
        super().changed(parts)

    def do_swap(self) -> None:
        """Swap the two days."""
        self.left, self.day = self.day, self.left
        self.redraw()
        self.draw_head()

    def do_back(self) -> None:
        """Close the screen."""
        self.dismiss(None)


def figure_lines(left: DayCell, right: DayCell) -> list[Block]:
    """Return a table of the figures of two days, with the change from right to left in %."""
    head = [fit("", _NAMES), *(fit(day_words(cell.day), _VALUES, right=True) for cell in (left, right))]
    lines: list[Block] = [
        line(*((words, "bold $heading") for words in (*head, fit(say("Change"), 10, right=True))))
    ]
    for name in STATED:
        was, now = _value(right, name), _value(left, name)
        change = percent(now / was - 1, sign=True) if now is not None and was else DASH
        lines.append(_row(say(NAMES[name]), figure_words(name, now), figure_words(name, was), change))
    shares = [share_words(cell.share) for cell in (left, right)]
    lines.append(_row(say("% of target"), shares[0], shares[1], ""))
    reports = [state_words(cell)[0] or DASH for cell in (left, right)]
    lines.append(_row(say("Report"), reports[0], reports[1], ""))
    return lines


def _value(cell: DayCell, name: str) -> float | None:
    return cell.sold if name == "gmv" and not cell.net else cell.figures.get(name)


def _row(name: str, left: str, right: str, change: str) -> Shown:
    return line(
        (fit(f" {name}", _NAMES), "$quiet"), fit(left, _VALUES, right=True), fit(right, _VALUES, right=True),
        (fit(change, 10, right=True), "bold"),
    )  # fmt: skip


def beside(left: Sequence[Moment], right: Sequence[Moment]) -> Iterator[Block]:
    """Yield for each step of either day a heading, and the step's log entries on both days in two columns."""
    mine, theirs = by_step(left), by_step(right)
    titles = {moment.step: moment.title or say("the whole day") for moment in (*right, *left)}
    for step in dict.fromkeys([*mine, *theirs]):
        yield content(f" {titles[step]}", "bold $heading")
        yield _Columns(mine.get(step, []), theirs.get(step, []))


class _Columns:
    """The log entries of one step on both days; the columns are laid out when the width is known."""

    def __init__(self, left: Sequence[Moment], right: Sequence[Moment]) -> None:
        self.sides = tuple(
            Prose([block for moment in side for block in moment_blocks(moment, titled=False)])
            for side in (left, right)
        )

    def __call__(self, room: int) -> list[Shown]:
        """Return the lines for a width of ``room`` cells."""
        half = max(10, (room - 2) // 2)
        left, right = (side.lines(half) for side in self.sides)
        return [
            _filled(left[n] if n < len(left) else content(""), half).append(
                right[n] if n < len(right) else content("")
            )
            for n in range(max(len(left), len(right)))
        ]


def _filled(words: Shown, cells: int) -> Shown:
    return words.append(" " * max(0, cells + 2 - words.cell_length))
