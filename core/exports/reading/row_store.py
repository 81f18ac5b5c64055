"""Store the rows of a file while it is read: in memory if there are few, in a temporary Parquet file if many.

A million rows in one frame would need several times the file's size in memory. So all pieces after the first
are written to disk, and what must be known of all rows (days, hashes of keys) is collected while they are
written.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from core.exports.reading.raw_table import PIECE
from core.exports.sheet import Sheet

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

GROUP = 50_000
"""The number of rows in a Parquet row group."""
COMPRESSION = "zstd"
FEW = PIECE
"""Up to this many rows are always kept in memory."""
_MIX = 0x9E3779B97F4A7C15


class Gathered:
    """All rows of a file, converted to the sheet's types; the frame's index is the row number in the file."""

    def __init__(self, sheet: type[Sheet]) -> None:
        self.sheet = sheet
        self.rows = 0
        self.days: set[date] = set()
        """The days that have rows."""
        self._frames: list[pd.DataFrame] = []
        self._packed: _Packed | None = None
        plain = sheet.remarks.__func__ is Sheet.remarks.__func__  # type: ignore[attr-defined]
        self._may_pack = plain and not sheet.outliers and sheet.gaps in ("", "date")
        """Whether rows may be moved to disk, because no check of the sheet needs all of them at once."""

    @property
    def packed(self) -> bool:
        """Return whether the rows are on disk, so that loading all of them is expensive."""
        return self._packed is not None

    @property
    def in_order(self) -> bool:
        """Return whether the rows are on disk and sorted by day, as row files require."""
        return self._packed is not None and self._packed.in_order

    @property
    def may_repeat(self) -> bool:
        """Return whether a key may occur twice; for rows on disk this is judged by hashes."""
        return self._packed is None or self._packed.repeats()

    def add(self, frame: pd.DataFrame) -> None:
        """Append rows that already have the sheet's columns and types."""
        self.rows += len(frame)
        self.days |= {day.date() for day in frame["date"].dropna().unique()}
        self._frames.append(frame)
        if self._packed is None and self._may_pack and self.rows > FEW:
            self._packed = _Packed(self.sheet)
        if self._packed is not None:
            for held in self._frames:
                self._packed.take(held)
            self._frames.clear()

    def replace(self, frame: pd.DataFrame) -> None:
        """Replace all rows."""
        self._packed, self._frames, self.rows = None, [frame], len(frame)
        self.days = {day.date() for day in frame["date"].dropna().unique()}

    def frame(self) -> pd.DataFrame:
        """Return all rows as a frame."""
        if self._packed is not None:
            return self._packed.frame()
        if len(self._frames) > 1:
            self._frames = [_joined(self._frames)]
        return self._frames[0] if self._frames else self.sheet.empty()

    def columns(self, names: Sequence[str]) -> pd.DataFrame:
        """Return some columns of all rows; of rows on disk, only these columns are read."""
        return self._packed.columns(names) if self._packed is not None else self.frame()[list(names)]

    def copy(self, to: IO[bytes], about: Mapping[bytes, bytes]) -> None:
        """Write rows that are on disk to ``to`` unchanged, with ``about`` added to the file's metadata.

        Do nothing if the rows are in memory.
        """
        if self._packed is not None:
            self._packed.copy(to, about)


class _Packed:
    """Rows in an anonymous temporary Parquet file that disappears with the process."""

    def __init__(self, sheet: type[Sheet]) -> None:
        self._sheet = sheet
        self._file: IO[bytes] = TemporaryFile(prefix="shopday-")  # noqa: SIM115 - open as long as the rows
        self._writer: pa.parquet.ParquetWriter | None = None
        self._numbers: list[np.ndarray] = []
        self._hashes: list[np.ndarray] = []
        self._texts: list[str] = []
        self._last: pd.Timestamp | None = None
        self._in_order = True
        self._worker = ThreadPoolExecutor(1, "rows")
        self._writing: Future[None] | None = None

    @property
    def in_order(self) -> bool:
        """Return whether the rows are sorted by day."""
        self._wait()
        return self._in_order

    def __del__(self) -> None:
        self._worker.shutdown()
        if self._writer is not None:
            self._writer.close()
        self._file.close()

    def take(self, frame: pd.DataFrame) -> None:
        """Write the rows in the background, after waiting for the previous rows."""
        self._wait()
        self._writing = self._worker.submit(self._add, frame)

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()
            self._writing = None

    def _add(self, frame: pd.DataFrame) -> None:
        """Write the rows, and remember their row numbers and key hashes."""
        import pandas as pd
        import pyarrow as pa
        import pyarrow.parquet as pq

        if frame.empty:
            return
        days = frame["date"]
        follows = self._last is None or days.iloc[0] >= self._last
        self._in_order = self._in_order and follows and bool(days.is_monotonic_increasing)
        self._last = days.iloc[-1]
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()
        self._texts = [str(name) for name in frame if isinstance(frame[name].dtype, pd.StringDtype)]
        for name in self._texts:
            at = table.column_names.index(name)
            table = table.set_column(at, name, table[name].combine_chunks().dictionary_encode())
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._file, table.schema, compression=COMPRESSION, store_schema=False
            )
        self._writer.write_table(table, row_group_size=GROUP)
        self._numbers.append(frame.index.to_numpy().astype("int32"))
        self._hashes.append(self._hashed(table))

    def _hashed(self, table: pa.Table) -> np.ndarray:
        """Return a hash of each row's key."""
        import numpy as np
        import pyarrow as pa
        from pandas.util import hash_array

        mixed = np.zeros(table.num_rows, np.uint64)
        for name in self._sheet.key:
            column = table[name].combine_chunks()
            if pa.types.is_dictionary(column.type):
                different = np.array(column.dictionary.to_pylist(), dtype=object)
                own = hash_array(different, categorize=False)[column.indices.to_numpy()]
            else:
                own = hash_array(column.to_numpy(zero_copy_only=False))
            mixed = mixed * np.uint64(_MIX) + own
        return mixed

    def repeats(self) -> bool:
        """Return whether two rows may have the same key: True if they do, and on a rare hash collision."""
        import numpy as np

        self._wait()
        hashes = np.concatenate(self._hashes) if self._hashes else np.zeros(0, np.uint64)
        hashes.sort()
        return bool((hashes[1:] == hashes[:-1]).any())

    def _finish(self) -> None:
        self._wait()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._file.seek(0)

    def columns(self, names: Sequence[str]) -> pd.DataFrame:
        """Return some columns with their original types."""
        import pyarrow.parquet as pq

        self._finish()
        return self._sheet.shaped(pq.ParquetFile(self._file).read(columns=list(names)).to_pandas(), names)

    def frame(self) -> pd.DataFrame:
        """Return all rows with their original types."""
        import numpy as np
        import pandas as pd
        import pyarrow.parquet as pq

        self._finish()
        table = pq.ParquetFile(self._file).read()
        frame = self._sheet.shaped(table.to_pandas(self_destruct=True, split_blocks=True))
        return frame.set_axis(pd.Index(np.concatenate(self._numbers).astype("int64")), axis=0)

    def copy(self, to: IO[bytes], about: Mapping[bytes, bytes]) -> None:
        """Write the file to ``to`` with ``about`` in its metadata.

        It is copied as it is, or row group by row group if its footer was already written.
        """
        self._wait()
        if self._writer is not None:
            self._writer.add_key_value_metadata(dict(about))
            self._finish()
            shutil.copyfileobj(self._file, to, 1 << 20)
        else:
            self._repack(to, about)

    def _repack(self, to: IO[bytes], about: Mapping[bytes, bytes]) -> None:
        import pyarrow.parquet as pq

        self._finish()
        packed = pq.ParquetFile(self._file, read_dictionary=self._texts)
        with pq.ParquetWriter(to, packed.schema_arrow, compression=COMPRESSION, store_schema=False) as writer:
            for number in range(packed.num_row_groups):
                writer.write_table(packed.read_row_group(number))
            writer.add_key_value_metadata(dict(about))


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Concatenate the frames column by column, so that at most one column is in memory twice."""
    import numpy as np
    import pandas as pd

    index = np.concatenate([frame.index.to_numpy() for frame in frames])
    names = list(frames[0].columns)
    made = {name: pd.concat([frame.pop(name) for frame in frames], ignore_index=True) for name in names}
    return pd.DataFrame(made, copy=False).set_axis(pd.Index(index), axis=0)
