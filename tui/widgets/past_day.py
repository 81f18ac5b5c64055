"""A past day in a few lines over its log or under the calendar."""

from __future__ import annotations

from core.language.wording import day as day_words
from core.language.wording import say
from core.review.correction import notices
from routines.past.review import DayCell
from tui.text.past_days import entry_words, figure_list, report_words, sold_words
from tui.text.text_layout import Block, hang


def day_blocks(cell: DayCell) -> list[Block]:
    """Return sales against target, figures, the report, what was corrected since."""
    look = {True: "$level-good", False: "$level-watch", None: ""}[cell.met]
    figures = figure_list(cell)
    rows: list[Block] = [
        hang(" ", (f"{day_words(cell.day)}  ", "bold"), (sold_words(cell), look), (f"  {figures}", "$quiet"))
    ]
    state = "$level-act" if cell.unfinished else ""
    late = f"  {say('in, late')}" if cell.state == "late" else ""
    rows.append(
        hang(" ", (report_words(cell), state), (late, "$level-watch"), (f"  {entry_words(cell)}", "$quiet"))
    )
    rows += [hang(" ", (words, "$level-watch")) for words in notices(cell.corrections)]
    return rows
