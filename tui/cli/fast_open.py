"""The straight way in: ``shopday`` and ``shopday open``, said plainly, need no command line library.

To load that takes as long as to read the shop's day. Whatever is not said in the plainest way is left to it,
with every mistake in the words.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import NamedTuple

from core.shop.restricted_mode import restricted
from tui.cli.context import Terms, at, day_of, time_of


class Asked(NamedTuple):
    """What was said plainly."""

    said: str
    """Who they say they are."""
    shop: str
    """Empty: the shop that ``shopday`` alone opens."""
    day: date | None
    when: time | None


def plainly(words: list[str]) -> Asked | None:
    """Return what the words ask for: ``[--who NAME] [open SHOP [--date DAY] [--at TIME]]``, else None."""
    if restricted():
        return None
    said = os.environ.get("SHOPDAY_WHO", "")
    if len(words) > 1 and words[0] == "--who":
        said, words = words[1], words[2:]
    if said.startswith("-"):
        return None
    if not words:
        return Asked(said, shop="", day=None, when=None)
    command, *rest = words
    return _opening(said, iter(rest)) if command == "open" else None


def _opening(said: str, rest: Iterator[str]) -> Asked | None:
    """Return what the words behind ``open`` ask for; None unless they name exactly one shop."""
    shops, day, when = [], None, None
    try:
        for word in rest:
            if word == "--date":
                day = day_of(next(rest, ""))
            elif word == "--at":
                when = time_of(next(rest, ""))
            else:
                shops.append(word)
    except ValueError:
        return None
    if len(shops) != 1 or not shops[0] or shops[0].startswith("-"):
        return None
    return Asked(said, shops[0], day, when)


def go(terms: Terms, asked: Asked) -> None:
    """Show what was asked for."""
    from tui.cli.shops import named, todays

    folder = named(asked.shop) if asked.shop else todays()
    show(terms._replace(said=asked.said), folder, asked.day, asked.when)


def show(terms: Terms, folder: Path, day: date | None, when: time | None) -> None:
    """Show the shop's day until the operator leaves it."""
    from core.shop.loading import load_shop
    from tui.app import run
    from tui.cli.shops import remember

    clock = terms.clock if when is None else at(terms.clock, day, when, load_shop(folder).zone)
    run(folder, clock=clock, who=terms.who(folder), day=day)
    remember(folder)
