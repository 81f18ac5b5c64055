"""The bench: ``python -m tests.bench [--rounds N] [--write] [group …]``; each line ends in ok or over.

``python -m tests.bench growth`` is a table of its own and takes long: see :mod:`tests.bench.growth`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.bench import (
    first_import,
    fleet_board,
    growth,
    imports,
    items,
    keys,
    large,
    many_writers,
    morning,
    notes,
    past_days,
    pictures,
    quiet,
    server,
    startup,
    terminal_bytes,
)
from tests.bench.measure import Figure, Result
from tests.bench.places import ROOT
from tests.bench.table import HEADS, markdown, row

GROUPS: Final[dict[str, Callable[[int], Iterator[Result]]]] = {
    "start": startup.figures,
    "server": server.figures,
    "keys": keys.figures,
    "pictures": pictures.figures,
    "idle": quiet.idle,
    "busy": quiet.busy,
    "memory": startup.memory,
    "notes": notes.figures,
    "reading": imports.figures,
    "past": past_days.figures,
    "large": large.figures,
    "items": items.figures,
    "morning": morning.figures,
    "first": first_import.figures,
    "writers": many_writers.figures,
    "board": fleet_board.figures,
    "wire": terminal_bytes.figures,
}
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def main() -> int:
    """Print each figure as it comes, then the whole table; exit code 1 when a line is over its limit."""
    words = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    words.add_argument("--rounds", type=int, default=9)
    words.add_argument("--write", action="store_true", help="put the table into docs/measurements.md")
    words.add_argument(
        "--shops", type=int, nargs="+", default=[50, 150, 500], help="sizes of the fleet, for growth"
    )
    words.add_argument(
        "group", nargs="*", choices=[*GROUPS, "growth", []], help=", ".join([*GROUPS, "growth"])
    )
    said = words.parse_args()
    if "growth" in said.group:
        return growth.measure(said.shops, write=said.write, tell=_tell)
    results: list[Result] = []
    _tell(" | ".join(HEADS))
    for name in said.group or GROUPS:
        for result in GROUPS[name](said.rounds):
            results.append(result)
            _tell(row(result).strip("| ") if isinstance(result, Figure) else f"({result.name})")
    table = markdown(results)
    _tell("\n" + table)
    if said.write:
        _into(ROOT / "docs" / "measurements.md", table)
    return int(any(isinstance(one, Figure) and one.verdict == "over" for one in results))


def _into(page: Path, table: str) -> None:
    words = page.read_text(encoding="utf-8")
    if BEGIN in words and END in words:
        before, rest = words.split(BEGIN, 1)
        page.write_text(f"{before}{BEGIN}\n{table}{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
