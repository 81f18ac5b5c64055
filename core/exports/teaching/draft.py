"""A draft of a layout that a person is defining, as plain values to save or send between processes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Final

from core.exports.header_keys import key_of, signature_of
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import ColumnRule, FileLayout, TaughtBy, Unit

_FEWEST: Final = 5
"""The minimum number of required headers of a new layout, if that many are mapped."""
_DATED: Final = re.compile(r"[\s_\-.~()（）]*(20\d\d)?[\d年月日至\-_.~ ]{2,}.*$")


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """The choices made so far about how to read a file."""

    sheet: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """The header for each column of the sheet."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """The unit for each column of the sheet; missing if the header says it or it is the default."""
    keep: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For each header, the values of the rows that count."""
    add_over: Sequence[str] = ()
    attributes: Sequence[str] = ()
    fill_down: Sequence[str] = ()
    """Headers whose blank cells take the value of the cell above, in rows with the same key."""
    id: str = ""
    title: str = ""
    date_format: str = ""
    amount_per: str = ""
    base: str = ""
    """The id and version of the layout that the draft was made from; empty if it was made from
    suggestions."""

    def shape(self) -> dict[str, Any]:
        """Return the draft as a JSON-compatible dictionary of its fields."""
        return {
            "sheet": self.sheet,
            "columns": dict(self.columns),
            "units": dict(self.units),
            "keep": {header: list(values) for header, values in self.keep.items()},
            "add_over": list(self.add_over),
            "attributes": list(self.attributes),
            "fill_down": list(self.fill_down),
            "id": self.id,
            "title": self.title,
            "date_format": self.date_format,
            "amount_per": self.amount_per,
            "base": self.base,
        }

    def said(self, header: str, what: str, value: str) -> LayoutDraft:
        """Return the draft with one choice about the header added.

        ``map``: the header stands for the column ``value``; ``unit``: its figures have that unit; ``keep``:
        rows with that value are used, in addition to those with values chosen before; ``sum``: rows that
        differ only in this column are added up; ``ignore``: the column does not split rows.
        """
        if what == "unit":
            target = next((name for name, one in self.columns.items() if one == header), "")
            return self.in_unit(target, value) if target else self
        if what == "keep":
            kept = [*self.keep.get(header, ()), value]
            return replace(self.free(header), keep={**self.keep, header: list(dict.fromkeys(kept))})
        if what == "sum":
            free = self.free(header)
            return replace(free, add_over=[*free.add_over, header])
        if what == "ignore":
            free = self.free(header)
            return replace(free, attributes=[*free.attributes, header])
        return self.mapped(header, value)

    def in_unit(self, target: str, unit: str) -> LayoutDraft:
        """Return the draft with this unit for the figures of column ``target``; "": as the header says."""
        units = {name: one for name, one in self.units.items() if name != target}
        return replace(self, units={**units, target: unit} if unit else units)  # type: ignore[dict-item]

    def mapped(self, header: str, target: str) -> LayoutDraft:
        """Return the draft with the header standing for the column ``target`` only; "": for no column."""
        free = self.free(header)
        columns = {name: one for name, one in free.columns.items() if name != target}
        if target:
            columns[target] = header
        return replace(free, columns=columns)

    def free(self, header: str) -> LayoutDraft:
        """Return the draft without any choice about the header."""
        gone = [name for name, one in self.columns.items() if one == header]
        return replace(
            self,
            columns={name: one for name, one in self.columns.items() if name not in gone},
            units={name: unit for name, unit in self.units.items() if name not in gone},
            keep={one: values for one, values in self.keep.items() if one != header},
            add_over=[one for one in self.add_over if one != header],
            attributes=[one for one in self.attributes if one != header],
        )


def draft_from(shape: Mapping[str, Any]) -> LayoutDraft:
    """Return the draft from a dictionary made by :meth:`LayoutDraft.shape`."""
    names = LayoutDraft.__dataclass_fields__
    return LayoutDraft(**{name: value for name, value in shape.items() if name in names})


def draft_of(layout: FileLayout, headers: Sequence[str]) -> LayoutDraft:
    """Return a draft with the layout's choices for a file with these headers."""
    by_key = {key_of(header): header for header in headers}
    columns = {
        target: next(by_key[key_of(one)] for one in rule.headers if key_of(one) in by_key)
        for target, rule in layout.columns.items()
        if any(key_of(one) in by_key for one in rule.headers)
    }
    return LayoutDraft(
        sheet=layout.sheet,
        columns=columns,
        units={target: layout.columns[target].unit for target in columns if layout.columns[target].unit},
        keep=dict(layout.rows.keep),
        add_over=layout.add_over,
        attributes=layout.attributes,
        fill_down=layout.rows.fill_down,
        id=layout.id if layout.taught else "",
        title=layout.title,
        date_format=layout.date_format,
        amount_per=layout.amount_per,
        base=layout.edition,
    )


def layout_from(
    draft: LayoutDraft, headers: Sequence[str], taught: TaughtBy, before: FileLayout | None
) -> FileLayout:
    """Make a layout from the draft, for files with these headers.

    ``before``: the previous version of the layout, whose other spellings of the headers are kept.
    """
    signature = signature_of(headers)
    base = before or FileLayout(id="", sheet=draft.sheet, columns={})
    sums = {target: rule for target, rule in base.columns.items() if rule.sum and target not in draft.columns}
    there = {key_of(header) for header in headers}
    mapped = {
        target: _rule(header, draft.units.get(target, ""), base.columns.get(target, ColumnRule()), there)
        for target, header in draft.columns.items()
    }
    columns = {**sums, **mapped}
    used = {*draft.keep, *draft.add_over, *draft.attributes, *draft.fill_down, *base.rows.drop}
    used |= {header for rule in columns.values() for header in rule.named}
    keep = {header: tuple(values) for header, values in draft.keep.items()}
    return FileLayout(
        id=draft.id or f"{draft.sheet.replace('_', '-')}-{signature[:6]}",
        sheet=draft.sheet,
        columns=columns,
        requires=tuple(_required(draft)),
        without=base.without,
        title=draft.title or title_of(taught.file),
        page=base.page,
        skip_after_header=base.skip_after_header,
        date_format=draft.date_format,
        rows=base.rows._replace(keep=keep, fill_down=tuple(draft.fill_down)),
        add_over=tuple(draft.add_over),
        attributes=tuple(draft.attributes),
        amount_per={"order": "order", "line": "line"}.get(draft.amount_per, ""),  # type: ignore[arg-type]
        ignored=tuple(header for header in dict.fromkeys(headers) if header and header not in used),
        signature=signature,
        taught=taught,
    )


def title_of(file: str) -> str:
    """Return the file's name without the parts that change daily, such as dates."""
    stem = PurePath(file).stem
    return _DATED.sub("", stem) or stem


def _rule(header: str, unit: Unit, before: ColumnRule, there: Collection[str]) -> ColumnRule:
    """Return the rule for a header: itself, and earlier spellings of it that this file has no header for."""
    others = (one for one in before.headers if key_of(one) not in there)
    return ColumnRule((header, *others), unit=unit, values=before.values)


def _required(draft: LayoutDraft) -> list[str]:
    """Return the headers that a file must have to match the layout.

    These are the headers of the columns that the sheet needs; if they are fewer than :data:`_FEWEST`, others
    follow until there are so many.
    """
    sheet = SHEETS[draft.sheet]
    first = {*sheet.key, *sheet.must, *(name for group in sheet.needs for name in group)}
    ordered = sorted(draft.columns, key=lambda target: target not in first)
    needed = sum(target in first for target in draft.columns)
    return [draft.columns[target] for target in ordered[: max(needed, _FEWEST)]]
