"""Check that a file's columns still contain the types its layout expects, and report the layout used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from core.exports.layouts.file_layout import FileLayout
from core.exports.reading.laid_out_page import LaidOutPage
from core.exports.reading.problem_collector import ProblemCollector, short
from core.exports.reading.raw_table import RawTable
from core.exports.reading.rows import Misread
from core.exports.sheet import Kind
from core.language.dates import short_day
from core.language.wording import N_, plural, say

_MOST: Final = 0.2
"""The share of a column's cells that may have the wrong type before the file is refused."""
KINDS: Final[Mapping[Kind, str]] = {
    "id": N_("ids"), "text": N_("texts"), "date": N_("days"), "time": N_("times"), "hour": N_("hours"),
    "money": N_("amounts"), "count": N_("whole numbers"), "rate": N_("rates"), "ratio": N_("ratios"),
    "seconds": N_("durations"), "range": N_("ranges"), "flag": N_("yes or no"),
}  # fmt: skip
"""The names of the kinds of column, for messages."""


def check_columns(
    layout: FileLayout, tables: Sequence[Mapping[str, Misread]], troubles: ProblemCollector
) -> None:
    """Refuse the file if a layout's column has the wrong type in more than a fifth of its cells."""
    for table in tables:
        for one in table.values():
            if one.bad > _MOST * one.there:
                troubles.refuse(
                    say(
                        "According to the layout “{title}”, {header} must contain {kind}, but "
                        "{n} of {all} cells do not (the first: “{cell}”).",
                        header=one.found.header,
                        kind=say(KINDS[one.found.column.kind]),
                        n=one.bad,
                        all=one.there,
                        cell=short(one.cell),
                        title=layout.name,
                    ),
                    say("Correct the file, or teach the layout again: press t, or run shopday teach."),
                    one.found.header,
                )
                return


def note_layout(layout: FileLayout, pages: Sequence[RawTable], troubles: ProblemCollector) -> None:
    """Note by which layout the file was read, and how many rows the layout left out."""
    if layout.taught is None:
        troubles.note(say("Read with the layout “{title}”.", title=layout.name))
    elif layout.taught.by:  # otherwise it is just being taught
        troubles.note(
            say(
                "Read with the layout “{title}” (version {version}, taught by {who} on {day}).",
                title=layout.name,
                version=layout.version,
                who=layout.taught.by,
                day=short_day(layout.taught.at.date()),
            )
        )
    left_out = sum(page.left_out for page in pages if isinstance(page, LaidOutPage))
    if left_out:
        troubles.note(
            plural(
                "{n} row is ignored by this layout and was left out.",
                "{n} rows are ignored by this layout and were left out.",
                left_out,
            )
        )
