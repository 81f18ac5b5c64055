"""A small shop for tests at the desk: settings only, no exports yet."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """
name = "兰亭女装"
margin = 0.55
lead_days = 12

[targets]
"2026-11" = 900000

[[team]]
name = "沈岚"
user = "lan"
roles = ["operator"]

[[team]]
name = "周岩"
roles = ["promotion"]

[[rivals]]
id = "r01"
name = "素年锦时"
"""


def make_shop(folder: Path) -> Path:
    """Return a shop folder an operator can open."""
    shop = folder / "lanting"
    (shop / "inbox").mkdir(parents=True)
    (shop / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    return shop
