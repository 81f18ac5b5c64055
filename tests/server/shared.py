"""A shop that several people share, with accounts that this machine really has."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from routines.workday.workday import Workday

NINE = datetime.fromisoformat("2026-11-16T09:00:00+08:00")
TEAM = """
name = "兰亭女装"

[[team]]
name = "沈岚"
user = "daemon"
roles = ["operator"]

[[team]]
name = "何萍"
user = "bin"
roles = ["service"]

[[team]]
name = "周岩"
user = "bin"
roles = ["promotion"]

[[team]]
name = "陆正"
user = "sys"
roles = ["viewer"]

[[team]]
name = "林夕"
roles = ["design"]
"""


def make_shop(folder: Path, settings: str = TEAM) -> Path:
    """Return the shop's folder."""
    shop = folder / "lanting"
    (shop / "inbox").mkdir(parents=True)
    shop.chmod(0o2770)
    (shop / "shop.toml").write_text(settings, encoding="utf-8")
    return shop


def at_work(shop: Path, who: str, now: datetime = NINE) -> Workday:
    """Return the day as this person has it."""
    return Workday.open(shop, clock=lambda: now, who=who, lang="en")


def picture(app: App[None]) -> str:
    """Return what is on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def sees(pilot: Pilot[None], *words: str) -> None:
    """Wait until all of the words are on the screen."""
    end = time.monotonic() + 8
    while missing := [word for word in words if word not in picture(pilot.app)]:
        assert time.monotonic() < end, f"{missing} not on the screen:\n{picture(pilot.app)}"
        await pilot.pause()
        await asyncio.sleep(0.05)


def team_of(owner: str) -> str:
    """Return the settings of a shop whose owner, operator and viewer are these accounts of the system."""
    return f"""# 兰亭: what is agreed stands here
name = "兰亭女装"

[targets]
"2026-11" = 480000  # agreed on the 1st

[[team]]
name = "林夕"
user = "{owner}"
roles = ["owner"]

[[team]]
name = "沈岚"
user = "bin"
roles = ["operator"]

[[team]]
name = "陆正"
user = "sys"
roles = ["viewer"]
"""
