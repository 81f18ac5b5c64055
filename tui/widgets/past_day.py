"""A past day as text: its summary, shown above its log and below the calendar, and its log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from core.language.dates import clock
from core.language.dates import day as day_words
from core.language.wording import say
from core.review.correction import notices
from core.review.timeline import Moment
from routines.past.review import DayCell
from tui.text.past_days import entry_words, figure_list, report_words, sold_words
from tui.text.sanitize import Part
from tui.text.text_layout import Block, hang


class DayLog(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A day's log, which scrolls only vertically because the left and right keys switch days."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "scroll_up", ""),
        ("down", "scroll_down", ""),
        ("pageup", "page_up", ""),
        ("pagedown,space", "page_down", ""),
        ("home", "scroll_home", ""),
        ("end", "scroll_end", ""),
    ]


def day_blocks(cell: DayCell) -> list[Block]:
    """Return a day's summary: sales against target, figures, report, corrections."""
    look = {True: "$level-good", False: "$level-watch", None: ""}[cell.met]
    figures = figure_list(cell)
    rows: list[Block] = [
        hang(" ", (f"{day_words(cell.day)}  ", "bold"), (sold_words(cell), look), (f"  {figures}", "$quiet"))
    ]
    state = "$level-act" if cell.unfinished else ""
    late = f"  {say('handed in late')}" if cell.state == "late" else ""
    rows.append(
        hang(" ", (report_words(cell), state), (late, "$level-watch"), (f"  {entry_words(cell)}", "$quiet"))
    )
    rows += [hang(" ", (words, "$level-watch")) for words in notices(cell.corrections)]
    return rows


def moment_blocks(moment: Moment, *, titled: bool = True) -> Iterator[Block]:
    """Yield the text of one log entry (time, step, text, person), then its figures as of then and of now.

    ``titled`` says whether the step is named.
    """
    head: list[Part] = [(f" {clock(moment.at)} ", "$quiet")]
    body: list[Part] = [(f"{moment.title}  ", "bold")] if moment.title and titled else []
    body.append((f"{moment.kind_word}  ", "$key" if moment.kind in ("answered", "report") else "$quiet"))
    look = f"$level-{moment.level}" if moment.level in ("act", "watch") else ""
    body += [(moment.text, look), (f"  {moment.who}" if moment.kind != "answered" else "", "$quiet")]
    if moment.late:
        body.append((f"  {say('late entry')} {day_words(moment.at.date())}", "$level-watch"))
    yield hang(head, *body)
    if moment.figures:
        figures: list[Part] = []
        for one in moment.figures:
            figures += [(one.words, "bold $level-watch" if one.now else "$quiet"), "   "]
        yield hang("       ", *figures)
    if moment.verdict_now:
        yield hang("       ", (say("Now: {verdict}", verdict=moment.verdict_now), "$level-watch"))
