"""What reading a file gives: its rows, and everything in it that was not used or not trusted."""

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
    """A file, read: typed rows and the problems beside them."""

    sheet: type[Sheet] | None
    """None when the export is not known or not readable; then one problem is ``refused``."""
    gathered: Gathered | None
    """The rows; None where nothing can be used."""
    problems: tuple[Problem, ...]
    file: str
    dates: tuple[date, ...] = ()
    """The days the rows belong to, in order."""
    shop_name: str = ""
    """The shop's name as the file has it; empty when it does not say."""
    shop_id: str = ""
    """A shop id that the file shows to be this shop's; empty when it is known or not there."""
    layout: str = ""
    """The layout it was read by, with its version; empty where the kind of export knows the headers."""

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return self.gathered.rows if self.gathered else 0

    @property
    def frame(self) -> pd.DataFrame:
        """Return the rows as one frame; of a large file that takes as much memory as they need."""
        import pandas as pd

        if self.gathered is not None:
            return self.gathered.frame().reset_index(drop=True)
        return self.sheet.empty() if self.sheet else pd.DataFrame()

    @property
    def refused(self) -> bool:
        """Tell whether nothing of the file may be imported."""
        return any(problem.level == "refused" for problem in self.problems)
