"""Display names of items: the name from the settings, or a shortened listing title."""

from __future__ import annotations

import re

from core.shop.settings import Shop

LONGEST = 10
"""The maximum length of a name in a sentence, in characters; listing titles have about thirty."""
_WHAT = re.compile(r"^(.{3,9}?)(?:女|男|童|[（(\[【])")


def short(title: str) -> str:
    """Return the part of a title that names the product: 法式针织开衫 of 法式针织开衫女秋季新款外搭."""
    if len(title) <= LONGEST or title.isascii():
        return title
    found = _WHAT.match(title)
    return found.group(1) if found else title[:LONGEST] + "…"


def item_name(shop: Shop, item: str, title: str = "") -> str:
    """Return the item's name from the settings, else its shortened title, else its id."""
    return short(shop.item(item).name or title) or item
