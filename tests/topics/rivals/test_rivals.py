"""What rivals did; what nobody looked at is not unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.language.speech import Language, speak
from core.records.records import CampaignEntry, Records, RivalSeen
from core.records.team import NewItem
from core.shop.settings import Rival, Shop
from core.topics.rivals import rivals
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, usual_shop

PEERS = tuple(
    Rival(id=f"r{n}", name=f"{name}旗舰店") for n, name in enumerate(("素年", "慕言", "禾田", "浅茉"))
)
SHOP: Shop = shop(rivals=PEERS)


def looks(rival: str, *days: Mapping[str, object]) -> list[tuple[date, RivalSeen]]:
    """One look a day, the last one yesterday."""
    return [
        (SUNDAY - timedelta(days=len(days) - 1 - number), RivalSeen(rival=rival, **day))  # type: ignore[arg-type]
        for number, day in enumerate(days)
    ]


def asked(*given: list[tuple[date, RivalSeen]], **sheets: object) -> Answer:
    rows = sorted((row for one in given for row in one), key=lambda row: str(row[0]))
    return told(rivals.moves(typed(*rows), shop=SHOP, today=MONDAY, **sheets))  # type: ignore[arg-type]


def everybody(**same: object) -> list[tuple[date, RivalSeen]]:
    return [look for one in PEERS for look in looks(one.id, same, same)]


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in levels]


def of_kind(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def only(answer: Answer, kind: str) -> Finding:
    (one,) = of_kind(answer, kind)
    return one


def row(answer: Answer, rival: str) -> dict[str, object]:
    """Return the rival's row of the first table by column id, the words of a closed set in full."""
    table = answer.evidence[0]
    assert isinstance(table, Table)
    (found,) = (cells for cells in table.rows if cells[0] == rival)
    return {column.id: named(column, cell) for column, cell in zip(table.columns, found, strict=True)}


def away(days: int, rival: str = "r3") -> list[tuple[date, RivalSeen]]:
    """Return looks at everybody yesterday but at one rival, which was last looked at so many days ago."""
    others = [look for look in everybody() if look[1].rival != rival]
    return [*others, (MONDAY - timedelta(days=days), RivalSeen(rival=rival, sold="500+"))]


def ranked(*ranks: int | None, word: str = "开衫") -> list[tuple[date, RivalSeen]]:
    return looks("r1", *({"keyword": word, "rank": rank} for rank in ranks))


HELD_THEN_LOST = (1, 1, 1, 1, 1, 6, None, 5, None, None)

# ---- left alone


def test_nothing_new_is_said_and_nothing_asked() -> None:
    answer = asked(everybody(price="129-199", sold="1000+", keyword="开衫", rank=3))
    assert answer.verdict.level == "info"
    assert answer.findings == ()
    assert any("Not looked at today" in limit for limit in answer.limits)


def test_looked_at_today_without_news_is_good() -> None:
    today = [(MONDAY, RivalSeen(rival=one.id, price="129-199")) for one in PEERS]
    assert asked(everybody(price="129-199"), today).verdict.level == "good"


def test_one_look_at_rank_one_is_not_they_are_first() -> None:
    answer = asked(everybody(), looks("r1", {"keyword": "开衫", "rank": 1}))
    assert keys(answer, "good") == []


def test_listed_but_not_selling_means_wait() -> None:
    answer = asked(everybody(season_items=5, season_sells=False))
    assert keys(answer, "act", "watch") == []
    season = only(answer, "season")
    assert (season.key, season.level, season.proposals) == ("rivals/season", "info", ())
    assert season.text.startswith(
        "4 close rivals have listed this season's styles, but they do not sell yet:"
    )
    assert row(answer, "素年")["season"] == "listed, but not selling"


def test_nobody_listing_the_season_is_no_finding() -> None:
    answer = asked(everybody(season_items=0))
    assert of_kind(answer, "season") == []
    assert row(answer, "素年")["season"] == "not listed"
    assert row(asked(everybody()), "素年")["season"] == "unknown"


def test_news_of_two_days_ago_is_told_and_of_three_is_not() -> None:
    def news(back: int) -> list[Finding]:
        before, then = MONDAY - timedelta(days=back + 1), MONDAY - timedelta(days=back)
        seen = [(before, RivalSeen(rival="r0", price="169")), (then, RivalSeen(rival="r0", price="129"))]
        return of_kind(asked(seen), "news")

    assert len(news(2)) == 1
    assert news(3) == []


def test_the_first_place_needs_four_looks_in_either_block() -> None:
    assert of_kind(asked(everybody(), ranked(*HELD_THEN_LOST)), "fell_back")
    assert of_kind(asked(everybody(), ranked(*HELD_THEN_LOST[1:])), "fell_back")
    assert of_kind(asked(everybody(), ranked(*HELD_THEN_LOST[2:])), "fell_back") == []


def test_a_place_still_held_now_and_then_is_not_given_up() -> None:
    lost = ranked(1, 1, 1, 1, 1, 1, None, None, None, None)
    kept = ranked(1, 1, 1, 1, 1, 1, 1, None, None, None)
    assert of_kind(asked(everybody(), lost), "fell_back")
    assert of_kind(asked(everybody(), kept), "fell_back") == []


def test_the_same_display_is_no_change_and_a_fallen_counter_no_news() -> None:
    answer = asked(everybody(), looks("r0", {"sold": "2000+"}, {"sold": "1000+"}))
    assert keys(answer, "act", "watch", "info") == []


# ---- said


def test_a_rival_not_looked_at_for_days_is_stale() -> None:
    answer = asked(away(6))
    assert answer.verdict.level == "watch"
    assert answer.verdict.text.startswith("1 rival we follow has not been looked at for")
    stale = only(answer, "stale")
    about = About(rival="r3")
    assert (stale.key, stale.level, stale.about) == ("rivals/stale/r3", "watch", about)
    assert stale.text == (
        "浅茉 was last looked at on 9 Jun. We have not looked for 6 days, so we do not know what changed."
    )
    (ask,) = stale.proposals
    assert (ask.text, ask.due, ask.about) == ("Look at 浅茉 today", "2026-06-15", about)


def test_three_days_without_a_look_are_fresh_and_four_are_stale() -> None:
    assert of_kind(asked(away(3)), "stale") == []
    assert len(of_kind(asked(away(4)), "stale")) == 1


def test_a_rival_nobody_ever_looked_at_is_said_so() -> None:
    answer = asked([look for look in everybody() if look[1].rival != "r3"])
    assert only(answer, "stale").text == "浅茉 has never been looked at, so nothing is known about it."
    found = row(answer, "浅茉")
    assert (found["last_look"], found["days_ago"], found["new"], found["prices"]) == (None, None, None, "")


def test_two_close_rivals_whose_season_sells_mean_list_now_with_what_lies_in_stock() -> None:
    selling = [look for one in ("r0", "r2") for look in looks(one, {"season_items": 6, "season_sells": True})]
    stock = of_rows(
        Stock, [{"date": SUNDAY, "item": "down", "title": "羽绒服", "sku": "1", "on_hand": 180.0}]
    )
    items = of_rows(Items, [{"date": SUNDAY, "item": "coat", "title": "大衣"}])
    answer = asked(everybody(), selling, stock=stock, items=items)
    assert answer.verdict.level == "act"
    season = only(answer, "season")
    assert (season.key, season.level, season.about) == ("rivals/season", "act", About())
    assert season.text == (
        "2 close rivals (素年, 禾田) already sell this season's styles: list ours now. In "
        "stock but not listed: 羽绒服 (180)."
    )
    assert season.impact is None, "nobody knows what the line would sell"
    (ask,) = season.proposals
    assert (ask.text, ask.due) == ("List this season's styles now: 羽绒服 (180)", "2026-06-17")
    assert row(answer, "素年")["season"] == "sells well"
    bare = only(asked(everybody(), selling), "season")
    assert bare.text.endswith("list ours now.")
    assert bare.proposals[0].text == "List this season's styles now"


def test_one_rival_whose_season_sells_means_get_ready() -> None:
    season = only(asked(everybody(), looks("r0", {"season_items": 6, "season_sells": True})), "season")
    assert (season.level, season.proposals) == ("watch", ())
    assert season.text.startswith(
        "So far only 素年 sells this season's styles: prepare ours, and list them as soon as a "
        "second rival sells such styles."
    )


def test_both_the_season_and_a_given_up_place_are_in_the_verdict() -> None:
    selling = [look for one in ("r0", "r2") for look in looks(one, {"season_items": 6, "season_sells": True})]
    answer = asked(everybody(), selling, ranked(*HELD_THEN_LOST))
    assert answer.verdict.text == (
        "2 rivals (素年, 禾田) already sell this season's styles: list ours now. "
        "慕言 no longer holds the first ad slot for 开衫."
    )


def test_a_rival_that_let_go_of_first_place_is_weak() -> None:
    answer = asked(everybody(), ranked(*HELD_THEN_LOST))
    fell = only(answer, "fell_back")
    assert (fell.key, fell.level, fell.about) == ("rivals/fell_back/r1", "good", About(rival="r1"))
    assert fell.text.startswith(
        "慕言 held the first ad slot for “开衫” on 5 of the first 5 days we checked, but on none of the "
        "last 5: it has probably given"
    )
    (ask,) = fell.proposals
    assert (ask.role, ask.item, ask.due) == ("promotion", "开衫", "2026-06-17")
    assert ask.about == About(rival="r1", word="开衫")
    assert answer.verdict.text == (
        "慕言 no longer holds the first ad slot for 开衫. Try to get the ad slot at a fair price."
    )
    assert answer.verdict.level == "watch"


def test_the_first_three_places_count_where_the_first_was_never_held() -> None:
    fell = only(asked(everybody(), ranked(3, 2, 3, 2, 3, 3, 7, 8, None, None)), "fell_back")
    assert (
        "慕言 held one of the first three ad slots for “开衫” on 5 of the first 5 days we checked, but only "
        "1 of the last 5:"
    ) in fell.text


@pytest.mark.parametrize(("bounce", "waits"), [(0.60, False), (0.90, True)])
def test_a_failing_page_comes_before_a_rivals_place(bounce: float, *, waits: bool) -> None:
    days: ShopDay = usual_shop(bounce_rate=bounce)
    answer = asked(everybody(), ranked(*HELD_THEN_LOST), days=days)
    fell = only(answer, "fell_back")
    assert fell.text.endswith(" Do this once the page meets its limits again.") == waits
    assert (fell.proposals == ()) == waits
    assert ("no longer holds" in answer.verdict.text) != waits


def test_counts_are_floors_and_stay_ranges() -> None:
    answer = asked(
        everybody(), looks("r0", {"price": "129", "sold": "100+"}, {"price": "129", "sold": "200+"})
    )
    found = row(answer, "素年")
    assert (found["sold"], found["slot"]) == ("200–299", "—"), "1 to 199 a day says nothing"
    assert "displayed sales up by 1–199." in only(answer, "news").text


def test_the_table_has_the_last_look_at_each_rival() -> None:
    first, last = {"reviews": 40, "sold": "60"}, {
        "new_listings": 3, "price": "129-199", "sold": "87", "reviews": 45, "keyword": "开衫", "rank": 2,
    }  # fmt: skip
    assert row(asked(everybody(), looks("r0", first, last)), "素年") == {
        "rival": "素年",
        "relation": "about equal",
        "last_look": "2026-06-14",
        "days_ago": 1,
        "new": 3,
        "prices": "129-199",
        "sold": "87",
        "slot": "3,500–5,400",
        "reviews": 5,
        "word": "开衫",
        "rank": 2,
        "season": "unknown",
    }


def test_every_rival_stands_in_the_table_and_those_nobody_looked_at_for_a_week_are_named() -> None:
    others = (Rival(id="r8", name="白鹭", followed=False), Rival(id="r9", name="知夏", followed=False))
    known = SHOP._replace(rivals=(*SHOP.rivals, *others))
    old, week = MONDAY - timedelta(days=8), MONDAY - timedelta(days=7)

    def told_of(day: date) -> Answer:
        rows = [*everybody(), (day, RivalSeen(rival="r9"))]
        return told(rivals.moves(typed(*sorted(rows, key=lambda row: str(row[0]))), shop=known, today=MONDAY))

    assert [row(told_of(old), name)["days_ago"] for name in ("素年", "白鹭", "知夏")] == [1, None, 8]
    (found,) = of_kind(told_of(old), "unseen")
    assert found.text == "Other rivals not looked at for a week: 白鹭 (never looked at), 知夏 (7 Jun)."
    assert "知夏" not in only(told_of(week), "unseen").text
    assert not of_kind(asked(everybody()), "unseen")


def test_a_price_cut_and_what_was_typed_are_news() -> None:
    answer = asked(
        everybody(), looks("r0", {"price": "169-599"}, {"price": "169-529", "changes": "羽绒服降价"})
    )
    news = only(answer, "news")
    assert (news.key, news.level, news.about) == ("rivals/news/r0", "watch", About(rival="r0"))
    assert news.text == "素年 since 13 Jun: prices 169-599 → 169-529; 羽绒服降价."
    assert answer.verdict.text == news.text


def test_new_listings_without_a_price_step_are_only_told() -> None:
    news = only(asked(everybody(), looks("r0", {"new_listings": 1})), "news")
    assert (news.level, news.text) == ("info", "素年 since 13 Jun: 1 new listing.")


def test_the_same_words_typed_twice_are_told_once() -> None:
    news = only(asked(everybody(), looks("r0", {"changes": "换了首页"}, {"changes": "换了首页"})), "news")
    assert news.text.count("换了首页") == 1


def own_reviews(good: int, *, smelly: int, day: date) -> Reviews:
    """Return our own reviews: good ones, and some that complain of the smell on that day."""
    rows: list[dict[str, object]] = [
        {"date": SUNDAY, "review": f"g{n}", "item": "coat", "stars": 5.0, "text": "好"} for n in range(good)
    ]
    rows += [
        {"date": day, "review": f"b{n}", "item": "coat", "stars": 1.0, "text": "有异味"}
        for n in range(smelly)
    ]
    return of_rows(Reviews, rows)


LONG_AGO = MONDAY - timedelta(days=20)
SMELLY = looks("r0", {"bad_reviews": "大衣有异味"})


def test_a_weakness_of_theirs_is_ours_to_show() -> None:
    answer = asked(everybody(), SMELLY, reviews=own_reviews(300, smelly=0, day=LONG_AGO))
    point = only(answer, "point")
    assert (point.key, point.level, point.about) == ("rivals/point/r0", "info", About(rival="r0"))
    assert point.text == (
        "Buyers of 素年 complain: “大衣有异味”. Our buyers seldom complain about smell (0 of our 300 "
        "reviews): we can truthfully show it as a selling point."
    )
    (ask,) = point.proposals
    assert (
        ask.text == "Show on the item page, with proof, what we do better: smell; do not name the other shop"
    )
    assert (ask.role, ask.metric, ask.about) == ("content", "conversion", About(rival="r0"))


@pytest.mark.parametrize(
    ("good", "smelly", "day", "true"),
    [
        (298, 2, LONG_AGO, True),
        (297, 3, LONG_AGO, False),
        (133, 0, LONG_AGO, True),
        (130, 0, LONG_AGO, False),
        (899, 1, SUNDAY, True),
        (898, 2, SUNDAY, False),
        (898, 2, MONDAY - timedelta(days=14), False),
        (898, 2, MONDAY - timedelta(days=15), True),
    ],
)
def test_it_is_only_shown_where_ours_surely_do_not_complain(
    good: int, smelly: int, day: date, *, true: bool
) -> None:
    answer = asked(everybody(), SMELLY, reviews=own_reviews(good, smelly=smelly, day=day))
    assert bool(of_kind(answer, "point")) == true


def test_without_our_own_reviews_nothing_is_claimed() -> None:
    assert of_kind(asked(everybody(), SMELLY), "point") == []


def test_typed_fake_orders_are_not_computed_with_and_the_law_is_named() -> None:
    answer = asked(everybody(), looks("r0", {"note": "他们在补单"}))
    assert any("art. 17" in limit for limit in answer.limits)


def test_nobody_looked_at_yet() -> None:
    assert rivals.moves(typed(), shop=SHOP, today=MONDAY).verdict.level == "nodata"


def test_the_same_is_meant_in_every_language() -> None:
    selling = [look for one in ("r0", "r2") for look in looks(one, {"season_items": 6, "season_sells": True})]
    seen = [
        *everybody(price="169", sold="100+"),
        *selling,
        *ranked(*HELD_THEN_LOST),
        *looks("r3", {"price": "129", "sold": "300+", "changes": "换了首页", "bad_reviews": "有异味"}),
    ]
    rows = typed(*sorted(seen, key=lambda row: str(row[0])))
    ours = own_reviews(300, smelly=0, day=LONG_AGO)

    def asked_in(spoken: Language) -> tuple[dict[str, object], str]:
        speak(spoken)
        answer = rivals.moves(rows, reviews=ours, shop=SHOP, today=MONDAY)
        return encode(answer), told(answer).verdict.text

    (english, said), (chinese, spoken) = asked_in("en"), asked_in("zh")
    assert english == chinese
    assert said.startswith("2 rivals")
    assert "当季款" in spoken


# ---- what of ours can be listed


def plans(*rows: tuple[str, str]) -> Records[NewItem]:
    """Our new items, each with the stage it has reached; planned for Saturday."""
    return typed(
        *(
            (
                SUNDAY,
                NewItem(
                    item=item,
                    state=state,
                    pictures=MONDAY - timedelta(days=2),
                    listed=MONDAY + timedelta(days=5),
                ),
            )
            for item, state in rows
        )
    )


def selling_season(**more: object) -> Answer:
    selling = [look for one in ("r0", "r2") for look in looks(one, {"season_items": 6, "season_sells": True})]
    stock = of_rows(
        Stock,
        [
            {"date": SUNDAY, "item": item, "title": title, "sku": item, "on_hand": n}
            for item, title, n in (("i1", "羽绒服", 180.0), ("i2", "羊羔毛", 150.0))
        ],
    )
    items = of_rows(Items, [{"date": SUNDAY, "item": "i9", "title": "衬衫", "units": 1.0}])
    return asked(selling, stock=stock, items=items, **more)


def test_what_has_its_pictures_is_listed_and_what_has_none_waits_for_them() -> None:
    answer = selling_season(new_items=plans(("i1", "planned"), ("i2", "pictures")))
    season = only(answer, "season")
    assert season.level == answer.verdict.level == "act"
    assert season.text.endswith(
        "羽绒服 is planned for 20 Jun; its pictures are not ready yet. 羊羔毛: its item page is not "
        "finished: finish it first."
    )
    listing, pictures = season.proposals
    assert listing.text == "List this season's styles now: 羊羔毛 (150)"
    assert (pictures.role, pictures.item, pictures.due) == ("design", "i1", MONDAY.isoformat())


def test_nothing_is_to_be_listed_now_while_no_picture_is_ready() -> None:
    answer = selling_season(new_items=plans(("i1", "planned"), ("i2", "planned")))
    season = only(answer, "season")
    assert season.level == answer.verdict.level == "watch"
    assert [one.role for one in season.proposals] == ["design", "design"]
    assert "list ours now" not in season.text + answer.verdict.text


def test_what_our_plan_has_listed_or_dropped_does_not_wait() -> None:
    season = only(selling_season(new_items=plans(("i1", "dropped"), ("i2", "listed"))), "season")
    assert "In stock but not listed:" not in season.text
    assert [one.text for one in season.proposals] == ["List this season's styles now"]


@pytest.mark.parametrize(
    ("ahead", "state", "told"), [(7, "planned", 1), (8, "planned", 0), (3, "applied", 0)]
)
def test_a_sign_up_that_closes_presses_the_listing(ahead: int, state: str, told: int) -> None:
    entry = CampaignEntry(name="年中大促", state=state, deadline=MONDAY + timedelta(days=ahead))
    season = only(selling_season(campaigns=typed((SUNDAY, entry))), "season")
    assert season.text.count(": items that take part must be listed by then.") == told
