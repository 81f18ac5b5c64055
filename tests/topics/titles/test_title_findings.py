"""Every finding about titles, promises and the next hero on both sides of its line, and their tables."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.shop.settings import Item, Titles
from core.topics.reviews.review_statistics import title_bytes
from core.topics.titles import optimise
from core.topics.titles.title_words import banned, fit
from tests.topics.answer_parts import finding_of, in_both_languages, rows_of
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, usual_shop
from tests.topics.titles.test_optimise import (
    HEROES,
    KNIT,
    SHELF,
    ads,
    asked,
    keys,
    plenty,
    reviews,
    searched,
    shelf,
)

NAME = "法式针织开衫"
"""The short name of the item with this title."""
MISSING = searched(小香风针织开衫=(50, 3))
"""A term whose missing word sells."""


# ---- titles


def test_a_banned_word_is_to_be_taken_out_today() -> None:
    answer = asked(shelf({"a": "顶级针织开衫", "b": KNIT}))
    found = finding_of(answer, "optimise/banned/a")
    assert (found.level, found.kind, found.about) == ("act", "banned", About(item="a"))
    (ask,) = found.proposals
    assert (ask.deed, ask.about, ask.due) == ("change_title", About(item="a"), MONDAY.isoformat())
    assert ask.text == "Remove “顶级” from the title of 顶级针织开衫"
    assert ": “顶级” is not allowed in a title; remove it today." in answer.verdict.text
    assert "optimise/banned/b" not in keys(answer)


def test_a_title_may_use_all_of_its_bytes_and_no_more() -> None:
    used = title_bytes(KNIT)
    assert "optimise/long/a" not in keys(asked(shelf({"a": KNIT}), titles=Titles(limit_bytes=used)))
    found = finding_of(asked(shelf({"a": KNIT}), titles=Titles(limit_bytes=used - 1)), "optimise/long/a")
    assert (found.level, found.kind, found.about) == ("watch", "long", About(item="a"))
    assert [(one.deed, one.about) for one in found.proposals] == [("change_title", About(item="a"))]
    assert f"has {used} bytes, but only {used - 1} are allowed" in found.text


def test_a_missing_word_is_proposed_for_its_title() -> None:
    found = finding_of(asked(shelf({"a": KNIT}), MISSING), "optimise/title/a")
    assert (found.level, found.kind, found.about) == ("watch", "title", About(item="a"))
    (ask,) = found.proposals
    assert (ask.deed, ask.about, ask.metric) == ("change_title", About(item="a"), "search_visitors")
    assert ". “小香风针织开衫” brought 1,400 visits with a conversion of" in found.text


@pytest.mark.parametrize(("visits", "said"), [((3, 1), True), ((2, 1), False)])
def test_a_term_counts_from_sixty_visits_in_four_weeks(visits: tuple[int, int], said: object) -> None:
    answer = asked(shelf({"a": KNIT}), searched(小香风针织开衫=visits))
    assert ("optimise/title/a" in keys(answer)) == said


def test_a_word_that_sells_much_worse_than_its_item_stays_out() -> None:
    """The item converts 2.5 %."""
    good, bad = (asked(shelf({"a": KNIT}), searched(小香风针织开衫=(1000, buyers))) for buyers in (25, 10))
    assert "optimise/title/a" in keys(good)
    assert "optimise/title/a" not in keys(bad)


def test_a_title_is_left_alone_for_a_week_after_a_change() -> None:
    for days, alone in ((7, True), (8, False)):
        answer = asked(shelf({"a": KNIT}, changed=("a", days, "法式开衫")), MISSING)
        assert ("optimise/title/a" not in keys(answer)) == alone, days
        assert "optimise/changed/a" in keys(answer)


def grown(times: float, changed: int) -> Items:
    """Return two items of which one got its title so many days ago, and so many times the search since."""
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "item": item, "visitors": 400, "buyers": 10, "gmv": 1000,
         "title": "法式开衫" if item == "a" and back > changed else KNIT if item == "a" else "牛仔裤",
         "units": 10, "search_visitors": round(200 * (times if item == "a" and back <= changed else 1.0))}
        for back in range(40, 0, -1) for item in ("a", "b")
    ]  # fmt: skip
    return of_rows(Items, rows)


@pytest.mark.parametrize(
    ("times", "level", "words"),
    [(1.3, "good", "probably better"), (0.8, "watch", "Change back"), (1.0, "info", "cannot be told")],
)
def test_a_changed_title_is_judged_after_a_week(times: float, level: str, words: str) -> None:
    found = finding_of(asked(grown(times, 8)), "optimise/changed/a")
    assert (found.level, found.kind, found.about) == (level, "changed", About(item="a"))
    assert words in found.text
    assert [one.deed for one in found.proposals] == (["change_title"] if level == "watch" else [])


def test_a_changed_title_is_told_for_a_fortnight_and_not_before_seven_days() -> None:
    assert "; leave it unchanged until" in finding_of(asked(grown(1.3, 6)), "optimise/changed/a").text
    assert "probably better." in finding_of(asked(grown(1.3, 7)), "optimise/changed/a").text
    assert "optimise/changed/a" in keys(asked(grown(1.3, 14)))
    assert "optimise/changed/a" not in keys(asked(grown(1.3, 15)))


def test_titles_stand_in_a_table_of_what_they_are_and_would_be() -> None:
    stock = of_rows(
        Stock,
        [{"date": SUNDAY, "item": "a", "title": KNIT, "sku": "1", "sku_text": "颜色:杏色", "on_hand": 9000}],
    )
    terms = searched(小香风针织开衫=(50, 3), 酒红色针织开衫=(50, 3), 女短款外套=(20, 1))
    answer = asked(shelf({"a": KNIT + "百变"}), terms, stock=stock, titles=Titles(limit_bytes=28))
    assert rows_of(answer, "Titles") == [
        {"item": NAME, "bytes": "26/28", "words_in": "小香风", "words_out": "百变", "idle": "法式, 百变",
         "refused": "酒红色", "title_then": KNIT + "小香风"}
    ]  # fmt: skip
    table = answer.evidence[0]
    assert table.kind == "table"
    assert table.keys == ("optimise/title/a",)
    assert table.about == (About(item="a"),)


@pytest.mark.parametrize(
    "word",
    ["最", "第一", "顶级", "极致", "国家级", "唯一", "独家", "全网", "首选", "绝对", "冠军", "销量王", "100%",
     "百分百", "驰名"],
)  # fmt: skip
def test_superlatives_may_not_stand_in_a_title(word: str) -> None:
    assert banned(f"{word}针织开衫", shop()) == (word,)


@pytest.mark.parametrize(
    "word", ["羊毛", "羊绒", "真丝", "桑蚕丝", "纯棉", "全棉", "亚麻", "真皮", "鸭绒", "鹅绒"]
)
def test_a_material_is_for_the_label_to_prove(word: str) -> None:
    answer = asked(shelf({"a": KNIT}), searched(**{f"{word}针织开衫": (50, 3)}))
    assert "optimise/title/a" not in keys(answer)
    assert [row["refused"] for row in rows_of(answer, "Titles")] == [word]


def test_of_two_words_the_one_that_fits_the_title_better_comes_first() -> None:
    """慵懒针织开衫女 has four of six pairs in the title, 小香风针织开衫 three: 4/6 · 50 is over 3/6 · 55."""
    terms = searched(慵懒针织开衫女=(50, 30), 小香风针织开衫=(55, 33))
    assert rows_of(asked(shelf({"a": KNIT}), terms), "Titles")[0]["words_in"] == "慵懒, 小香风"


def test_a_term_fits_by_the_share_of_its_pairs() -> None:
    assert fit("开衫", KNIT) == 1.0
    assert fit("毛衣女", "套头毛衣") == 0.5
    assert fit("衫", KNIT) == 0.0


def test_a_single_character_nobody_searches_is_not_called_idle() -> None:
    terms = searched(小香风针织开衫=(50, 3), 法式针织=(20, 1), 女短款外套=(20, 1))
    assert rows_of(asked(shelf({"a": KNIT + "百"}), terms), "Titles")[0]["idle"] == "—"
    assert rows_of(asked(shelf({"a": KNIT + "百变"}), terms), "Titles")[0]["idle"] == "百变"


def test_a_proposed_word_comes_with_what_its_term_brought() -> None:
    found = finding_of(asked(shelf({"a": KNIT}), searched(小香风针织开衫=(50, 3))), "optimise/title/a")
    assert found.text == (
        f"{NAME} (22 of 60 bytes): there is room for 小香风. "
        "“小香风针织开衫” brought 1,400 visits with a conversion of 6.0%."
    )


def test_a_change_is_not_judged_on_a_week_with_a_day_missing() -> None:
    whole = grown(1.3, 8)
    gone = (whole.frame["item"] == "a") & (whole.frame["date"].dt.date == MONDAY - timedelta(days=5))
    said = finding_of(asked(Items(Items.shaped(whole.frame[~gone]))), "optimise/changed/a")
    assert said.text == (
        f"{NAME}: its title was changed on 7 Jun, but its search visitors do not show the effect yet: "
        "they are too few, or a day is missing."
    )


def test_a_term_that_fits_another_title_better_is_left_to_that_one() -> None:
    both = asked(shelf({"a": KNIT, "b": "小香风针织开衫女"}), MISSING)
    assert "optimise/title/a" in keys(asked(shelf({"a": KNIT, "b": "牛仔裤"}), MISSING))
    assert "optimise/title/a" not in keys(both)


def test_a_changed_title_is_told_with_its_growth_beyond_the_shop() -> None:
    """One of two items grows by 30 %, the shop by 15 %: 1.3 / 1.15 is 13 % more."""
    assert finding_of(asked(grown(1.3, 8)), "optimise/changed/a").text == (
        f"{NAME}: since its title was changed on 7 Jun, its search visitors changed by +13% "
        "compared with those of the whole shop; the new title is probably better."
    )
    assert "probably worse. Change back." in finding_of(asked(grown(0.8, 8)), "optimise/changed/a").text
    young = finding_of(asked(grown(1.3, 6)), "optimise/changed/a")
    assert young.text == f"{NAME}: its title was changed on 9 Jun; leave it unchanged until 16 Jun."


def test_a_title_after_which_nobody_came_from_search_is_not_judged() -> None:
    said = finding_of(asked(grown(0.0, 8)), "optimise/changed/a").text
    assert (
        ", but its search visitors do not show the effect yet: they are too few, or a day is missing."
    ) in said
    assert "until" not in said, "the week is over"


def test_every_title_task_has_its_figure_and_its_day() -> None:
    (word,) = finding_of(asked(shelf({"a": KNIT}), MISSING), "optimise/title/a").proposals
    assert (word.role, word.metric, word.direction) == ("operator", "search_visitors", "up")
    assert (word.due, word.item) == ("2026-06-16", "a")
    (back,) = finding_of(asked(grown(0.8, 8)), "optimise/changed/a").proposals
    assert (back.role, back.metric, back.direction, back.item) == ("operator", "search_visitors", "up", "a")
    (push,) = finding_of(hero_asked(), "optimise/hero/a").proposals
    assert (push.metric, push.direction, push.due, push.item) == ("item_visitors", "up", "2026-06-22", "a")
    said = reviews(("做工精细", 5, 14), ("袖口开线", 1, 6))
    (claim,) = finding_of(asked(shelf({"a": KNIT}), reviews=said), "optimise/claim/a/work").proposals
    assert (claim.due, claim.item) == ("2026-06-16", "a")


# ---- promises


def test_what_buyers_blame_may_not_be_promised_and_what_they_praise_may() -> None:
    answer = asked(
        shelf({"a": KNIT}), reviews=reviews(("做工精细", 5, 14), ("袖口开线", 1, 6), ("颜色很正", 5, 20))
    )
    bad = finding_of(answer, "optimise/claim/a/work")
    assert (bad.level, bad.kind, bad.about) == ("watch", "claim", About(item="a", aspect="work"))
    assert ": do not use workmanship as a selling point; of 20 buyers who mention it, 6 complain." in bad.text
    assert [(one.role, one.about) for one in bad.proposals] == [("design", bad.about)]
    good = finding_of(answer, "optimise/claim/a/colour")
    assert (good.level, good.kind, good.about) == ("good", "claim", About(item="a", aspect="colour"))
    assert "; 20 buyers praise it, 0 complain: “颜色很正”" in good.text
    assert answer.verdict.text.startswith(
        "Titles can stay as they are, but some selling points should be removed from the item pages."
    )


@pytest.mark.parametrize(
    ("later", "blame"),
    [("穿了一周开线了", 6), ("一周了没有开线", 0), ("洗过没起球", 0), ("没变形，没破", 0), ("很喜欢", 0)],
)
def test_what_is_added_later_counts_as_blame_unless_it_denies_it(later: str, blame: int) -> None:
    rows: list[dict[str, object]] = [
        {"review": str(n), "date": SUNDAY, "item": "a", "text": "做工精细", "stars": 5,
         "appended": later if n < 6 else ""}
        for n in range(20)
    ]  # fmt: skip
    said = rows_of(asked(shelf({"a": KNIT}), reviews=of_rows(Reviews, rows)), "What buyers say")
    (work,) = (row for row in said if row["aspect"] == "workmanship")
    assert (work["praise"], work["blame"]) == (20 - blame, blame)


@pytest.mark.parametrize(("bad", "said"), [(2, False), (3, True)])
def test_three_complaints_forbid_a_promise(bad: int, said: object) -> None:
    answer = asked(shelf({"a": KNIT}), reviews=reviews(("袖口开线", 1, bad), ("版型好看", 5, 12)))
    assert ("optimise/claim/a/work" in keys(answer)) == said


def test_an_item_is_judged_from_ten_reviews() -> None:
    for count, said in ((9, False), (10, True)):
        answer = asked(shelf({"a": KNIT}), reviews=reviews(("颜色很正", 5, count)))
        names = [one.name for one in answer.evidence]
        assert ("What buyers say" in names) == said, count


def test_what_buyers_say_stands_in_a_table_the_most_praised_first() -> None:
    said = reviews(("做工精细", 5, 14), ("袖口开线", 1, 6), ("颜色很正", 5, 3))
    answer = asked(shelf({"a": KNIT}), reviews=said)
    work, colour = rows_of(answer, "What buyers say")
    assert work == {"item": NAME, "aspect": "workmanship", "praise": 14, "blame": 6, "judged": "forbidden",
                    "words": "做工精细"}  # fmt: skip
    assert (colour["aspect"], colour["praise"], colour["judged"]) == ("the colour", 3, "no call")


# ---- the next hero


def hero_asked(late: float = 1.4, stock: Stock | None = None, days: ShopDay | None = None) -> Answer:
    return asked(
        shelf(SHELF, late={"a": late}), ads=ads(), stock=stock or plenty(*SHELF), days=days,
        items=HEROES, lead_days=10.0,
    )  # fmt: skip


def test_the_next_hero_is_bought_for_no_more_than_a_click_costs() -> None:
    answer = hero_asked()
    found = finding_of(answer, "optimise/hero/a")
    assert (found.level, found.kind, found.about) == ("good", "hero", About(item="a"))
    (ask,) = found.proposals
    assert (ask.role, ask.deed, ask.about) == ("promotion", "", About(item="a"))
    assert ask.price == pytest.approx(0.6)
    assert ": run a small keyword plan for a week at no more than ¥0.60 a click, then check again" in ask.text
    assert (
        "款式a; compared with the whole shop, its search visitors changed by +31%; conversion 2.5%."
        in answer.verdict.text
    )
    assert found.text.startswith(
        "Next item to promote: 款式a. Compared with the whole shop, its search visitors changed by +31% "
        "(3,920 in two weeks); conversion 2.5% (2.3%–2.7%)"
    )


def test_without_heroes_of_its_own_the_shops_three_largest_items_are_its_heroes() -> None:
    def hero(item: str) -> bool:
        sold = shelf(SHELF, late={item: 1.4})
        answer = asked(sold, ads=ads(), stock=plenty(*SHELF), lead_days=10.0)
        return f"optimise/hero/{item}" in keys(answer)

    assert [item for item in "abcd" if hero(item)] == ["d"]


@pytest.mark.parametrize(("days", "worth"), [(29, False), (30, True)])
def test_an_item_whose_season_ends_within_a_month_is_not_pushed(days: int, *, worth: bool) -> None:
    own = (*HEROES, Item(id="a", season_end=MONDAY + timedelta(days=days)))
    sold = shelf(SHELF, late={"a": 1.4})
    answer = asked(sold, ads=ads(), stock=plenty(*SHELF), items=own, lead_days=10.0)
    assert ("optimise/hero/a" in keys(answer)) is worth


def test_while_the_page_fails_the_next_hero_is_said_and_nothing_is_asked() -> None:
    failing = usual_shop(bounce_rate=0.95)
    answer = hero_asked(days=failing)
    found = finding_of(answer, "optimise/hero/a")
    assert found.text.endswith("page meets its limits again.")
    assert found.proposals == ()
    assert (
        "款式a; compared with the whole shop, its search visitors changed by +31%; conversion 2.5%."
        not in answer.verdict.text
    )
    passing = finding_of(hero_asked(days=usual_shop(bounce_rate=0.2)), "optimise/hero/a")
    assert len(passing.proposals) == 1


def test_the_candidates_stand_in_a_table_with_a_call() -> None:
    rows = {row["item"]: row for row in rows_of(hero_asked(), "Possible next best sellers")}
    first = rows["款式a"]
    assert first["search_visitors"] == 14 * 280
    assert first["growth"] == pytest.approx(1.4 / (6.4 / 6) - 1, abs=0.002)
    assert first["chance_growth"] == 1.0
    assert first["conversion"] == pytest.approx(0.025, abs=0.001)
    assert first["click_value"] == pytest.approx(100 * 0.5 * 0.025, rel=0.1)
    assert first["cpc"] == 0.6
    assert first["call"] == "push"
    assert rows["款式d"]["call"] == "no call"
    left = of_rows(Stock, [{"date": SUNDAY, "item": "a", "title": "a", "sku": "1", "on_hand": 30}])
    scarce = {row["item"]: row for row in rows_of(hero_asked(stock=left), "Possible next best sellers")}
    assert scarce["款式a"]["call"] == "stock"
    (table,) = (one for one in hero_asked().evidence if one.name == "Possible next best sellers")
    assert table.kind == "table"
    assert dict(table.columns[-1].words) == {
        "push": "promote it",
        "stock": "reorder first",
        "no call": "cannot tell",
    }


@pytest.mark.parametrize(("late", "said"), [(1.02, False), (1.4, True)])
def test_a_hero_grows_by_more_than_a_twentieth_beyond_the_shop(late: float, said: object) -> None:
    assert ("optimise/hero/a" in keys(hero_asked(late))) == said


# ---- all of it


def test_without_items_nothing_is_said() -> None:
    answer = asked(Items(Items.empty()))
    assert answer.verdict.level == "nodata"


def test_the_verdict_names_the_words_and_the_hero() -> None:
    answer = asked(
        shelf(SHELF | {"a": KNIT}, late={"a": 1.4}), MISSING,
        stock=plenty(*SHELF), ads=ads(), items=HEROES, lead_days=10.0,
    )  # fmt: skip
    assert answer.verdict.level == "watch"
    words = (
        f"1 title can be improved with new words ({NAME} +小香风). "
        f"Next item to promote: {NAME}; compared with the whole shop, its search visitors changed by +31%"
    )
    assert answer.verdict.text.startswith(words)


def test_what_is_answered_does_not_depend_on_the_language() -> None:
    said = reviews(("做工精细", 5, 14), ("袖口开线", 1, 6), ("颜色很正", 5, 20))
    english, chinese = in_both_languages(
        lambda: optimise.titles(
            shelf(SHELF | {"a": KNIT, "b": "顶级牛仔裤"}, late={"d": 1.4}), MISSING, None, said,
            plenty(*SHELF), ads(), shop=shop(margin=0.5, items=HEROES, lead_days=10.0), today=MONDAY,
        )
    )  # fmt: skip
    kinds = {one["kind"] for one in english["findings"]}
    assert kinds == {"banned", "title", "claim", "hero"}
    assert english == chinese


def test_three_stars_are_a_complaint_and_four_are_none() -> None:
    for stars, said in ((3, True), (4, False)):
        told = reviews(("做工精细", 5, 14), ("袖口一般", stars, 6), ("走线一般", stars, 6))
        answer = asked(shelf({"a": KNIT}), reviews=told)
        assert (
            "optimise/claim/a/work" in [one.key for one in answer.findings if one.level == "watch"]
        ) == said, stars


def test_a_term_says_something_from_its_sixtieth_visit() -> None:
    for visits, said in ((60, True), (59, False)):
        terms = of_rows(
            SearchTerms,
            [
                {"date": SUNDAY, "term": "小香风针织开衫", "visitors": visits, "buyers": 4},
                {"date": SUNDAY, "term": "针织开衫女", "visitors": 900, "buyers": 30},
                {"date": SUNDAY, "term": "短款外套", "visitors": 800, "buyers": 20},
            ],
        )
        assert ("optimise/title/a" in keys(asked(shelf({"a": KNIT}), terms))) == said, visits
