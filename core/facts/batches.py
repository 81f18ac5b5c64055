"""The rows of a batch on disk: Parquet, sorted by day, so that a window reads only its own days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.durable import written_atomically
from core.problem import BadInput
from core.wording import say

if TYPE_CHECKING:
    import pandas as pd

GROUP = 50_000
"""Rows that are read or skipped together."""


def save(path: Path, frame: pd.DataFrame) -> None:
    """Write the rows where nobody sees half of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ordered = frame if frame["date"].is_monotonic_increasing else frame.sort_values("date", kind="stable")
    table = pa.Table.from_pandas(ordered, preserve_index=False)
    with written_atomically(path) as file:
        pq.write_table(table, file, row_group_size=GROUP, compression="zstd")


def fetch(path: Path, columns: Iterable[str], first: date, last: date) -> pd.DataFrame:
    """Return the batch's rows of these days; columns it does not have are absent. BadInput when damaged."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    span = [("date", ">=", pd.Timestamp(first)), ("date", "<=", pd.Timestamp(last))]
    try:
        with pq.ParquetFile(path) as file:
            here = [name for name in columns if name in file.schema_arrow.names]
        table = pq.read_table(path, columns=here, filters=span, partitioning=None)
    except (OSError, pa.ArrowException) as error:
        raise BadInput(
            say(
                "{file}: the imported rows are damaged or gone. "
                "Undo the import {batch} and import its file again.",
                file=path.name,
                batch=path.stem,
            )
        ) from error
    frame: pd.DataFrame = table.to_pandas(types_mapper=_text)
    return frame


def _text(kind: Any) -> Any:  # noqa: ANN401 - pyarrow's types
    """Return pandas' text type for strings; None leaves all else as it is."""
    import pandas as pd
    import pyarrow as pa

    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    return pd.StringDtype(na_value=float("nan")) if is_text else None
