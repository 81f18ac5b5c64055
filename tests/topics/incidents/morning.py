"""The morning's incidents of made exports, as steps take them."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer, Finding
from core.answers.answer_codec import rendered
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.sheet import Sheet
from core.measures.order_value import ShopRefunds
from core.records.records import Records
from core.records.rivals import RivalHero
from core.records.team import ListingChange
from core.shop.settings import Shop
from core.topics.incidents.incidents import morning
from tests.exam.made_shop import TODAY, Made, sheets
from tests.topics.tables import MONDAY, shop


def of_the_morning(
    days: ShopDay | None = None,
    *,
    items: Items | None = None,
    sources: Sources | None = None,
    service: Service | None = None,
    own: Shop | None = None,
    today: date = MONDAY,
) -> Incidents:
    """Return what changed by those exports."""
    return Incidents(morning(days, items, sources, service=service, shop=own or shop(), today=today))


def told(
    made: Made,
    own: Shop | None = None,
    listings: Records[ListingChange] | None = None,
    heroes: Records[RivalHero] | None = None,
    measured: ShopRefunds | None = None,
    **more: Sheet,
) -> Answer:
    """Return what is said of a made shop on its morning."""
    found: dict[str, Sheet] = sheets(made) | more
    given = {
        "days": found.get(ShopDay.id),
        "items": found.get(Items.id),
        "sources": found.get(Sources.id),
        "keywords": found.get(Keywords.id),
        "service": found.get(Service.id),
        "refunds": found.get(Refunds.id),
        "stock": found.get("stock"),
        "hours": found.get("hours"),
        "listings": listings,
        "heroes": heroes,
        "measured": measured,
    }
    return rendered(morning(**given, shop=own or Shop(name="Made", margin=0.5), today=TODAY))  # type: ignore[arg-type]  # each is its kind


def asking(answer: Answer) -> list[Finding]:
    """Return the findings that ask for a look, the first first."""
    return [one for one in answer.findings if one.level in ("act", "watch")]
