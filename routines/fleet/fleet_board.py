"""The board as one person sees it: the rows of the shops whose team they are in, with their ages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

from core.answers.answer import LEVELS
from core.errors import BadSettings
from core.language import wording
from core.language.message import Words, say
from core.shop.loading import load_shop
from core.shop.permissions import may_see
from core.shop.settings import settings_file
from routines.fleet.board_row import BoardRow, speak_for
from routines.fleet.board_store import BoardStore
from routines.fleet.fleet import Fleet
from routines.fleet.shop_state import file_stamp
from routines.plan.calendar import day_of

OLD: Final = timedelta(hours=2)
"""A row of the same working day counts as old after this time (a judgement): figures come in all day."""
Order: TypeAlias = Literal["stake", "late", "level", "fleet"]
ORDERS: Final[tuple[Order, ...]] = ("stake", "late", "level", "fleet")
"""The orders of the rows: by money at stake, by lateness, by level, as in fleet.toml."""


@dataclass(frozen=True, slots=True)
class Board:
    """The rows that one person may see, in the order of fleet.toml."""

    rows: tuple[BoardRow[Words], ...]
    at: datetime
    """The time now, in the time zone of the first shop with a row."""
    hidden: int = 0
    """The number of shops of the fleet whose team this person is not in."""

    def in_order(self, order: Order) -> list[BoardRow[Words]]:
        """Return the rows in this order; rows with equal or unknown values keep the order of fleet.toml."""
        return ordered(self.rows, order)

    def age(self, row: BoardRow[Words]) -> timedelta | None:
        """Return how long ago the row was computed; None if it never was."""
        return None if not row.computed else max(timedelta(), self.at - datetime.fromisoformat(row.computed))

    def is_old(self, row: BoardRow[Words]) -> bool:
        """Return whether the row is of an earlier working day or was computed more than two hours ago."""
        age = self.age(row)
        if age is None:
            return True
        here = self.at.astimezone(datetime.fromisoformat(row.computed).tzinfo)
        return age > OLD or row.day < day_of(here).isoformat()


def board(fleet: Fleet, store: BoardStore, *, user: str, said: str = "", at: datetime) -> Board:
    """Return the board for this person; reads stored rows and asks no analysis.

    ``user`` is the Unix user, ``said`` the name given with --who, ``at`` the time now. Raise BadInput if the
    rows cannot be read at all.
    """
    rows = store.rows()
    checked = (_checked(fleet, row, user, said) for row in rows)
    seen = tuple(row for row in checked if row is not None)
    zone = next((datetime.fromisoformat(row.computed).tzinfo for row in seen if row.computed), at.tzinfo)
    return Board(seen, at.astimezone(zone), len(rows) - len(seen))


def ordered(rows: Iterable[BoardRow[Words]], order: Order) -> list[BoardRow[Words]]:
    """Return the rows in this order; the sort is stable."""
    match order:
        case "stake":
            return sorted(rows, key=lambda row: (row.stake is None, -(row.stake or 0.0)))
        case "late":
            return sorted(rows, key=lambda row: (-row.late, -row.behind, row.due == 0))
        case "level":
            return sorted(rows, key=lambda row: (LEVELS.index(row.level), -(row.stake or 0.0)))
    return list(rows)


def _checked(fleet: Fleet, row: BoardRow[Words], user: str, said: str) -> BoardRow[Words] | None:
    """Return the row if this person may see the shop, else None; the row says if the shop cannot be opened.

    The team stored in the row is used while shop.toml is unchanged, so that most boards read no settings. It
    also counts while shop.toml is missing or invalid.
    """
    folder = fleet.shops[row.key]
    stamp = file_stamp(settings_file(folder))
    if stamp and stamp == row.settings:
        plain = not said and (not row.team.names or user in row.team.users)
        return row if plain or may_see(row.team.people, user, said) else None
    try:
        team = load_shop(folder).team
    except BadSettings as error:
        gone = say("The folder of this shop is not there ({folder}).", folder=str(folder))
        row, team = replace(row, trouble=str(error) if stamp else gone), row.team.people
    return row if may_see(team, user, said) else None


def shape(found: Board, texts: Mapping[str, BoardRow[str]]) -> dict[str, Any]:
    """Return the board as JSON for ``shopday board --json``.

    ``{"at", "hidden", "shops": [{"shop", "name", "day", "computed", "age_minutes", "old", "level", …}]}``;
    amounts are numbers in yuan, unknown values null. ``texts``: the rows with rendered texts, by shop.
    """
    return {
        "at": found.at.isoformat(timespec="seconds"),
        "hidden": found.hidden,
        "shops": [_shop(found, row, texts[row.key]) for row in found.rows],
    }


def _shop(found: Board, row: BoardRow[Words], text: BoardRow[str]) -> dict[str, Any]:
    speak_for(row)
    age, month = found.age(row), row.month
    return {
        "shop": row.key,
        "name": row.name,
        "day": row.day or None,
        "computed": row.computed or None,
        "age_minutes": None if age is None else int(age.total_seconds() // 60),
        "old": found.is_old(row),
        "trouble": text.trouble or None,
        "level": row.level,
        "currency": row.currency or None,
        "yesterday": {
            "sold": row.yesterday,
            "target": month.day_target if month else None,
        },
        "month": None
        if month is None
        else {
            "to_date": month.to_date,
            "target_to_date": month.target_to_date,
            "target": month.target,
            "chance": month.chance,
            "level": month.level,
            "after_refunds": month.net,
        },
        "recent": list(row.recent),
        "at_stake": row.stake,
        "headline": None
        if not text.headline
        else {"text": text.headline, "step": row.headline_step, "at_stake": row.headline_stake},
        "steps": [
            {
                "step": one.step,
                "title": wording.say(one.title),
                "at": one.at,
                "level": one.level,
                "state": one.state,
            }
            for one in row.steps
        ],
        "missing": [
            {"sheet": one.sheet, "title": wording.say(one.title), "state": one.state} for one in row.missing
        ],
        "agenda": {
            "steps": len(row.steps),
            "done": row.done,
            "due": row.due,
            "late": row.late,
            "behind_minutes": row.behind,
            "current": row.at or None,
            "who": list(row.who),
        },
        "promises": {"kept": row.kept, "missed": row.not_kept},
        "report": row.report,
    }


def most_urgent(rows: Sequence[BoardRow[Words]], most: int) -> list[BoardRow[Words]]:
    """Return the rows with the most urgent headlines: by level, then by the headline's money at stake."""
    with_headline = [row for row in rows if row.headline != ""]
    with_headline.sort(key=lambda row: (LEVELS.index(row.level), -(row.headline_stake or 0.0)))
    return with_headline[:most]
