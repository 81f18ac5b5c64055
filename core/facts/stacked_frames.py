"""Frames of one sheet under each other, in the order in which their batches count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RANK = "_rank"
"""The column that says which batch a row came from; a newer batch has a larger number."""


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of the same columns under each other, the oldest batch first; each row keeps its rank.

    Categories become those of all frames, in order; texts beside categories become categories too.
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
