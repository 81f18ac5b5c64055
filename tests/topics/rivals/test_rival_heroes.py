"""A rival's hero item, look by look: what did not move is left alone, what nobody looked at is not known."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import About, Answer, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.items import Items
from core.exports.kinds.listings import Listings
from core.language.speech import Language, speak
from core.records.rivals import RivalHero
from core.shop.settings import Rival
from core.topics.rivals import rivals
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told

SHOP = shop(rivals=(Rival(id="r1", name="素年旗舰店"), Rival(id="r2", name="慕言旗舰店")))


def look(back: int, rival: str = "r1", item: str = "羽绒服", **seen: object) -> tuple[date, RivalHero]:
    return MONDAY - timedelta(days=back), RivalHero(rival=rival, item=item, **seen)  # type: ignore[arg-type]


def asked(*looks: tuple[date, RivalHero], listings: Listings | None = None) -> Answer:
    seen = typed(*looks)
    return told(rivals.moves(typed(), listings=listings, heroes_seen=seen, shop=SHOP, today=MONDAY))


def said(answer: Answer) -> list[tuple[str, str]]:
    return [(one.key, one.level) for one in answer.findings if one.key.startswith("rivals/hero")]


def text(answer: Answer) -> str:
    return next(one.text for one in answer.findings if one.key.startswith("rivals/hero"))


def row(answer: Answer) -> dict[str, object]:
    table = next(one for one in answer.evidence if one.name == "Rivals' best sellers over time")
    assert isinstance(table, Table)
    return {column.id: named(column, cell) for column, cell in zip(table.columns, table.rows[0], strict=True)}


# ---- left alone


def test_a_hero_that_did_not_move_is_not_spoken_of() -> None:
    same = {"price": "599", "sold": "600+", "picture": "模特全身", "description": "尺码表"}
    answer = asked(look(3, **same), look(2, picture="没变"), look(1, **same))
    assert said(answer) == []
    assert (row(answer)["pictures"], row(answer)["descriptions"]) == (0, 0)


def test_a_first_look_is_no_news() -> None:
    assert said(asked(look(0, price="599", picture="模特全身"))) == []


def test_what_was_not_looked_at_is_not_unchanged() -> None:
    answer = asked(look(2, price="599"), look(1, price="599"))
    assert row(answer)["pictures"] is None
    assert row(answer)["a_day"] == "—"


def test_an_old_change_is_no_news() -> None:
    answer = asked(look(9, picture="模特全身"), look(5, picture="三色平铺"), look(1, picture="没变"))
    assert said(asked(look(9, picture="模特全身"), look(2, picture="三色平铺"))) == [
        ("rivals/hero/r1", "info")
    ]
    assert said(asked(look(9, picture="模特全身"), look(3, picture="三色平铺"))) == []
    assert said(answer) == []
    assert row(answer)["pictures"] == 1


def test_a_fallen_counter_is_unknown_never_negative() -> None:
    answer = asked(look(2, sold="1000+"), look(1, sold="600+"))
    assert row(answer)["a_day"] == "unknown, because displayed sales fell"
    assert any(
        "If the displayed sales of a best seller fell, only what was noted after that counts;" in limit
        for limit in answer.limits
    )


# ---- said


def test_a_price_cut_asks_for_a_look_at_ours() -> None:
    answer = asked(look(3, price="599"), look(1, price="529"))
    assert said(answer) == [("rivals/hero/r1", "watch")]
    assert text(answer) == "素年's best seller 羽绒服: price 599 → 529."
    (hero,) = (one for one in answer.findings if one.kind == "hero")
    assert hero.about == About(rival="r1")
    (ask,) = hero.proposals
    assert (ask.role, ask.metric, ask.due, ask.about) == (
        "operator",
        "conversion",
        "2026-06-16",
        About(rival="r1"),
    )
    assert answer.verdict.level == "watch"


def test_a_heros_price_cut_is_the_verdict_where_nothing_else_is_new() -> None:
    alone = shop(rivals=(Rival(id="r1", name="素年旗舰店"),))
    seen = typed(look(3, price="599"), look(1, price="529"))
    answer = told(rivals.moves(typed(), heroes_seen=seen, shop=alone, today=MONDAY))
    assert (answer.verdict.level, answer.verdict.text) == (
        "watch",
        "素年's best seller 羽绒服: price 599 → 529.",
    )


def test_five_hundredths_off_are_told_and_more_are_answered() -> None:
    def level(now: str) -> list[tuple[str, str]]:
        return said(asked(look(3, price="600"), look(1, price=now)))

    assert level("570") == [("rivals/hero/r1", "info")]
    assert level("569") == [("rivals/hero/r1", "watch")]
    assert level("650") == [("rivals/hero/r1", "info")]


def test_several_changes_are_one_sentence() -> None:
    first, last = {"price": "599", "picture": "模特全身", "description": "尺码表"}, {
        "price": "650", "picture": "三色平铺", "description": "换了",
    }  # fmt: skip
    answer = asked(look(3, **first), look(1, **last))
    assert text(answer) == (
        "素年's best seller 羽绒服: price 599 → 650; new main picture: 模特全身 → 三色平铺; new item page."
    )


def test_the_table_has_every_hero_look_by_look() -> None:
    answer = asked(
        look(3, price="599", sold="600+", reviews=40, picture="模特全身", description="尺码表"),
        look(1, price="529", sold="800+", reviews=52, picture="三色平铺", description="没变"),
    )
    assert row(answer) == {
        "rival": "素年",
        "hero": "羽绒服",
        "looks": 2,
        "last_look": "2026-06-14",
        "days_ago": 1,
        "first_price": "599",
        "price": "529",
        "sold": "800–899",
        "a_day": "50–150",
        "reviews": 12,
        "pictures": 1,
        "descriptions": 0,
    }


def test_a_rival_whose_hero_was_looked_at_is_not_called_never_looked_at() -> None:
    answer = asked(look(1, price="599"))
    assert "rivals/stale/r1" not in [one.key for one in answer.findings]
    assert "rivals/stale/r2" in [one.key for one in answer.findings]


def test_a_new_picture_is_told_in_both_words_and_goes_to_design() -> None:
    answer = asked(look(3, picture="模特全身"), look(1, picture="三色平铺加到手价"))
    assert "new main picture: 模特全身 → 三色平铺加到手价" in text(answer)
    hero = next(one for one in answer.findings if one.key == "rivals/hero/r1")
    assert [(one.role, one.metric, one.about) for one in hero.proposals] == [
        ("design", "ctr", About(rival="r1"))
    ]


def test_another_hero_is_told_beside_the_one_before() -> None:
    answer = asked(look(6, price="599"), look(1, item="羊羔毛", price="339"))
    assert "the shop now promotes this item instead of 羽绒服" in text(answer)


def test_looks_narrow_what_is_sold_a_day() -> None:
    answer = asked(look(4, sold="600+"), look(2, sold="700+"), look(0, sold="900"))
    assert row(answer)["a_day"] == "50–75"


def test_not_looked_at_for_days_says_so() -> None:
    answer = asked(look(8, price="599"))
    assert said(answer) == [("rivals/hero_stale/r1", "info")]
    assert "8 days ago" in text(answer)
    (stale,) = (one for one in answer.findings if one.kind == "hero_stale")
    assert (stale.about, stale.proposals) == (About(rival="r1"), ())
    assert said(asked(look(4, price="599"))) == [("rivals/hero_stale/r1", "info")]
    assert said(asked(look(3, price="599"))) == []


def test_a_listing_export_fills_the_days_nobody_typed() -> None:
    rows: list[dict[str, object]] = [
        {"date": SUNDAY - timedelta(days=back), "shop": "素年旗舰店", "item": "77", "title": "短款羽绒服女",
         "price": 599.0 if back else 519.0, "sold": str(700 - 20 * back)}
        for back in range(3, -1, -1)
    ]  # fmt: skip
    answer = asked(look(5, item="77", sold="620", price="599"), listings=of_rows(Listings, rows))
    assert row(answer)["looks"] == 5
    assert row(answer)["a_day"] == "20"
    assert ("rivals/hero/r1", "watch") in said(answer)


def test_the_same_is_meant_in_every_language() -> None:
    seen = typed(
        look(3, price="599", sold="1000+", picture="模特全身", description="尺码表"),
        look(1, price="529", sold="600+", picture="三色平铺", description="换了"),
    )

    def asked_in(spoken: Language) -> tuple[dict[str, object], str]:
        speak(spoken)
        answer = rivals.moves(typed(), heroes_seen=seen, shop=SHOP, today=MONDAY)
        return encode(answer), text(told(answer))

    (english, one), (chinese, other) = asked_in("en"), asked_in("zh")
    assert english == chinese
    assert "; new main picture" in one
    assert "；" in other


# ---- beside our own item


def beside(*looks: tuple[date, RivalHero]) -> list[str]:
    rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=back),
            "item": "d1",
            "title": "我家羽绒服",
            "units": 2.0,
            "gmv": 1198.0,
        }
        for back in range(7)
    ]
    items = of_rows(Items, rows)
    answer = told(rivals.moves(typed(), items=items, heroes_seen=typed(*looks), shop=SHOP, today=MONDAY))
    return [one.text for one in answer.findings if one.kind == "beside"]


def test_a_rivals_move_stands_beside_our_price_with_its_day_for_two_weeks() -> None:
    (text,) = beside(look(20, ours="d1", price="699"), look(9, ours="d1", price="499"))
    assert text.startswith(
        "素年旗舰店 changed the price of 羽绒服 from ¥699 to ¥499 (seen on 6 Jun); buyers pay ¥599 for our"
    )
    assert "our comparable item 我家羽绒服. Our item shows no change since then." in text


def test_an_old_move_a_small_one_and_one_beside_nothing_are_left_out() -> None:
    assert not beside(look(30, ours="d1", price="699"), look(15, ours="d1", price="499"))
    assert not beside(look(20, ours="d1", price="699"), look(9, ours="d1", price="679"))
    assert not beside(look(20, price="699"), look(9, price="499"))
