"""All kinds of export. To add a kind, add its file and one line in this module."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from core.exports.kinds.ads import Ads
from core.exports.kinds.catalogue import Catalogue
from core.exports.kinds.fees import Fees
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.listings import Listings
from core.exports.kinds.market_terms import MarketTerms
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.kinds.streams import Streams
from core.exports.sheet import Sheet
from core.extensions import Extensible, Unusable
from core.language.message import say

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")

_OWN: dict[str, type[Sheet]] = {
    sheet.id: sheet
    for sheet in (
        ShopDay,
        Sources,
        Items,
        Ads,
        Keywords,
        Orders,
        Refunds,
        Service,
        Stock,
        Catalogue,
        Reviews,
        SearchTerms,
        Hours,
        Listings,
        Fees,
        Streams,
        MarketTerms,
    )
}


def _named(found: object) -> tuple[str, type[Sheet]]:
    """Return the id and class of a sheet from another package; raise Unusable if it is declared incompletely.

    It must be a Sheet with an id, a title and a date column; its ``key`` and ``needs`` name its own columns.
    """
    if not isinstance(found, type) or not issubclass(found, Sheet):
        raise Unusable(say("the object it names is not a sheet"))
    names = found.names()
    if not _ID.fullmatch(found.id) or not found.title or "date" not in names:
        raise Unusable(say("the sheet has no id, no title or no date"))
    named = {*found.key, *chain.from_iterable(found.needs)}
    if not found.key or not found.needs or not named <= set(names):
        raise Unusable(say("the sheet's key or needs refer to columns that it does not have"))
    return found.id, found


SHEETS: Final[Extensible[type[Sheet]]] = Extensible("shopday.sheets", _OWN, _named)
"""All kinds of export (sheets) by id, including those of other packages."""
