"""Where a shop's journal lies in PostgreSQL: the server's address, never in shop.toml, and the shop's key.

The address comes from the environment variable SHOPDAY_JOURNAL_URL, else from ``secrets.toml``::

    [journal]
    url = "postgresql://shopday:password@db.example/shopday"

A password may also stand in ~/.pgpass. The key is ``[journal] shop`` in shop.toml, because the folder of a
shop may have different names on different servers.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from core.errors import BadSettings
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.secrets import SECRETS, secret_tables
from core.shop.settings import settings_file

URL: Final = "SHOPDAY_JOURNAL_URL"
"""The environment variable with the server's address."""
LONGEST_KEY: Final = 100
"""Characters of a shop's key."""


class Address(NamedTuple):
    """A journal in PostgreSQL."""

    url: str
    """The server's address, as libpq understands it; it may contain a password."""
    shop: str
    """The key of the shop's entries."""


def address_of(folder: Path, shop: str = "") -> Address:
    """Return where the shop's journal lies; raise BadSettings if address or key is missing.

    ``shop``: the key; empty: the key in shop.toml.
    """
    url = server_address(folder)
    key = shop or load_shop(folder).journal.shop
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise BadSettings(
            say(
                "{file}: journal.shop must be a name of 1 to {most} characters; it keeps the shops in "
                "PostgreSQL apart.",
                file=settings_file(folder).name,
                most=LONGEST_KEY,
            )
        )
    return Address(url, key)


def server_address(folder: Path) -> str:
    """Return the server's address, for a shop's or a fleet's folder; raise BadSettings if it is missing."""
    url = os.environ.get(URL, "").strip() or _secret_url(folder)
    if not url:
        raise BadSettings(
            say(
                "The address of PostgreSQL is missing. Set {variable}, or write url = "
                '"postgresql://…" below [journal] in {file} (chmod 600).',
                variable=URL,
                file=SECRETS,
            )
        )
    return url


def _secret_url(folder: Path) -> str:
    """Return the address in secrets.toml; empty if there is none."""
    table = secret_tables(folder).get("journal", {})
    url = table.get("url", "") if isinstance(table, dict) else None
    if not isinstance(url, str):
        raise BadSettings(say("“{name}” in {file} must be text in quotes.", name="url", file=SECRETS))
    return url.strip()
