"""The rows of one table: columns typed, totals and blank rows out, bad rows set aside with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from core.exports import cells
from core.exports.reading.column_types import LONGEST, Cast, cast
from core.exports.reading.dictionary_column import Cells, coded, filled
from core.exports.reading.headings import MappedColumn, key_of
from core.exports.reading.problem_collector import ProblemCollector, cell_problem, days_text, long_row
from core.exports.reading.raw_table import Piece, text_of
from core.exports.reading.recognise import SheetPage
from core.exports.sheet import NUMBERS, Origin, Sheet
from core.language.wording import N_, plural, say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_FIRST_YEAR = 2003
"""Taobao's first; an earlier date is a slip."""
_HARMLESS = (cells.LostDigits, cells.ManyDays)
"""What can be quoted from any file: it is a number or a span of days."""
_FIGURES = 3
"""Figure columns from which a row without any figure is a day that is not filled yet."""


class RowReader:
    """Reads one table piece by piece into a frame whose index is the row number in the file."""

    def __init__(
        self,
        sheet: type[Sheet],
        table: SheetPage,
        origin: Origin,
        troubles: ProblemCollector,
        today: date,
        named: date | None,
    ) -> None:
        self.sheet, self.table, self.origin, self.troubles = sheet, table, origin, troubles
        self.today, self.named = today, named
        self.columns = {name: found for name, found in table.columns.items() if not found.column.private}
        self._private = any(column.private for column in sheet.columns)
        """A shifted row may hold a name or a phone anywhere: its cells are not quoted."""
        self.seen = 0
        self.shops: set[str] = set()
        self._totals: dict[str, int] = {}
        self._without: dict[str, int] = {}
        self._unfilled: set[date] = set()
        self._unfilled_rows = self._cut = 0

    def frames(self, tell: Callable[[int], None]) -> Iterator[pd.DataFrame]:
        """Give all usable rows, piece by piece; what is wrong with the others goes to the troubles."""
        page, heading = self.table.page, self.table.heading
        wanted = sorted({found.at for found in self.columns.values()})
        texts = {found.at for found in self.columns.values() if found.column.kind not in NUMBERS}
        texts |= {found.at for found in self.columns.values() if found.column.kind == "hour"}
        width = max(
            (at + 1 for at, header in enumerate(heading.headers) if header), default=len(heading.headers)
        )
        frame, last = None, 0
        for piece in page.pieces(wanted, frozenset(texts), heading.body, width):
            if frame is not None:
                yield frame
            frame = self._piece(piece)
            last = int(piece.rows[-1]) if len(piece.rows) else last
            tell(last)
        if frame is not None:
            yield self._cut_off(frame, last) if page.ends_in_row and last else frame
        self._tell()

    def _cut_off(self, frame: pd.DataFrame, row: int) -> pd.DataFrame:
        self.troubles.row(
            row,
            say("The file ends in the middle of this row: the download was cut off."),
            say("Download it again; rows after this one are missing."),
        )
        return frame.drop(index=row, errors="ignore")

    def _piece(self, piece: Piece) -> pd.DataFrame:
        import numpy as np
        import pandas as pd

        raw = {name: piece.columns[found.at] for name, found in self.columns.items()}
        keep = np.logical_or.reduce([filled(cells_) for cells_ in raw.values()])
        casts = {name: cast(raw[name], found) for name, found in self.columns.items()}
        keep &= ~self._total_rows(raw, casts, piece)
        self.seen += int(keep.sum())
        keep &= ~self._bad_rows(raw, casts, piece, keep)
        values = {name: series for made in casts.values() for name, series in made.values.items()}
        self._cut += sum(made.cut for made in casts.values())
        frame = pd.DataFrame(values, copy=False).set_axis(pd.Index(piece.rows), axis=0)
        frame = frame if keep.all() else frame[keep]
        return self._refined(frame)

    def _refined(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give the rows their day and what the sheet works out, and leave out those about nothing."""
        import pandas as pd

        frame = frame.copy(deep=False)
        if "shop_name" in frame:
            self.shops |= {name for name in frame["shop_name"].unique() if name}
        if self.named is not None and "date" not in frame:
            frame["date"] = pd.Timestamp(self.named).as_unit("ns")
        frame = self._filled(self.sheet.refine(frame, self.origin))
        frame = self._with_musts(frame)
        return self.sheet.shaped(self._in_time(frame))

    def _total_rows(self, raw: dict[str, Cells], casts: dict[str, Cast], piece: Piece) -> np.ndarray:
        """Return which rows are totals: that word where a date or id belongs, or in the first column."""
        import numpy as np

        totals = np.zeros(len(piece.rows), bool)
        if self.sheet.totals == "keep":
            return totals
        first = min(found.at for found in self.columns.values())
        for name, found in self.columns.items():
            kind = found.column.kind
            if kind not in ("date", "time", "id", "hour") and found.at != first:
                continue
            suspects = np.ones(len(totals), bool) if kind == "text" else casts[name].bad
            if not suspects.any():
                continue
            column = coded(raw[name])
            for code in np.unique(column.codes[suspects]):
                word = column.texts.iloc[code] if code >= 0 else None
                if not isinstance(word, str) or not cells.is_total(word):
                    continue
                here = suspects & (column.codes == code)
                said = cells.fold(word)
                self._totals[said] = self._totals.get(said, 0) + int((~totals[here]).sum())
                totals |= here
        return totals

    def _bad_rows(
        self, raw: dict[str, Cells], casts: dict[str, Cast], piece: Piece, keep: np.ndarray
    ) -> np.ndarray:
        """Tell the first bad cell of every bad row; a header repeated further down is not told."""
        import numpy as np

        bad: np.ndarray = np.logical_or.reduce([piece.long, *(made.bad for made in casts.values())])
        texts = {name: coded(raw[name]) for name, made in casts.items() if made.bad.any()}
        for at in np.flatnonzero(bad & keep):
            row = int(piece.rows[at])
            name = next((name for name in texts if casts[name].bad[at]), None)
            if name is None:
                self.troubles.row(row, *long_row())
                continue
            found, text = self.columns[name], text_of(texts[name].cell(int(at)))
            if key_of(text) == key_of(found.header):
                continue
            if self.troubles.told_enough:
                self.troubles.bad_rows += 1
                continue
            why = casts[name].why.get(text)
            shown = text if why in _HARMLESS or not self._private else "…"
            self.troubles.row(row, *cell_problem(shown, why, found), found.header)
        return bad

    def _filled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Leave out rows without any figure: the platform fills yesterday in during the morning."""
        import numpy as np

        figures = [
            str(name) for name in frame if name in self.columns and self._is_figure(self.columns[name])
        ]
        if len(figures) < _FIGURES or "date" not in frame:
            return frame
        blank: np.ndarray = np.logical_and.reduce([frame[name].isna() for name in figures])
        if blank.any():
            self._unfilled |= set(frame.loc[blank, "date"].dropna().dt.date)
            self._unfilled_rows += int(blank.sum())
            return frame[~blank]
        return frame

    @staticmethod
    def _is_figure(found: MappedColumn) -> bool:
        return found.column.kind in NUMBERS and found.column.kind != "hour"

    def _with_musts(self, frame: pd.DataFrame) -> pd.DataFrame:
        for name in self.sheet.must:
            if name not in frame:
                continue
            absent = (frame[name] == "") if frame[name].dtype == "str" else frame[name].isna()
            if absent.any():
                header = self.columns[name].header if name in self.columns else say("date")
                self._without[header] = self._without.get(header, 0) + int(absent.sum())
                frame = frame[~absent]
        return frame

    def _in_time(self, frame: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        future = frame["date"] > pd.Timestamp(self.today)
        past = frame["date"] < pd.Timestamp(_FIRST_YEAR, 1, 1)
        if not future.any() and not past.any():
            return frame
        header = self.columns["date"].header if "date" in self.columns else None
        for row, day in frame.loc[future | past, "date"].items():
            if self.troubles.told_enough:
                self.troubles.bad_rows += 1
                continue
            late = day.year >= _FIRST_YEAR
            message = N_("{day} is in the future.") if late else N_("{day} is before Taobao began.")
            todo = say("Check the date, and the clock of this computer.")
            self.troubles.row(int(str(row)), say(message, day=day.date().isoformat()), todo, header)
        return frame[~(future | past)]

    def _tell(self) -> None:
        for word, n in self._totals.items():
            self.troubles.note(
                plural(
                    "{n} totals row ({word}) was left out; it would count everything twice.",
                    "{n} totals rows ({word}) were left out; they would count everything twice.",
                    n,
                    word=word,
                )
            )
        for header, n in self._without.items():
            self.troubles.note(
                plural(
                    "{n} row without {header} was left out.",
                    "{n} rows without {header} were left out.",
                    n,
                    header=header,
                )
            )
        if self._unfilled:
            self.troubles.note(
                say("No figures yet for {days}.", days=days_text(sorted(self._unfilled))),
                say("The platform fills yesterday in by 09:00; export it again after that."),
            )
        if self._cut:
            self.troubles.note(
                plural(
                    "{n} text was longer than {most:,} characters and was cut.",
                    "{n} texts were longer than {most:,} characters and were cut.",
                    self._cut,
                    most=LONGEST,
                )
            )
