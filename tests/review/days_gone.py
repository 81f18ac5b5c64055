"""A shop whose report of Friday stated Thursday's sales, and the export that corrects them on Monday."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core.journal.store import Store
from core.journal.store_choice import FILES, STORES
from routines.io.day_report import day_report, render
from routines.io.importing import commit_files
from routines.workday.workday import Workday
from tests.journal.moving import move
from tests.routines.days import CHINA

THURSDAY, FRIDAY, MONDAY = date(2026, 11, 12), date(2026, 11, 13), date(2026, 11, 16)
SETTINGS = """
name = "兰亭女装"
language = "en"

[targets]
"2026-10" = 400000
"2026-11" = 400000

[[team]]
name = "沈岚"
user = "lan"
roles = ["operator"]

[[team]]
name = "何萍"
user = "he"
roles = ["service"]
"""


def at(day: date, clock: str) -> datetime:
    """Return that time of the day, in the shop's zone."""
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=CHINA)


def on(shop: Path, day: date, clock: str, *, who: str = "lan", of: date | None = None) -> Workday:
    """Return the shop's day as somebody sees it at that moment; ``of``: another day than the clock's."""
    moment = at(day, clock)
    return Workday.open(shop, clock=lambda: moment, who=who, day=of, lang="en")


def export(shop: Path, name: str, sales: dict[date, float]) -> Path:
    """Put the shop's days with these sales into the inbox."""
    file = shop / "inbox" / f"{name}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [f"{day},4000,12000,100,{value}" for day, value in sales.items()]
    file.write_text("\n".join(["统计日期,访客数,浏览量,支付买家数,支付金额", *rows]), encoding="utf-8")
    return file


def take_in(shop: Path, file: Path, day: date, clock: str) -> str:
    """Import the file at that moment and return its batch."""
    (told,) = commit_files(shop, [file], today=day, who="沈岚", at=at(day, clock))
    assert told["state"] == "imported", told
    return str(told["batch"])


def make_shop(folder: Path) -> Path:
    """Return the shop as it is on Friday night: Thursday sold 12,300, and the finished report says so."""
    made = Path(_made(STORES[FILES]).name) / "lanting"
    shutil.copytree(made, folder)
    move(STORES[FILES](made), STORES[FILES](folder))  # a journal that lies elsewhere
    return folder


@cache
def _made(_: Callable[[Path], Store]) -> TemporaryDirectory[str]:
    """Return the folder with that shop, made once for each store a journal is kept in."""
    held = TemporaryDirectory(prefix="shopday-days-gone-")
    _work(Path(held.name) / "lanting")
    return held


def _work(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    days = [THURSDAY - timedelta(days=back) for back in range(40, 0, -1)]
    file = export(folder, "店铺_10月至11月", dict.fromkeys(days, 13000.0) | {THURSDAY: 12300.0})
    take_in(folder, file, FRIDAY, "08:40")
    morning = on(folder, FRIDAY, "08:50")
    morning.begin("target")
    morning.shown("target", morning.ask("target"))
    morning.note("target", "周四偏低，主推款断码")
    morning.finish("target")
    evening = on(folder, FRIDAY, "21:55")
    evening.write_report(render(day_report(evening)), "finished")


def correct(shop: Path) -> str:
    """Import Thursday again on Monday morning: it had sold 12,180; return the batch."""
    return take_in(shop, export(shop, "店铺_更正", {THURSDAY: 12180.0}), MONDAY, "09:12")
