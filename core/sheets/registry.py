"""Every kind of export, top to bottom. A new one is one file and one line here."""

from __future__ import annotations

from core.sheets.ads import Ads
from core.sheets.hours import Hours
from core.sheets.items import Items
from core.sheets.keywords import Keywords
from core.sheets.listings import Listings
from core.sheets.orders import Orders
from core.sheets.refunds import Refunds
from core.sheets.reviews import Reviews
from core.sheets.search_terms import SearchTerms
from core.sheets.service import Service
from core.sheets.sheet import Sheet
from core.sheets.shop_day import ShopDay
from core.sheets.sources import Sources
from core.sheets.stock import Stock

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
        Reviews,
        SearchTerms,
        Hours,
        Listings,
    )
}
