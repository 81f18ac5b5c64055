"""A small shop, a clock that stands still, and somebody at the keyboard."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

import sample
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.cli.new_shop import Beginnings, make_shop

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
EXPORTS = Path(sample.__file__).parent / "exports"
STOCK = EXPORTS / "stock" / "千牛_发布模板_20261115.xlsx"
REVIEWS = EXPORTS / "reviews" / "评价_兰亭女装旗舰店_20261116.csv"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's real settings are read or written; English is spoken."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("SHOPDAY_SHOP", "LC_ALL", "LC_MESSAGES", "LANG", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "SHOPDAY_LANG": "en",
        "TERM": "xterm-256color",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "兰亭"
    known = Beginnings(
        name="兰亭女装旗舰店", language="en", person="沈岚", user="lan", target=2_470_000, lead_days=9
    )
    make_shop(folder, known, MONDAY)
    return folder


@pytest.fixture
def run() -> Run:
    def run_(*words: object, stdin: str | None = None, clock: datetime = NINE, user: str = "lan") -> Result:
        terms = Terms(clock=lambda: clock, user=user)
        return CliRunner().invoke(shopday, [str(word) for word in words], input=stdin, obj=terms)

    return run_


@pytest.fixture
def inbox(shop: Path) -> Path:
    """An inbox with two good exports."""
    for file in (STOCK, REVIEWS):
        shutil.copy(file, shop / "inbox")
    return shop / "inbox"


def bytes_in(folder: Path) -> dict[str, str]:
    """Return what stands in a folder, the cache left out."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and file.relative_to(folder).parts[0] != "cache"
        and file.name not in (".lock", "salt")
    }
