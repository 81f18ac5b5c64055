"""What rivals did; what nobody looked at is not unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from core.answers.answer import Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.stock import Stock
from core.records.records import RivalSeen
from core.shop.settings import Rival, Shop
from core.topics.rivals import rivals
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

PEERS = tuple(
    Rival(id=f"r{n}", name=f"{name}旗舰店") for n, name in enumerate(("素年", "慕言", "禾田", "浅茉"))
)
SHOP: Shop = shop(rivals=PEERS)


def looks(rival: str, *days: Mapping[str, object]) -> list[tuple[object, RivalSeen]]:
    """One look a day, the last one yesterday."""
    return [
        (SUNDAY - timedelta(days=len(days) - 1 - number), RivalSeen(rival=rival, **day))  # type: ignore[arg-type]
        for number, day in enumerate(days)
    ]


def asked(*given: list[tuple[object, RivalSeen]], **sheets: object) -> Answer:
    rows = sorted((row for one in given for row in one), key=lambda row: str(row[0]))
    return rivals.moves(typed(*rows), shop=SHOP, today=MONDAY, **sheets)  # type: ignore[arg-type]


def everybody(**same: object) -> list[tuple[object, RivalSeen]]:
    return [look for one in PEERS for look in looks(one.id, same, same)]


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in levels]


# ---- left alone


def test_nothing_new_is_said_and_nothing_asked() -> None:
    answer = asked(everybody(price="129-199", sold="1000+", keyword="开衫", rank=3))
    assert answer.verdict.level == "info"
    assert answer.findings == ()
    assert any("Not looked at today" in limit for limit in answer.limits)


def test_looked_at_today_without_news_is_good() -> None:
    today = [(MONDAY, RivalSeen(rival=one.id, price="129-199")) for one in PEERS]
    assert asked(everybody(price="129-199"), today).verdict.level == "good"  # type: ignore[arg-type]


def test_one_look_at_rank_one_is_not_they_are_first() -> None:
    answer = asked(everybody(), looks("r1", {"keyword": "开衫", "rank": 1}))
    assert keys(answer, "good") == []


def test_listed_but_not_selling_means_wait() -> None:
    answer = asked(everybody(season_items=5, season_sells=False))
    assert keys(answer, "act", "watch") == []
    assert "wait" in answer.findings[0].text


def test_the_same_display_is_no_change_and_a_fallen_counter_no_news() -> None:
    answer = asked(everybody(), looks("r0", {"sold": "2000+"}, {"sold": "1000+"}))
    assert keys(answer, "act", "watch", "info") == []


# ---- said


def test_a_rival_not_looked_at_for_days_is_stale() -> None:
    others = [look for look in everybody() if look[1].rival != "r3"]
    old = [(MONDAY - timedelta(days=6), RivalSeen(rival="r3", sold="500+"))]
    answer = asked(others, old)  # type: ignore[arg-type]
    assert answer.verdict.level == "watch"
    assert keys(answer, "watch") == ["rivals/stale/r3"]
    assert "not looked at is not unchanged" in answer.findings[0].text


def test_two_close_rivals_whose_season_sells_mean_list_now_with_what_lies_in_stock() -> None:
    selling = [look for one in ("r0", "r2") for look in looks(one, {"season_items": 6, "season_sells": True})]
    stock = of_rows(
        Stock, [{"date": SUNDAY, "item": "down", "title": "羽绒服", "sku": "1", "on_hand": 180.0}]
    )
    items = of_rows(Items, [{"date": SUNDAY, "item": "coat", "title": "大衣"}])
    answer = asked(everybody(), selling, stock=stock, items=items)
    assert answer.verdict.level == "act"
    assert "羽绒服 (180)" in answer.findings[0].text
    assert asked(everybody(), selling[:1]).findings[0].level == "watch"


def test_a_rival_that_let_go_of_first_place_is_weak() -> None:
    ranks = (1, 1, 1, 1, 1, 6, None, 5, None, None)
    answer = asked(everybody(), looks("r1", *({"keyword": "开衫", "rank": rank} for rank in ranks)))
    assert keys(answer, "good") == ["rivals/fell_back/r1"]
    assert "慕言" in answer.verdict.text


def test_counts_are_floors_and_stay_ranges() -> None:
    answer = asked(
        everybody(), looks("r0", {"price": "129", "sold": "100+"}, {"price": "129", "sold": "200+"})
    )
    table = answer.evidence[0]
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0] == "素年")
    assert (row[6], row[7]) == ("200–299", "25,800–38,571")
    assert "up by 1–199, net" in answer.findings[0].text


def test_a_price_cut_and_what_was_typed_are_news() -> None:
    answer = asked(
        everybody(), looks("r0", {"price": "169-599"}, {"price": "169-529", "changes": "羽绒服降价"})
    )
    assert "169-599 → 169-529" in answer.findings[0].text
    assert "羽绒服降价" in answer.findings[0].text


def test_a_weakness_of_theirs_is_ours_to_show_only_when_it_is_true() -> None:
    smelly = looks("r0", {"bad_reviews": "大衣有异味"})
    clean = of_rows(
        Reviews,
        [{"date": SUNDAY, "review": str(n), "item": "coat", "stars": 5.0, "text": "好"} for n in range(300)],
    )
    ours = of_rows(
        Reviews,
        [
            {
                "date": SUNDAY,
                "review": str(n),
                "item": "coat",
                "stars": 1.0 if n < 3 else 5.0,
                "text": "有异味" if n < 3 else "好",
            }
            for n in range(900)
        ],
    )
    assert keys(asked(everybody(), smelly, reviews=clean), "info") == ["rivals/point/r0"]
    assert keys(asked(everybody(), smelly, reviews=ours), "info") == []
    assert keys(asked(everybody(), smelly), "info") == []


def test_typed_fake_orders_are_not_computed_with_and_the_law_is_named() -> None:
    answer = asked(everybody(), looks("r0", {"note": "他们在补单"}))
    assert any("art. 17" in limit for limit in answer.limits)


def test_nobody_looked_at_yet() -> None:
    assert rivals.moves(typed(), shop=SHOP, today=MONDAY).verdict.level == "nodata"
