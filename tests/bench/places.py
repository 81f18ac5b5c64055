"""The shops the bench works in: made once a run, in a folder that goes away."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ten_years import ten_years

PYTHON = sys.executable
SHOPDAY = str(Path(sys.executable).with_name("shopday"))
ROOT = Path(__file__).parents[2]
DAY = "2026-11-16"
ENGLISH = {"SHOPDAY_LANG": "en", "PYTHONPATH": str(ROOT)}

_folder = TemporaryDirectory(prefix="shopday-bench-")


def room(name: str) -> Path:
    """Return a new folder of that name."""
    folder = Path(_folder.name) / name
    folder.mkdir(parents=True)
    return folder


@cache
def sample_shop() -> Path:
    """Return the sample shop, imported, its answers worked out; for looking only."""
    folder = Path(_folder.name) / "sample"
    subprocess.run(
        [SHOPDAY, "demo", str(folder), "--no-open", "--sample", "lanting"], check=True, capture_output=True
    )
    for step in ("target", "stock"):
        subprocess.run(
            [SHOPDAY, "ask", str(folder), step, "--date", DAY], check=True, capture_output=True, env=env()
        )
    return folder


@cache
def shop_of(days: int) -> Path:
    """Return the sample shop with a journal of so many days behind it."""
    folder = Path(_folder.name) / f"days{days}"
    shutil.copytree(sample_shop(), folder)
    shutil.rmtree(folder / "journal")
    settings = (folder / "shop.toml").read_bytes()
    ten_years(folder, days=days)
    (folder / "shop.toml").write_bytes(settings)
    return folder


def env() -> dict[str, str]:
    """Return the environment of our programs: English, and the tree on the path."""
    import os

    return os.environ | ENGLISH


def opened(shop: Path, at: str = "08:40") -> list[str]:
    """Return the command that opens the shop's day."""
    return [SHOPDAY, "--who", "沈岚", "open", str(shop), "--date", DAY, "--at", at]
