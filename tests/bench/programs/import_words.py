"""One way of reading a large file, in a process of its own; prints what it cost: ``WORK FILE``."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

from routines.analyst.process import uncollected

NOW = datetime(2026, 11, 16, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


def facts(file: Path) -> None:
    """Import the file into a new shop."""
    with _shop_with(file):
        pass


def verdicts(file: Path) -> None:
    """Import the file into a new shop and judge its words."""
    from routines.workday.workday import Workday

    with _shop_with(file) as shop:
        day = Workday.open(shop, clock=lambda: NOW, who="bench", lang="en")
        if day.ask("paid").verdict.level == "nodata":
            raise RuntimeError("no verdict")


@contextmanager
def _shop_with(file: Path) -> Iterator[Path]:
    from core.facts.imports import commit, preview

    shop = Path(mkdtemp(prefix="shopday-bench-"))
    try:
        (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
        batch = commit(shop, preview(shop, file, today=NOW.date()), who="bench", at=NOW)
        if not batch.rows:
            raise RuntimeError(batch.problems)
        yield shop
    finally:
        shutil.rmtree(shop)


def with_polars(file: Path) -> None:
    """Read and group as polars does best: decoded, then sums by item and word."""
    from io import BytesIO

    import polars as pl

    text = file.read_bytes().decode("gb18030").encode()
    frame = pl.read_csv(BytesIO(text))
    frame.group_by("宝贝ID", "词名字/词包名字").agg(
        pl.col("花费", "点击量", "总成交金额", "总成交笔数").sum()
    )


def with_pandas(file: Path) -> None:
    """Read the whole file as pandas does by default."""
    import pandas as pd

    pd.read_csv(file, encoding="gb18030")


def with_openpyxl(file: Path) -> None:
    """Read a workbook as pandas does by default."""
    import pandas as pd

    pd.read_excel(file, engine="openpyxl")


def window(shop: Path) -> None:
    """Load the last 28 days of keywords."""
    from core.exports.kinds.keywords import Keywords
    from core.facts.window import load

    found = load(shop, Keywords, date(2026, 11, 15) - timedelta(days=27), date(2026, 11, 15))
    if len(found.frame) != 28 * 2_000:
        raise RuntimeError(len(found.frame))


WORK: dict[str, Callable[[Path], None]] = {
    "facts": facts,
    "verdicts": verdicts,
    "polars": with_polars,
    "pandas": with_pandas,
    "openpyxl": with_openpyxl,
    "window": window,
}


OURS = ("facts", "verdicts", "window")


def main(work: str, file: Path) -> None:
    """Do it and tell milliseconds (imports of libraries included) and megabytes at the highest."""
    start = time.perf_counter()
    with uncollected() if work in OURS else nullcontext():  # as our analyst does it
        WORK[work](file)
    took = (time.perf_counter() - start) * 1000
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"ms": took, "mb": highest}))  # noqa: T201 - read by the bench


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
