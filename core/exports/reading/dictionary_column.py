"""A dictionary-encoded column: its distinct texts and a code per row, so that repeats are parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, Union

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Coded:
    """A column in which row ``n`` contains ``texts[codes[n]]``, or is empty if the code is -1."""

    codes: np.ndarray
    texts: pd.Series
    """The distinct values of the column: ``str`` for a csv, objects of any cell type for a workbook."""

    def __len__(self) -> int:
        return len(self.codes)

    def cell(self, row: int) -> Any:  # noqa: ANN401 - a workbook's cell is not only text
        """Return the value in the row (counted from 0); None if it is empty."""
        code = self.codes[row]
        return self.texts.iloc[code] if code >= 0 else None

    def series(self) -> pd.Series:
        """Return the column as a Series; empty cells are NaN in text columns and None in object columns."""
        import numpy as np
        import pandas as pd

        if self.texts.dtype == object:
            cells = np.append(self.texts.to_numpy(), [None])[self.codes]
            return pd.Series(cells, dtype=object)
        return pd.Series(self.texts.array.take(self.codes, allow_fill=True))


Cells: TypeAlias = Union[Coded, "pd.Series"]
"""A raw column of a file: dictionary-encoded or as a Series."""


def filled(column: Cells) -> np.ndarray:
    """Return a mask of the non-empty rows."""
    held: np.ndarray = column.codes >= 0 if isinstance(column, Coded) else column.notna().to_numpy()
    return held


def coded(column: Cells) -> Coded:
    """Return the column dictionary-encoded; in a workbook, the text "1" and the number 1 stay distinct."""
    import pandas as pd

    if isinstance(column, Coded):
        return column
    codes, texts = pd.factorize(column, use_na_sentinel=True)
    return Coded(codes, pd.Series(texts))
