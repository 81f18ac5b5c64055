"""Row files: the rows of one import as Parquet, sorted by day so that a few days can be read alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from core.errors import BadInput
from core.exports.reading.arrow_memory import give_back, lean
from core.exports.reading.row_store import COMPRESSION, GROUP
from core.facts.batch import Batch, NotALedger, batches_in, document_of
from core.facts.row_files import unreadable
from core.language.wording import say
from core.storage.atomic_files import written_atomically
from core.storage.regular_files import NOT_REGULAR, RegularFile

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from pyarrow import parquet as pq

    from core.exports.reading.result import Reading

_ABOUT: Final = b"shopday"
"""The key of the Parquet metadata under which the file's batch is stored."""


def save(path: Path, reading: Reading, batch: Batch) -> None:
    """Write the rows of ``reading`` to ``path`` atomically, with the batch stored in the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = {_ABOUT: document_of([batch])}
    if reading.gathered is not None and reading.gathered.in_order:
        with written_atomically(path) as file:
            reading.gathered.copy(file, about)
        give_back()
        return
    frame = reading.frame
    ordered = frame if frame["date"].is_monotonic_increasing else frame.sort_values("date", kind="stable")
    table = pa.Table.from_pandas(ordered, preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **about})
    with written_atomically(path) as file:
        pq.write_table(table, file, row_group_size=GROUP, compression=COMPRESSION)


@dataclass(frozen=True, slots=True)
class RowsSeen:
    """The metadata of a row file: its number of rows and its batch."""

    rows: int
    batch: Batch | None
    """The batch as it was imported; None in files written by old versions, which do not store it."""


def seen(path: Path) -> RowsSeen:
    """Return the metadata of a row file, reading only the Parquet footer.

    Raise NotALedger if the file is damaged, NewerLedger if a newer shopday wrote it, and OSError if the file
    cannot be opened.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _opened(path) as file:
        try:
            metadata = pq.read_metadata(file)
        except (OSError, pa.ArrowException) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise NotALedger(str(error)) from error
    document = (metadata.metadata or {}).get(_ABOUT)
    batches = batches_in(document) if document is not None else ()
    return RowsSeen(metadata.num_rows, batches[0] if batches else None)


def days_of(path: Path) -> tuple[date, ...]:
    """Return the days of the file's rows in ascending order; raise NotALedger if the file is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: set[date] = set()
    with _opened(path) as file:
        try:
            for part in pq.ParquetFile(file).iter_batches(GROUP, columns=["date"], use_threads=False):
                found |= {moment.date() for moment in part["date"].unique().to_pylist() if moment is not None}
        except (OSError, LookupError, pa.ArrowException) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise NotALedger(str(error)) from error
    return tuple(sorted(found))


def fetch(
    path: Path, columns: Iterable[str], first: date, last: date, *, coded: bool = False
) -> pd.DataFrame:
    """Return the batch's rows from ``first`` to ``last`` like :func:`rows_in`.

    Raise BadInput if the file is missing, damaged or unreadable.
    """
    import pyarrow as pa

    try:
        return rows_in(path, columns, first, last, coded=coded)
    except FileNotFoundError as error:
        raise BadInput(
            say(
                "{file}: the imported rows are missing. Run: shopday doctor {shop} --repair",
                file=path.name,
                shop=path.parents[2],
            )
        ) from error
    except PermissionError as error:
        raise unreadable(path, error) from error
    except (OSError, NotALedger, pa.ArrowException) as error:
        raise BadInput(
            say(
                "{file}: the imported rows are damaged. Undo the import {batch} and import its file again.",
                file=path.name,
                batch=path.stem,
            )
        ) from error


def rows_in(
    path: Path, columns: Iterable[str], first: date, last: date, *, coded: bool = False
) -> pd.DataFrame:
    """Return the file's rows from ``first`` to ``last``, without the columns that the file does not have.

    ``coded``: return texts as categoricals with sorted categories. Raise OSError, NotALedger or
    ArrowException if the file cannot be read.
    """
    import pandas as pd
    import pyarrow.parquet as pq

    lean()
    with _opened(path) as rows:
        metadata = pq.read_metadata(rows)
        here = [name for name in columns if name in metadata.schema.names]
        groups = _groups(metadata, first, last)
        file = pq.ParquetFile(
            rows,
            metadata=metadata,
            read_dictionary=here if coded else None,
            page_checksum_verification=True,
        )
        inside = _inside(file.read_row_groups(groups, columns=["date"], use_threads=False), first, last)
        # Convert column by column if ``coded`` (large sheets): Arrow table and pandas copy are both in
        # memory.
        asked = [[name] for name in here] if coded else [here]
        tables = (file.read_row_groups(groups, columns=some, use_threads=False) for some in asked)
        wanted = (table if inside is None else table.filter(inside) for table in tables)
        made = [_given_back(_frame(table)) for table in wanted]
    return made[0] if len(made) == 1 else pd.concat(made, axis=1)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a row file.

    Raise NotALedger if the path is a link or not a regular file, OSError if it cannot be opened.
    """
    try:
        file = RegularFile(path)
    except OSError as error:
        if error.errno in NOT_REGULAR:
            raise NotALedger("a link, or no file") from error
        raise
    with file, file.reader() as rows:
        yield rows


def _given_back(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` unchanged; after a large read, first release unused memory to the operating system."""
    if len(frame) > GROUP:
        give_back()
    return frame


def _groups(metadata: pq.FileMetaData, first: date, last: date) -> list[int]:
    """Return the indices of the row groups that may contain rows of these days."""
    at = metadata.schema.names.index("date")
    held = [metadata.row_group(number).column(at).statistics for number in range(metadata.num_row_groups)]
    return [
        number
        for number, span in enumerate(held)
        if span is None or not span.has_min_max or (span.min.date() <= last and span.max.date() >= first)
    ]


def _inside(table: pa.Table, first: date, last: date) -> np.ndarray | None:
    """Return a boolean mask of the rows within these days; None if all rows are."""
    import numpy as np
    import pandas as pd

    days = table["date"].to_numpy()
    inside = (days >= np.datetime64(pd.Timestamp(first))) & (days <= np.datetime64(pd.Timestamp(last)))
    return None if inside.all() else inside


def _frame(table: pa.Table) -> pd.DataFrame:
    """Convert the Arrow table to a pandas frame; dictionary columns become categoricals."""
    import pandas as pd
    import pyarrow as pa

    if not any(pa.types.is_dictionary(field.type) for field in table.schema):
        frame: pd.DataFrame = table.to_pandas(types_mapper=_text)
        return frame
    return pd.DataFrame({name: _categories(table[name]) for name in table.column_names}, copy=False)


def _categories(column: pa.ChunkedArray) -> pd.Categorical:
    """Convert a dictionary column to a categorical with sorted categories and the smallest integer codes."""
    import numpy as np
    import pandas as pd

    held = column.unify_dictionaries()
    texts = pd.Index(held.chunk(0).dictionary.to_pylist() if held.num_chunks else [], dtype="str")
    order = np.argsort(texts)
    place = np.empty(len(order), np.min_scalar_type(-max(len(order), 1)))
    place[order] = np.arange(len(order))
    codes = [place[chunk.indices.to_numpy()] for chunk in held.chunks]
    kind = pd.CategoricalDtype(texts[order])
    return pd.Categorical.from_codes(np.concatenate(codes) if codes else place, dtype=kind)


def _text(kind: Any) -> Any:  # noqa: ANN401 - pyarrow's types
    """Return pandas' string type for Arrow strings, and None (the default conversion) for all other types."""
    import pandas as pd
    import pyarrow as pa

    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    return pd.StringDtype(na_value=float("nan")) if is_text else None
