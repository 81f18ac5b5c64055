"""What an item is called on a screen: its own name, or as much of the listing's title as says what it is."""

from __future__ import annotations

import re

from core.shop.settings import Shop

LONGEST = 10
"""Characters a name may have in a sentence; listing titles have thirty."""
_WHAT = re.compile(r"^(.{3,9}?)(?:女|男|童|[（(\[【])")


def short(title: str) -> str:
    """Return the part of a title that names the thing: 法式针织开衫 of 法式针织开衫女秋季新款外搭."""
    if len(title) <= LONGEST or title.isascii():
        return title
    found = _WHAT.match(title)
    return found.group(1) if found else title[:LONGEST] + "…"


def item_name(shop: Shop, item: str, title: str = "") -> str:
    """Return the name set for the item, else its title, shortened; its id when nothing is known."""
    return short(shop.item(item).name or title) or item
