"""A column as its different texts and which of them stands in each row: what repeats is read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, Union

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Coded:
    """A column: row ``n`` holds ``texts[codes[n]]``, and nothing where the code is -1."""

    codes: np.ndarray
    texts: pd.Series
    """What stands in the column, each once: ``str`` in a csv, whatever the cells are in a workbook."""

    def __len__(self) -> int:
        return len(self.codes)

    def cell(self, row: int) -> Any:  # noqa: ANN401 - a workbook's cell is not only text
        """Return what stands in the row, counted from 0; None for nothing."""
        code = self.codes[row]
        return self.texts.iloc[code] if code >= 0 else None

    def series(self) -> pd.Series:
        """Return the column cell by cell; NaN where there is nothing, None between a workbook's cells."""
        import numpy as np
        import pandas as pd

        if self.texts.dtype == object:
            cells = np.append(self.texts.to_numpy(), [None])[self.codes]
            return pd.Series(cells, dtype=object)
        return pd.Series(self.texts.array.take(self.codes, allow_fill=True))


Cells: TypeAlias = Union[Coded, "pd.Series"]
"""A column as it stands in the file: coded, or cell by cell."""


def filled(column: Cells) -> np.ndarray:
    """Return in which rows something stands."""
    held: np.ndarray = column.codes >= 0 if isinstance(column, Coded) else column.notna().to_numpy()
    return held


def coded(column: Cells) -> Coded:
    """Return the column coded; texts stay apart from what a workbook holds as numbers."""
    import pandas as pd

    if isinstance(column, Coded):
        return column
    codes, texts = pd.factorize(column, use_na_sentinel=True)
    return Coded(codes, pd.Series(texts))
