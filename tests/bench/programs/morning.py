"""A cold morning in a process of its own, or its bare parts; prints the CPU seconds: ``WORK SHOP [FILE]``.

``given`` writes what the steps' analyses are called with into a file, which ``bare`` reads.
"""

from __future__ import annotations

import copyreg
import json
import pickle
import resource
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

STEPS: Final = (
    "target", "stock", "drivers", "page", "rivals", "reviews",
    "paid", "campaigns", "checks", "standup", "hands_on",
)  # fmt: skip
"""The eleven steps of the morning."""
DAY: Final = date(2026, 11, 16)
NOW: Final = datetime(2026, 11, 16, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


def cold(shop: Path) -> None:
    """Ask every step of the morning."""
    from core.journal.book import Book
    from core.journal.multi_day_index import MultiDayIndex
    from routines.answers.compute_answer import said

    index = MultiDayIndex(Book(shop))
    for step in STEPS:
        if said(shop, step, day=DAY, now=NOW, lang="en", index=index).verdict.level == "nodata":
            raise RuntimeError(step)


def given(shop: Path, file: Path) -> None:
    """Write the analyses' names and arguments into the file."""
    from routines.answers import compute_answer
    from routines.plan import analyses

    found: list[tuple[str, dict[str, Any]]] = []
    named = analyses.named

    def recording(name: str) -> Callable[..., object]:
        analysis = named(name)

        @wraps(analysis)
        def called(**arguments: Any) -> object:
            found.append((name, arguments))
            return analysis(**arguments)

        return called

    copyreg.pickle(MappingProxyType, lambda one: (_read_only, (dict(one),)))
    setattr(compute_answer.__dict__["analyses"], "named", recording)  # noqa: B010 - mypy
    cold(shop)
    file.write_bytes(pickle.dumps(found))


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def bare(shop: Path, file: Path) -> float:
    """Read each sheet once with pyarrow and run the analyses; return the CPU spent on ``file``."""
    import pandas as pd
    import pyarrow.parquet as pq

    from routines.plan.analyses import named

    rows = sorted((shop / "facts").glob("[!q]*/*.parquet"))
    for sheet in sorted({row.parent.name for row in rows}):
        pd.concat([pq.read_table(row).to_pandas() for row in rows if row.parent.name == sheet])
    from core.shop.loading import load_shop
    from routines.answers import compute_answer  # noqa: F401 - what the pickle's classes need

    load_shop(shop)
    before = _cpu()
    calls = pickle.loads(file.read_bytes())  # noqa: S301 - written by this program
    for name, _ in calls:
        named(name)
    apart = _cpu() - before
    for name, arguments in calls:
        named(name)(**arguments)
    return apart


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(work: str, shop: Path, file: Path | None = None) -> None:
    """Do it and tell the CPU milliseconds."""
    apart = 0.0
    if work == "cold":
        cold(shop)
    elif work == "given" and file:
        given(shop, file)
    elif work == "bare" and file:
        apart = bare(shop, file)
    print(json.dumps({"ms": (_cpu() - apart) * 1000}))  # noqa: T201 - read by the bench


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
