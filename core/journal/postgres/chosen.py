"""The journal in PostgreSQL of a shop whose settings choose it."""

from __future__ import annotations

from pathlib import Path

from core.journal.postgres.address import address_of
from core.journal.postgres.postgres_store import PostgresStore
from core.journal.postgres.server import server_at


def postgres_store(folder: Path, key: str = "", *, marked: bool = False) -> PostgresStore:
    """Return the shop's journal in PostgreSQL; raise BadSettings if its address or key is missing.

    ``key``: the shop's key in PostgreSQL; empty: that in shop.toml. ``marked``: read it even if a move has
    marked it.
    """
    address = address_of(folder, key)
    return PostgresStore(server_at(address.url), address.shop, folder, marked=marked)
