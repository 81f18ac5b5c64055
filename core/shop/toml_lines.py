"""Find the line of a setting in a TOML file, for error messages.

``tomllib`` keeps no positions, so this module scans the table headers and keys line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_HEADER = re.compile(rf"^\s*(?P<open>\[\[?)\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")


def line_of(lines: Sequence[str], path: str) -> int | None:
    """Return the line of a setting such as ``steps.stock.minutes`` or ``add[2].at``, else of its table.

    Lines are counted from 1. None if neither is found.
    """
    known: dict[str, int] = {}
    for number, spot in _spots(lines):
        known.setdefault(spot, number)
    while path:
        if path in known:
            return known[path]
        shorter = re.sub(r"(?:\[\d+\]|(?:^|\.)[^.\[\]]*)$", "", path)
        path = shorter if shorter != path else ""
    return None


def _spots(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the line number and full path of every header and key; ``[[add]]`` becomes add[1], add[2] …"""
    table, seen = "", Counter[str]()
    for number, line in enumerate(lines, 1):
        header = _HEADER.match(line)
        if header:
            table = _inside(_plain(header["path"]), seen)
            if header["open"] == "[[":
                seen[table] += 1
                table = f"{table}[{seen[table]}]"
            yield number, table
        elif key := _KEY.match(line):
            yield number, f"{table}.{_plain(key['path'])}".lstrip(".")


def _inside(table: str, seen: Counter[str]) -> str:
    """Return the table's path with the number of its last array element: layout[2].rows for layout.rows."""
    parts = table.split(".")
    for size in range(len(parts) - 1, 0, -1):
        if number := seen[".".join(parts[:size])]:
            return ".".join([f"{'.'.join(parts[:size])}[{number}]", *parts[size:]])
    return table


def _plain(path: str) -> str:
    return ".".join(part.strip("\"'") for part in re.findall(_NAME, path))
