"""The journal in PostgreSQL of a shop whose settings choose it."""

from __future__ import annotations

from pathlib import Path

from core.journal.postgres.address import address_of
from core.journal.postgres.postgres_store import PostgresStore
from core.journal.postgres.server import server_at


def postgres_store(folder: Path) -> PostgresStore:
    """Return the shop's journal in PostgreSQL; raise BadSettings if its address or key is missing."""
    address = address_of(folder)
    return PostgresStore(server_at(address.url), address.shop, folder)
