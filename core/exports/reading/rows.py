"""Read the rows of one table: convert columns, remove totals and blank rows, and report bad rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from core.exports import cells
from core.exports.header_keys import key_of
from core.exports.reading.column_types import LONGEST, Cast, cast
from core.exports.reading.dictionary_column import Cells, Coded, coded, filled
from core.exports.reading.headings import MappedColumn
from core.exports.reading.laid_out_page import LaidOutPage
from core.exports.reading.problem_collector import (
    ProblemCollector,
    cell_problem,
    days_text,
    figure,
    long_row,
    or_teach,
    short,
)
from core.exports.reading.raw_table import Piece, text_of
from core.exports.reading.recognise import SheetPage
from core.exports.reading.running_hours import running_hours
from core.exports.reading.side_columns import SideColumns
from core.exports.reading.totals import Totals
from core.exports.sheet import NUMBERS, Origin, Sheet
from core.language.speech import platform
from core.language.wording import N_, plural, say
from core.platforms.profile import profile

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_HARMLESS = (cells.LostDigits, cells.ManyDays)
"""Kinds of unreadable cells that may be quoted even from private files: numbers and date ranges."""
LONG_ID = 16
"""The number of digits from which spreadsheet programs round numbers."""
_ENOUGH, _MOSTLY = 3, 0.9
"""The minimum number and share of bad cells at which an optional column is ignored."""
_STRAY = 1_000
"""The maximum number of texts kept in ``RowReader.stray``."""
_CENT = 0.005
"""The difference up to which two figures count as equal."""
_FIGURES = 3
"""With at least this many figure columns, a row without any figure is one not filled in by the platform
yet."""


@dataclass(frozen=True, slots=True)
class When:
    """What is needed to read the days of the rows."""

    today: date
    named: date | None
    """The day of all rows, if the rows do not contain it."""
    zone: tzinfo


@dataclass(slots=True)
class Misread:
    """The cells of a column that have the wrong type."""

    found: MappedColumn
    bad: int = 0
    there: int = 0
    """The number of non-empty cells."""
    cell: str = ""
    """The first bad cell, or "…" if it may be private."""


class RowReader:
    """Reads one table piece by piece into frames whose index is the row number in the file."""

    def __init__(
        self,
        sheet: type[Sheet],
        table: SheetPage,
        origin: Origin,
        troubles: ProblemCollector,
        when: When,
        side: SideColumns,
    ) -> None:
        self.sheet, self.table, self.origin, self.troubles = sheet, table, origin, troubles
        self.when, self.side = when, side
        self.columns = {name: found for name, found in table.columns.items() if not found.column.private}
        self._private = any(column.private for column in sheet.columns)
        """Whether cells must not be quoted: in a shifted row, any cell may contain a name or phone number."""
        self.seen = 0
        self.totals = Totals(sheet, self.columns)
        self.long_ids: dict[str, set[str]] = {}
        """For each id column, the ids long enough to have been rounded by a spreadsheet program."""
        self.zoned = False
        self.stray: list[str] = []
        """Texts in bad rows where a date or id should be: a shop's name there shows that another table
        begins."""
        self.running = False
        """Whether the hours are running totals."""
        self.filled: set[str] = set()
        """The sheet's columns with at least one non-empty cell."""
        self._doubles = {} if isinstance(table.page, LaidOutPage) else self._doubled()
        """For each column of figures, the indices of other columns with the same header."""
        self._by_layout = isinstance(table.page, LaidOutPage)
        self.misread: dict[str, Misread] = {}
        """How many cells have the wrong type, for each column of the sheet."""
        self._unreadable: dict[str, str] = {}
        self._without: dict[str, int] = {}
        self._unfilled: set[date] = set()
        self._unfilled_rows = self._cut = 0

    def frames(self, tell: Callable[[int], None]) -> Iterator[pd.DataFrame]:
        """Yield all usable rows piece by piece; problems of the other rows are added to ``self.troubles``.

        ``tell`` is called with the number of the last row read so far.
        """
        page, heading, side = self.table.page, self.table.heading, self.table.side
        doubles = {at for places in self._doubles.values() for at in places}
        wanted = sorted({found.at for found in self.columns.values()} | set(side) | doubles)
        texts = set(side) | {found.at for found in self.columns.values() if found.column.kind not in NUMBERS}
        texts |= {found.at for found in self.columns.values() if found.column.kind == "hour"}
        width = max(
            (at + 1 for at, header in enumerate(heading.headers) if header), default=len(heading.headers)
        )
        held: tuple[pd.DataFrame, Piece] | None = None
        last = 0
        for piece in page.pieces(wanted, frozenset(texts), heading.body, width):
            if held is not None:
                yield self._handed_on(*held)
            held = self._piece(piece), piece
            last = int(piece.rows[-1]) if len(piece.rows) else last
            tell(last)
        if held is not None:
            frame, piece = held
            yield self._handed_on(self._cut_off(frame, last) if page.ends_in_row and last else frame, piece)
        self._tell()

    def _handed_on(self, frame: pd.DataFrame, piece: Piece) -> pd.DataFrame:
        """Return the frame unchanged, and store the side columns' values of its rows in ``self.side``."""
        self.side.add(self.table.number, piece, self.table.side, frame.index.to_numpy())
        return frame

    def _cut_off(self, frame: pd.DataFrame, row: int) -> pd.DataFrame:
        self.troubles.row(
            row,
            say("The file ends in the middle of this row: the download is incomplete."),
            say("Download the file again; rows after this one are missing."),
        )
        return frame.drop(index=row, errors="ignore")

    def _piece(self, piece: Piece) -> pd.DataFrame:
        import numpy as np
        import pandas as pd

        raw = {name: piece.columns[found.at] for name, found in self.columns.items()}
        keep = np.logical_or.reduce([filled(cells_) for cells_ in raw.values()])
        casts = {name: cast(raw[name], found, self.when.zone) for name, found in self.columns.items()}
        keep &= ~self.totals.find(raw, casts, piece.rows)
        self._look(raw, casts, keep)
        self._compare_doubles(piece, casts, keep)
        self.seen += int(keep.sum())
        keep &= ~self._bad_rows(raw, casts, piece, keep)
        values = {name: series for made in casts.values() for name, series in made.values.items()}
        self._cut += sum(made.cut for made in casts.values())
        frame = pd.DataFrame(values, copy=False).set_axis(pd.Index(piece.rows), axis=0)
        frame = frame if keep.all() else frame[keep]
        return self._refined(frame)

    def _doubled(self) -> dict[str, list[int]]:
        used = {found.at for found in self.table.columns.values()}
        headers = [key_of(header) for header in self.table.heading.headers]
        found = {
            name: [at for at, key in enumerate(headers) if key == headers[one.at] and at not in used]
            for name, one in self.columns.items()
            if one.column.kind in NUMBERS and one.at < len(headers)
        }
        return {name: places for name, places in found.items() if places}

    def _compare_doubles(self, piece: Piece, casts: dict[str, Cast], keep: np.ndarray) -> None:
        """Refuse the file if two columns with the same header have different figures, e.g. of two periods."""
        for name, places in self._doubles.items():
            one = self.columns[name]
            for at in places:
                other = cast(piece.columns[at], replace(one, at=at), self.when.zone)
                for field, values in casts[name].values.items():
                    same = (values - other.values[field]).abs() <= _CENT
                    apart = (values.notna() & other.values[field].notna() & ~same).to_numpy() & keep
                    if apart.any():
                        row = int(apart.argmax())
                        self.troubles.refuse(
                            say(
                                "{header} appears in two columns with different figures ({a} and "
                                "{b}): which one counts cannot be told.",
                                header=one.header,
                                a=figure(float(values.iloc[row])),
                                b=figure(float(other.values[field].iloc[row])),
                            ),
                            or_teach(say("Delete one of the two columns.")),
                            one.header,
                        )

    def _refined(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Add the day and derived columns, and remove rows without required values or a plausible day."""
        import pandas as pd

        frame = frame.copy(deep=False)
        if self.when.named is not None and "date" not in frame:
            frame["date"] = pd.Timestamp(self.when.named).as_unit("ns")
        frame = self._filled(self.sheet.refine(frame, self.origin))
        frame = self._with_musts(frame)
        return self.sheet.shaped(self._in_time(frame))

    def _look(self, raw: dict[str, Cells], casts: dict[str, Cast], keep: np.ndarray) -> None:
        """Record for each column whether it has values and how many are unreadable, for later checks.

        An optional column in which most values are unreadable is ignored.
        """
        for name, made in casts.items():
            found = self.columns[name]
            if found.column.kind == "hour":
                self._turn_running(name, coded(raw[name]), made)
            self.zoned |= made.zoned
            if name not in self.filled and (filled(raw[name]) & keep).any():
                self.filled.add(name)
            if found.column.kind == "id" and name in (*self.sheet.key, "order"):
                self._keep_long_ids(name, raw[name])
            there = filled(raw[name]) & keep if self._by_layout or made.bad.any() else keep
            if self._by_layout:
                self.misread.setdefault(name, Misread(found)).there += int(there.sum())
            if not made.bad.any():
                continue
            bad = made.bad & there
            seen = self.misread.setdefault(name, Misread(found))
            if bad.any() and not seen.bad:
                text = text_of(coded(raw[name]).cell(int(bad.argmax())))
                seen.cell = "…" if self._private and made.why.get(text) not in _HARMLESS else text
            seen.bad += int(bad.sum())
            if self._is_needed(name) or bad.sum() < max(_ENOUGH, _MOSTLY * there.sum()):
                continue
            first = int(bad.argmax())
            text = text_of(coded(raw[name]).cell(first))
            hidden = self._private and made.why.get(text) not in _HARMLESS
            self._unreadable.setdefault(found.header, "…" if hidden else text)
            made.values = {key: values.mask(bad) for key, values in made.values.items()}
            made.bad &= ~bad

    def _turn_running(self, name: str, column: Coded, made: Cast) -> None:
        """If all hour labels are ranges starting at midnight, convert each to the hour in which it ends."""
        import pandas as pd

        labels = [text_of(cell) for cell in column.texts]
        if hours := running_hours(label for label in labels if not cells.is_missing(label)):
            ends = [hours.get(label, float("nan")) for label in labels]
            made.values = {name: pd.Series([*ends, float("nan")], dtype="float64").take(column.codes)}
            made.values[name] = made.values[name].reset_index(drop=True)
            made.bad[:] = False
            self.running = True

    def _is_needed(self, name: str) -> bool:
        """Return whether a row is useless if the column's value is unreadable.

        That is so for dimensions, keys, and figures in the sheet's ``needs`` or ``wants``.
        """
        kind = self.columns[name].column.kind
        if kind in ("id", "text", "date", "time", "hour") or name in self.sheet.key:
            return True
        return any(name in group for group in self.sheet.needs) or name in self.sheet.wants

    def _keep_long_ids(self, name: str, cells_: Cells) -> None:
        texts = coded(cells_).texts
        if texts.dtype == object:
            long = [text for text in texts if isinstance(text, str) and len(text) >= LONG_ID]
        else:
            long = texts[texts.str.len() >= LONG_ID].tolist()
        ids = self.long_ids.setdefault(name, set())
        for text in long:
            with suppress(cells.Unreadable):
                ids.add(cells.identifier(text))

    def _bad_rows(
        self, raw: dict[str, Cells], casts: dict[str, Cast], piece: Piece, keep: np.ndarray
    ) -> np.ndarray:
        """Return a mask of bad rows and report each row's first bad cell.

        Repeated header rows are not reported.
        """
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
            if found.column.kind in ("date", "time", "id") and len(self.stray) < _STRAY:
                self.stray.append(text)
            if self.troubles.told_enough:
                self.troubles.bad_rows += 1
                continue
            why = casts[name].why.get(text)
            shown = text if why in _HARMLESS or not self._private else "…"
            self.troubles.row(row, *cell_problem(shown, why, found), found.header)
        return bad

    def _filled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Remove rows without any figure: the platform has not filled in yesterday's figures yet."""
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
                header = self.columns[name].header if name in self.columns else ""
                self._without[header] = self._without.get(header, 0) + int(absent.sum())
                frame = frame[~absent]
        return frame

    def _in_time(self, frame: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        future = frame["date"] > pd.Timestamp(self.when.today)
        since = profile(platform()).since
        past = frame["date"] < pd.Timestamp(since, 1, 1)
        if not future.any() and not past.any():
            return frame
        header = self.columns["date"].header if "date" in self.columns else None
        for row, day in frame.loc[future | past, "date"].items():
            if self.troubles.told_enough:
                self.troubles.bad_rows += 1
                continue
            late = day.year >= since
            message = (
                N_("{day} is in the future.") if late else N_("{day} is before {platform_name} existed.")
            )
            todo = say("Check the date, and the clock of this computer.")
            self.troubles.row(int(str(row)), say(message, day=day.date().isoformat()), todo, header)
        return frame[~(future | past)]

    def _tell(self) -> None:
        self.totals.tell(self.troubles)
        for header, text in self._unreadable.items():
            self.troubles.doubt(
                say(
                    "{header} could not be read (“{cell}”) and is left empty.",
                    header=header,
                    cell=short(text),
                ),
                say("Correct the value in the file, or download the file again."),
                column=header,
            )
        for header, n in self._without.items():
            self.troubles.note(
                plural(
                    "{n} row without {header} was left out.",
                    "{n} rows without {header} were left out.",
                    n,
                    header=header,
                )
                if header
                else self.sheet.undated(n)
            )
        if self._unfilled:
            self.troubles.note(
                say("There are no figures for {days} yet.", days=days_text(sorted(self._unfilled))),
                _later(),
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


def _later() -> str:
    """Return the advice to download yesterday's file again once the platform has updated its figures."""
    if at := profile(platform()).ready_by:
        return say("The platform updates yesterday's figures by {at}; download them again after that.", at=at)
    return say("The platform updates yesterday's figures during the morning; download them again after that.")
