"""Read and validate layouts in TOML, and write them in a form that people can edit."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from core.errors import BadSettings
from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import ColumnRule, FileLayout, TaughtBy
from core.exports.sheet import Sheet
from core.language.wording import listing, say
from core.shop.loading import read
from core.shop.toml_lines import line_of

VERSION: Final = 1
"""The version of the file format. Increase it whenever an older shopday could misread a new file."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class LayoutFile(NamedTuple):
    """The contents of one layout file."""

    version: int = VERSION
    layout: tuple[FileLayout, ...] = ()


def layouts_in(name: str, raw: bytes) -> tuple[FileLayout, ...]:
    """Parse layouts from bytes; raise BadSettings with file name and line if one is invalid."""
    held = read(name, raw, LayoutFile)
    lines = raw.decode("utf-8-sig", errors="replace").splitlines()
    if held.version > VERSION:
        raise BadSettings(
            say(
                "{file} was written by a newer version of shopday. Update shopday; nothing was changed.",
                file=name,
            )
        )
    for number, layout in enumerate(held.layout, 1):
        for path, what in _wrong(layout):
            where = f"layout[{number}]{path}"
            line = line_of(lines, where)
            raise BadSettings(
                f"{name}:{line}: {layout.id}: {what}" if line else f"{name}: {layout.id}: {what}"
            )
    _check_twice(name, held.layout)
    return held.layout


def _wrong(layout: FileLayout) -> Iterator[tuple[str, str]]:
    """Yield, for each invalid setting of the layout, its path in the file and the error text."""
    if not _ID.fullmatch(layout.id):
        yield ".id", say("an id may contain only a-z, 0-9 and -.")
    sheet = SHEETS.get(layout.sheet)
    if sheet is None:
        yield ".sheet", _unknown(layout.sheet, list(SHEETS))
        return
    targets = [column.name for column in targets_of(sheet)]
    for target, rule in layout.columns.items():
        if target not in targets:
            yield f".columns.{target}", _unknown(target, targets)
        elif not rule.headers and not rule.sum:
            yield f".columns.{target}", say("no header is given for this column.")
    if missing := missing_targets(sheet, layout.columns):
        yield (
            ".columns",
            say("No header is given for {columns}; without it no row can be used.", columns=missing),
        )
    if not layout.requires and not layout.signature:
        yield "", say("The entry “requires” is missing, so it is not known which files the layout is for.")
    seen = Counter(key_of(header) for rule in layout.columns.values() for header in rule.headers)
    if twice := next((header for header, n in seen.items() if n > 1), ""):
        yield (
            ".columns",
            say("{header} is used for two columns. Each header can stand for only one.", header=twice),
        )


def _check_twice(name: str, layouts: Sequence[FileLayout]) -> None:
    for what in ("id", "signature"):
        seen: dict[str, FileLayout] = {}
        for layout in layouts:
            value = getattr(layout, what)
            if value and value in seen:
                raise BadSettings(
                    say(
                        "{file}: the layouts “{one}” and “{other}” match the same files. Remove one of them.",
                        file=name,
                        one=seen[value].name,
                        other=layout.name,
                    )
                )
            seen[value] = layout


def _unknown(word: str, known: Sequence[str]) -> str:
    if close := difflib.get_close_matches(word, known, 1):
        return say("there is no “{name}”. Did you mean “{close}”?", name=word, close=close[0])
    return say("there is no “{name}”. Available here: {names}.", name=word, names=", ".join(known))


def targets_of(sheet: type[Sheet]) -> list[Any]:
    """Return the sheet's columns that a header may be mapped to, in the order they are declared."""
    return [column for column in sheet.columns if column.headers and not (column.private or column.inner)]


def missing_targets(sheet: type[Sheet], columns: Mapping[str, object]) -> str:
    """Return the required columns of the sheet that ``columns`` lacks, as text; "" if it lacks none."""
    needs = sheet.least or sheet.needs
    groups = [group for group in needs if not any(name in columns for name in group)]
    groups += [
        (name,)
        for name in sheet.must
        if name not in columns and name != "date" and sheet.column(name).headers
        and not any(name in group for group in needs)
    ]  # fmt: skip
    return listing([_either([sheet.column(name).headers[0] for name in group]) for group in groups])


def _either(names: Sequence[str]) -> str:
    first, *others = names
    for other in others:
        first = say("{first} or {second}", first=first, second=other)
    return first


# -- writing -----------------------------------------------------------------------------------------


def plain_of(layout: FileLayout) -> dict[str, Any]:
    """Return the layout as plain TOML values, leaving out settings that have their default value."""
    defaults = FileLayout._field_defaults
    written: dict[str, Any] = {}
    for name, value in layout._asdict().items():
        if value == defaults.get(name) or name in ("columns", "rows", "taught"):
            continue
        written[name] = list(value) if isinstance(value, tuple) else value
    if layout.taught is not None:
        written["taught"] = _lesson(layout.taught)
    order = [column.name for column in SHEETS[layout.sheet].columns]
    columns = sorted(layout.columns, key=order.index)
    written["columns"] = {target: _rule(layout.columns[target]) for target in columns}
    rows = {
        name: {key: list(values) for key, values in value.items()}
        if isinstance(value, Mapping)
        else list(value)
        for name, value in layout.rows._asdict().items()
        if value
    }
    return written | ({"rows": rows} if rows else {})


def _lesson(lesson: TaughtBy) -> dict[str, str | datetime]:
    return {name: value for name, value in lesson._asdict().items() if value}


def _rule(rule: ColumnRule) -> str | list[str] | dict[str, Any]:
    if rule == ColumnRule(rule.headers):
        return rule.headers[0] if len(rule.headers) == 1 else list(rule.headers)
    plain = {"headers": list(rule.headers), "sum": list(rule.sum), "unit": rule.unit}
    return {name: value for name, value in plain.items() if value} | (
        {"values": dict(rule.values)} if rule.values else {}
    )
