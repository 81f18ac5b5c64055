"""Items that please their buyers less: more bad reviews than chance gives."""

from __future__ import annotations

from datetime import timedelta

from core.exports.kinds.items import Items
from core.topics.reviews.worsening import worsening
from tests.topics.reviews.test_reviews import written
from tests.topics.tables import MONDAY, of_rows, shop


def sold(visitors: float = 500) -> Items:
    """Return days on which ten dresses were sold, the last one yesterday."""
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "item": "dress", "title": "dress", "units": 10.0,
         "visitors": visitors, "gmv": 2000.0}
        for back in range(1, 71)
    ]  # fmt: skip
    return of_rows(Items, rows)


def test_more_bad_reviews_than_chance_gives_are_told() -> None:
    bad = written(*((1 + n % 7, "dress", 1.0, "开线", "") for n in range(9))).frame
    assert worsening(bad, sold().frame, shop(), MONDAY) == {"dress"}
    assert worsening(written().frame, sold().frame, shop(), MONDAY) == set()


def test_without_items_reviews_or_visitors_nothing_is_told() -> None:
    bad = written(*((1 + n % 7, "dress", 1.0, "开线", "") for n in range(9))).frame
    assert worsening(bad, None, shop(), MONDAY) == set()
    assert worsening(None, sold().frame, shop(), MONDAY) == set()
    assert worsening(bad, sold(visitors=0).frame, shop(), MONDAY) == set()
