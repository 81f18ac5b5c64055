"""The registry of all kinds of export; a new one is a module and an entry here."""

from __future__ import annotations

from core.exports.kinds.ads import Ads
from core.exports.kinds.catalogue import Catalogue
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.listings import Listings
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet

SHEETS: dict[str, type[Sheet]] = {
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
    )
}
