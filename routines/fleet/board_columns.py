"""The columns of the board, the same on the screen and on the page: for those who work, and for the owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias

from core.answers.answer import LEVELS, Cell, CellKind, LevelName
from core.language.message import DASH, Words
from core.language.money import money, short_money
from core.language.numbers import percent
from core.language.wording import N_, listing, say, text
from routines.fleet.board_row import BoardRow, ReportStage, speak_for
from routines.fleet.fleet_board import Board

Row: TypeAlias = BoardRow[Words]
View: TypeAlias = Literal["work", "owner"]
"""``work``: what the shops' people do today; ``owner``: how the shops stand, for whoever owns them."""

SHORT: Final = 0.9
"""Below this share of yesterday's target an amount is marked as missed (a judgement)."""
UNLIKELY: Final = 0.3
"""Below this chance a month's target is marked as unlikely (a judgement)."""
SURE: Final = 0.99
LEVEL_WORDS: Final[dict[LevelName, str]] = {
    "act": N_("act"),
    "watch": N_("watch"),
    "good": N_("good"),
    "info": N_("info"),
    "nodata": N_("no data"),
}
MARKS: Final[dict[str, str]] = {
    "act": "!",
    "watch": "~",
    "good": "+",
    "info": "-",
    "nodata": "?",
    "": ".",
}
"""One character for each level, and for a step without an answer, in the column of all steps."""
REPORTS: Final[dict[ReportStage, str]] = {
    "none": "",
    "draft": N_("draft"),
    "finished": N_("finished"),
    "posted": N_("posted"),
}


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: its title, its value for sorting and conditions, and its text and style for a row."""

    id: str
    title: str
    """Message id of the title."""
    kind: CellKind
    value: Callable[[Board, Row], Cell]
    words: Callable[[Board, Row], str]
    look: Callable[[Board, Row], str] = lambda _board, _row: ""
    """The style's name: act, watch, good or quiet; empty for none."""

    @property
    def is_text(self) -> bool:
        """Whether it holds words, which are aligned left."""
        return self.kind in ("text", "word")


def columns_of(view: View) -> tuple[BoardColumn, ...]:
    """Return the columns of the view; the first one names the shop."""
    return _WORK if view == "work" else _OWNER


def row_text(found: Board, row: Row, columns: Sequence[BoardColumn]) -> list[str]:
    """Return the row's cells as text, in the current language and the shop's currency."""
    speak_for(row)
    return [column.words(found, row) for column in columns]


def age_words(age: timedelta | None) -> str:
    """Return an age in at most a few characters: 5 min, 3 h, 2 d; "never" for None."""
    if age is None:
        return say("never")
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return say("{n} min", n=minutes)
    if minutes < 48 * 60:
        return say("{n} h", n=minutes // 60)
    return say("{n} d", n=minutes // (24 * 60))


def share_of_plan(row: Row) -> float | None:
    """Return yesterday's sales as a share of the day's target; None if either is unknown."""
    month = row.month
    return month.sold / month.day_target if month is not None and month.day_target else None


def share_to_date(row: Row) -> float | None:
    """Return the month's sales so far as a share of the targets of the same days; None if unknown."""
    month = row.month
    return month.to_date / month.target_to_date if month is not None and month.target_to_date else None


def _share_look(share: float | None) -> str:
    if share is None:
        return ""
    return "good" if share >= 1 else "watch" if share < SHORT else ""


def _chance_look(row: Row) -> str:
    chance = row.month.chance if row.month is not None else None
    return "watch" if chance is not None and chance < UNLIKELY else ""


def _chance(row: Row) -> str:
    """Return the chance in whole percent, never as 0 % or 100 %."""
    chance = row.month.chance if row.month is not None else None
    if chance is None:
        return ""
    if chance > SURE:
        return ">99%"
    return "<1%" if chance < 1 - SURE else percent(chance, 0)


def _amount(yuan: float | None) -> str:
    return "" if yuan is None else money(round(yuan))


def _plain(word: str) -> str:
    return "" if word == DASH else word


def _who(row: Row) -> str:
    return listing(row.who)


def _at(row: Row) -> str:
    current = next((one for one in row.steps if one.step == row.at), None)
    return "" if current is None else f"{current.at} {say(current.title)}"


def _age(found: Board, row: Row) -> str:
    return say("failed") if row.trouble else age_words(found.age(row))


def _age_look(found: Board, row: Row) -> str:
    return "act" if row.trouble else "watch" if found.is_old(row) else "quiet"


_SHOP = BoardColumn("shop", N_("Shop"), "text", lambda _, row: row.key, lambda _, row: row.key)
_LEVEL = BoardColumn(
    "level",
    N_("Level"),
    "word",
    lambda _, row: LEVELS.index(row.level),
    lambda _, row: say(LEVEL_WORDS[row.level]),
    lambda _, row: row.level,
)
_STAKE = BoardColumn(
    "stake",
    N_("At stake"),
    "money",
    lambda _, row: row.stake,
    lambda _, row: _amount(row.stake),
)
_YESTERDAY = BoardColumn(
    "yesterday",
    N_("Yesterday"),
    "money",
    lambda _, row: row.yesterday,
    lambda _, row: _amount(row.yesterday),
)
_OF_PLAN = BoardColumn(
    "of_target",
    N_("Of target"),
    "rate",
    lambda _, row: share_of_plan(row),
    lambda _, row: _plain(percent(share_of_plan(row), 0)),
    lambda _, row: _share_look(share_of_plan(row)),
)
_RECENT = BoardColumn("recent", N_("14 days"), "text", lambda _, __: None, lambda _, __: "")
"""Drawn by each face in its own way."""
_TO_DATE = BoardColumn(
    "to_date",
    N_("Month to date"),
    "money",
    lambda _, row: row.month.to_date if row.month else None,
    lambda _, row: "" if row.month is None else short_money(row.month.to_date),
)
_TARGET = BoardColumn(
    "target",
    N_("Month's target"),
    "money",
    lambda _, row: row.month.target if row.month else None,
    lambda _, row: "" if row.month is None else short_money(row.month.target),
)
_MONTH_SHARE = BoardColumn(
    "month_share",
    N_("Month %"),
    "rate",
    lambda _, row: share_to_date(row),
    lambda _, row: _plain(percent(share_to_date(row), 0)),
    lambda _, row: _share_look(share_to_date(row)),
)
_LIKELY = BoardColumn(
    "likely",
    N_("Likely"),
    "rate",
    lambda _, row: row.month.chance if row.month else None,
    lambda _, row: _chance(row),
    lambda _, row: _chance_look(row),
)
_MISSING = BoardColumn(
    "missing",
    N_("Files missing"),
    "count",
    lambda _, row: len(row.missing) if row.computed else None,
    lambda _, row: "" if not row.computed else f"{len(row.missing)}" if row.missing else "✓",
    lambda _, row: "act" if row.missing else "quiet",
)
_DONE = BoardColumn(
    "done",
    N_("Steps"),
    "count",
    lambda _, row: row.done if row.steps else None,
    lambda _, row: f"{row.done}/{len(row.steps)}" if row.steps else "",
)
_LATE = BoardColumn(
    "late",
    N_("Late"),
    "count",
    lambda _, row: row.late if row.steps else None,
    lambda _, row: f"{row.late}" if row.late else "",
    lambda _, row: "watch" if row.late else "",
)
_AT = BoardColumn("at", N_("Now"), "text", lambda _, row: row.at, lambda _, row: _at(row))
_WHO = BoardColumn("who", N_("Here"), "text", lambda _, row: _who(row), lambda _, row: _who(row))
_REPORT = BoardColumn(
    "report",
    N_("Report"),
    "text",
    lambda _, row: row.report,
    lambda _, row: say(REPORTS[row.report]) if REPORTS[row.report] else "",
)
_PROMISES = BoardColumn(
    "promises",
    N_("Kept/missed"),
    "count",
    lambda _, row: row.kept,
    lambda _, row: f"{row.kept}/{row.not_kept}" if row.kept or row.not_kept else "",
    lambda _, row: "watch" if row.not_kept > row.kept else "",
)
_STEPS = BoardColumn(
    "levels",
    N_("Each step"),
    "text",
    lambda _, __: None,
    lambda _, row: "".join(MARKS.get(level, MARKS[""]) for level in row.steps.levels),
)
_AGE = BoardColumn(
    "age",
    N_("Age"),
    "days",
    lambda found, row: None if (age := found.age(row)) is None else age.total_seconds() / 86_400,
    _age,
    _age_look,
)
_HEADLINE = BoardColumn(
    "headline",
    N_("Most urgent"),
    "text",
    lambda _, row: text(row.headline),
    lambda _, row: text(row.headline),
)

_WORK: Final = (
    _SHOP, _LEVEL, _STAKE, _YESTERDAY, _OF_PLAN, _RECENT, _MONTH_SHARE, _LIKELY, _MISSING, _DONE, _LATE, _AGE,
    _WHO, _AT, _REPORT, _PROMISES, _STEPS,
)  # fmt: skip
_OWNER: Final = (
    _SHOP, _TO_DATE, _MONTH_SHARE, _LIKELY, _TARGET, _YESTERDAY, _OF_PLAN, _STAKE, _PROMISES, _REPORT, _AGE,
    _LEVEL, _HEADLINE,
)  # fmt: skip
