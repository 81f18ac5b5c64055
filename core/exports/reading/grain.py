"""Check that each row is the total for its key, not a part of it (e.g. one channel or warehouse).

Totals are kept, parts that add up are summed, and anything else is refused, naming the column that splits the
rows. A column the sheet does not use is judged by its header (see the catalogue of dimensions) and its
values; if it has the same value in all rows, the rows are taken to be parts, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.exports.dimensions import (
    Verdict,
    dimension_of,
    is_damaged,
    is_day,
    is_pack,
    is_sound,
    is_whole,
    is_yuan,
)
from core.exports.reading import own_rows as own
from core.exports.reading.added_up import added_up
from core.exports.reading.goods_lines import goods_lines, is_orders
from core.exports.reading.problem_collector import ProblemCollector, figure, or_teach, short
from core.exports.reading.recognise import Match
from core.exports.reading.repeats import key_text, settle_repeats
from core.exports.reading.row_store import Gathered
from core.exports.reading.side_columns import SideColumn, SideColumns
from core.language.speech import YUAN, platform
from core.language.wording import listing, plural, say
from core.shop.settings import Shop

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(slots=True)
class Grain:
    """Checks whether the rows of one file are totals for their keys, and keeps those that may be stored."""

    match: Match
    rows: Gathered
    side: SideColumns
    shop: Shop | None
    troubles: ProblemCollector
    shop_name: str = ""
    learnt: str = ""
    """A shop id in the file that is taken as this shop's from now on; empty if none."""
    others_left: bool = False
    """Whether rows of other shops were left out."""
    _verdicts: dict[str, Verdict] = field(default_factory=dict)

    def judge(self) -> bool:
        """Run all checks; return False if the file is refused."""
        self._verdicts = self._judged()
        steps = (self._days, self._own, self._wholes, self._parts, self._sound, self._once)
        return all(self._goes_on(step) for step in steps)

    def _goes_on(self, step: Callable[[], None]) -> bool:
        """Run a check unless the file is already refused; return whether it is not refused."""
        if not self.troubles.refused:
            step()
        return not self.troubles.refused

    def _judged(self) -> dict[str, Verdict]:
        sheet = self.match.sheet
        found = (
            found for table in self.match.tables for name, found in table.columns.items() if name in sheet.key
        )
        keyed = frozenset(dimension_of(one.header) for one in found)
        return {header: self.match.verdict(header, keyed) for header in self.side.headers}

    def _with(self, *verdicts: Verdict) -> Iterator[SideColumn]:
        """Yield the unused columns with one of these verdicts, reduced to the rows kept so far.

        The order is from left to right; blank columns are skipped.
        """
        for header, one in self._verdicts.items():
            column = self.side.column(header) if one in verdicts else None
            if column is not None and not column.blank.all():
                yield column

    def _keep(self, rows: np.ndarray) -> None:
        self.rows.replace(self.rows.frame()[rows])
        self.side.keep(rows)

    def _days(self) -> None:
        """Refuse rows that cover weeks or months, and amounts in several currencies."""
        for column in self._with("period"):
            long = [value for value in column.values() if not is_day(value)]
            if long:
                self.troubles.refuse(
                    say(
                        "{header} is “{value}”, so a row is not the figures of one day.",
                        header=column.header,
                        value=short(long[0]),
                    ),
                    say(
                        "Download the file again day by day: {how}.", how=self.match.sheet.how_on(platform())
                    ),
                    column.header,
                )
        for column in self._with("one"):
            values = column.values()
            if len(values) == 1:
                self._currency(column)
            if len(values) > 1:
                self.troubles.refuse(
                    say(
                        "{header} has several values ({a}, {b} …), and such amounts cannot be added up.",
                        header=column.header,
                        a=short(values[0]),
                        b=short(values[1]),
                    ),
                    say("Download a separate file for each of these values."),
                    column.header,
                )

    def _currency(self, column: SideColumn) -> None:
        """Warn if the file's amounts are not in yuan although this shop's amounts are shown in yuan."""
        (value,) = column.values()
        if self.shop is not None and self.shop.currency == YUAN and not is_yuan(value):
            self.troubles.doubt(
                say(
                    "{header} says {value}, and amounts are shown in {sign}.",
                    header=column.header,
                    value=short(value),
                    sign=YUAN,
                ),
                say("If all amounts of this shop are in that currency, write currency = … in shop.toml."),
                column=column.header,
            )

    def _own(self) -> None:
        """Keep only the shop's own rows.

        If the file is another shop's and a column also splits its rows into parts, this column is named as
        the reason for refusing the file.
        """
        mine = ProblemCollector(self.troubles.where)
        found = own.own_rows(list(self._with("own")), self.shop, mine)
        self.shop_name, self.learnt = found.shop_name, found.learnt
        if mine.refused:
            self._wholes()
            self._parts()
        self.troubles.take(mine)
        if found.rows is not None and not self.troubles.refused:
            self._keep(found.rows)
            self.others_left = True

    def _wholes(self) -> None:
        """If some rows are labelled as totals (e.g. 全部), keep only them: the other rows are their parts."""
        for column in self._with("sum", "refuse"):
            words = [value for value in column.values() if is_whole(value)]
            whole = column.rows_that(words)
            if not words or whole.all():
                continue
            frame = self.rows.frame()
            keys = list(self.match.sheet.key)
            covered = frame[keys].merge(frame.loc[whole, keys].drop_duplicates(), how="left", indicator=True)
            if (covered["_merge"] != "both").any():
                continue  # some keys have parts only: treated like any other split
            self._keep(whole)
            self.troubles.note(
                say(
                    "Only the rows with {header} = {value} were used; the other rows are parts of them.",
                    header=column.header,
                    value=short(words[0]),
                )
            )

    def _parts(self) -> None:
        """Refuse the file if a column shows that its rows are parts of figures that cannot be added up."""
        for column in self._with("refuse"):
            values = column.values()
            split = [value for value in values if not is_whole(value)]
            if not split:
                continue
            if len(values) == 1 and not column.blank.any():
                self.troubles.refuse(
                    say(
                        "Every row has {header} = {value}: the file covers only a part of the shop.",
                        header=column.header,
                        value=short(values[0]),
                    ),
                    or_teach(say("Download the file again with {header} = 全部.", header=column.header)),
                    column.header,
                )
                return
            self._refuse_split(column, values)
            if self.troubles.refused:
                return
        for column in self._with("sum"):
            if len(column.values()) > 1 and any(map(is_whole, column.values())):
                self._refuse_split(column, column.values())

    def _refuse_split(self, column: SideColumn, values: tuple[str, ...]) -> None:
        import pandas as pd

        frame = self.rows.frame()
        repeated = frame.duplicated(list(self.match.sheet.key), keep=False)
        if not repeated.any():
            if column.blank.any():
                return  # a remark on some rows: each key occurs once, so nothing is split
            self.troubles.refuse(
                say(
                    "{header} has several values ({a}, {b} …): each row covers only a part of the shop.",
                    header=column.header,
                    a=short(values[0]),
                    b=short((*values, "–")[1]),
                ),
                or_teach(say("Download the file again without the column {header}.", header=column.header)),
                column.header,
            )
            return
        first = frame[repeated].iloc[[0]]
        same = pd.Series(data=True, index=range(len(frame)))
        for name in self.match.sheet.key:
            same &= (frame[name] == first[name].iloc[0]).to_numpy()
        own_values = [column.texts[code] if code >= 0 else "–" for code in column.codes[same.to_numpy()]]
        told = list(dict.fromkeys([*own_values, *values]))
        self.troubles.refuse(
            say(
                "{key} has {n} rows, which differ by {header} ({a}, {b} …). Each row is only a part, so "
                "none is the total.",
                key=key_text(first, self.match.sheet),
                n=int(same.sum()),
                header=column.header,
                a=short(told[0]),
                b=short((*told, "–")[1]),
            ),
            or_teach(say("Download the file again without the column {header}.", header=column.header)),
            column.header,
        )

    def _sound(self) -> None:
        """Keep only rows of sellable goods; warn if units are packs, or if all goods are at one location."""
        for column in self._with("sound"):
            values = column.values()
            good = [value for value in values if is_sound(value) or is_whole(value)]
            if not good:
                self._refuse_split(column, values)
                return
            rows = column.rows_that(good) | column.blank
            if not rows.all():
                self._drop_damaged(rows)
        for column in self._with("sum"):
            values = column.values()
            bad = [value for value in values if is_damaged(value)]
            if dimension_of(column.header) == "warehouse" and bad and len(bad) < len(values):
                self._drop_damaged(~column.rows_that(bad))
        for column in self._with("pieces"):
            if packs := [value for value in column.values() if is_pack(value)]:
                self.troubles.doubt(
                    say(
                        "{header} says {value}: these rows count packs, and nobody knows how many pieces are "
                        "in one.",
                        header=column.header,
                        value=short(packs[0]),
                    ),
                    say("Export the list counted in single pieces; otherwise days of cover will be too low."),
                    column=column.header,
                )
        for column in self._with("sum"):
            values = column.values()
            if self.match.sheet.snapshot and len(values) == 1 and not is_whole(values[0]):
                self.troubles.doubt(
                    say(
                        "Every row has {header} = {value}; stock in other places is not in the file.",
                        header=column.header,
                        value=short(values[0]),
                    ),
                    say("If there are other warehouses or places, download all of them together."),
                    column=column.header,
                )

    def _drop_damaged(self, rows: np.ndarray) -> None:
        """Keep only the rows in the mask, and note how many rows and pieces of damaged goods are left out."""
        pieces = float(self.rows.frame()["on_hand"][~rows].sum())
        self._keep(rows)
        self.troubles.note(
            plural(
                "{n} row of damaged goods ({pieces} pieces) was left out.",
                "{n} rows of damaged goods ({pieces} pieces) were left out.",
                int((~rows).sum()),
                pieces=figure(pieces),
            )
        )

    def _once(self) -> None:
        """Reduce the rows to one per key: remove copies and outdated states, add up rows that are parts."""
        if not self.rows.may_repeat or not self.match.sheet.key:
            return
        frame = self.rows.frame()
        if not frame.duplicated(list(self.match.sheet.key)).any():
            return
        tables = self.side.tables()
        if is_orders(self.match.sheet):
            layout = self.match.layout
            lines_by = [column.header for column in self._with("sum")]
            per = layout.amount_per if layout is not None else ""
            frame, places = goods_lines(frame, self.side, self.troubles, per=per, lines_by=lines_by)
            tables = tables[places]
        parts = [] if is_orders(self.match.sheet) else list(self._with("sum"))
        for number, column in enumerate(parts):
            frame = frame.assign(**{f"_part{number}": column.codes})
        names = [f"_part{number}" for number in range(len(parts))]
        keys = [*self.match.sheet.key, *names]
        held = settle_repeats(frame, tables, self.match, keys, self.troubles)
        self.rows.replace(self._added(held, parts, names))

    def _added(self, held: pd.DataFrame, parts: list[SideColumn], names: list[str]) -> pd.DataFrame:
        repeated = held.duplicated(list(self.match.sheet.key), keep=False)
        if not repeated.any():
            return held.drop(columns=names)
        over = [
            column.header
            for column, name in zip(parts, names, strict=True)
            if len(held.loc[repeated, name].unique()) > 1
        ]
        made, lost = added_up(held.drop(columns=names), self.match.sheet)
        self.troubles.note(
            say("Rows that differ only in {headers} were added up.", headers=listing(over)),
            say("{unknown} cannot be summed and is left empty.", unknown=listing(list(lost))) if lost else "",
        )
        return made
