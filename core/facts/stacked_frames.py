"""Concatenate the frames of several imports of one sheet, oldest import first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RANK = "_rank"
"""The column with the rank of the import that a row is from; a newer import has a higher rank."""


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Concatenate frames that have the same columns, and sort the rows by rank (oldest import first).

    Categoricals get the sorted union of all categories; a text column that is categorical in another frame is
    converted.
    """
    import pandas as pd

    made = list(frames)
    for name in made[0].columns:
        if len(made) > 1 and any(isinstance(frame[name].dtype, pd.CategoricalDtype) for frame in made):
            own = [_category(frame[name]) for frame in made]
            texts = sorted({text for values in own for text in values.cat.categories})
            kind = pd.CategoricalDtype(pd.Index(texts, dtype="str"))
            for at, values in enumerate(own):
                made[at][name] = values.astype(kind)
    frame = made[0] if len(made) == 1 else pd.concat(made, ignore_index=True)
    if frame[RANK].is_monotonic_increasing:
        return frame
    return frame.sort_values(RANK, kind="stable", ignore_index=True)


def _category(values: pd.Series) -> pd.Series:
    import pandas as pd

    return values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category")
