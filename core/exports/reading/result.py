"""What reading a file results in: its rows and its problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.errors import Problem
from core.exports.reading.row_store import Gathered
from core.exports.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one file: its typed rows and its problems."""

    sheet: type[Sheet] | None
    """The recognized sheet; None if the file is unknown or unreadable (then a problem is ``refused``)."""
    gathered: Gathered | None
    """The rows; None if nothing can be used."""
    problems: tuple[Problem, ...]
    file: str
    dates: tuple[date, ...] = ()
    """The days of the rows in order."""
    shop_name: str = ""
    """The shop's name in the file; empty if the file does not contain it."""
    shop_id: str = ""
    """A new id that the file shows to be this shop's; empty if already known or not in the file."""
    layout: str = ""
    """The id and version of the layout used to read the file; empty if the sheet's built-in headers match."""

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return self.gathered.rows if self.gathered else 0

    @property
    def frame(self) -> pd.DataFrame:
        """Return all rows as one frame; for a large file this needs memory for all of them."""
        import pandas as pd

        if self.gathered is not None:
            return self.gathered.frame().reset_index(drop=True)
        return self.sheet.empty() if self.sheet else pd.DataFrame()

    @property
    def refused(self) -> bool:
        """Return whether nothing of the file may be imported."""
        return any(problem.level == "refused" for problem in self.problems)
