"""Titles, promises and the next hero: what is true, what fits, what grows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.stock import Stock
from core.language.wording import text
from core.records.market import MarketSeen
from core.shop.settings import Item, Rival, Titles
from core.topics.titles import market_words, optimise
from core.topics.titles.title_words import banned, missing_part
from routines.forms.forms import FORMS
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

titles = told_by(optimise.titles)

KNIT = "法式针织开衫女短款外套"


def shelf(
    titles: Mapping[str, str],
    late: Mapping[str, float] | None = None,
    changed: tuple[str, int, str] | None = None,
) -> Items:
    """Return 40 days of items: 400 visitors, 200 from search, 10 buyers; ``late`` sizes the last 14."""
    rows: list[dict[str, object]] = []
    for back in range(40, 0, -1):
        for item, title in titles.items():
            name = title
            if changed and changed[0] == item and back > changed[1]:
                name = changed[2]
            size = (late or {}).get(item, 1.0) if back <= 14 else 1.0
            rows.append(
                {
                    "date": MONDAY - timedelta(days=back), "item": item, "title": name, "visitors": 400,
                    "search_visitors": round(200 * size), "buyers": 10, "gmv": 1000, "units": 10,
                }
            )  # fmt: skip
    return of_rows(Items, rows)


def searched(**terms: tuple[float, float]) -> SearchTerms:
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "term": term, "visitors": n, "buyers": k}
        for back in range(28, 0, -1)
        for term, (n, k) in terms.items()
    ]
    return of_rows(SearchTerms, rows)


def asked(shelves: Items, terms: SearchTerms | None = None, **given: object) -> Answer:
    sheets = {name: given.pop(name, None) for name in ("keywords", "reviews", "stock", "ads", "days")}
    own = shop(margin=0.5, **given)
    return titles(shelves, terms, shop=own, today=MONDAY, **sheets)  # type: ignore[arg-type]


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


def test_a_title_that_holds_what_people_search_is_left_alone() -> None:
    answer = asked(shelf({"a": KNIT}), searched(针织开衫女=(60, 2), 短款开衫=(20, 1)))
    assert answer.verdict.level == "good"
    assert not keys(answer)


def test_a_term_of_another_item_adds_nothing() -> None:
    answer = asked(shelf({"a": KNIT, "b": "牛仔裤女秋冬"}), searched(小个子牛仔裤=(50, 3)))
    assert "optimise/title/a" not in keys(answer)


def test_a_term_with_few_visits_says_nothing() -> None:
    assert not keys(asked(shelf({"a": KNIT}), searched(小香风针织开衫=(1, 1))))


def test_a_missing_word_that_sells_comes_in() -> None:
    answer = asked(shelf({"a": KNIT}), searched(小香风针织开衫=(50, 3)))
    title = next(one for one in answer.findings if one.key == "optimise/title/a")
    assert "room for 小香风" in title.text


def test_a_colour_that_is_not_sold_is_refused_and_one_that_is_may_come() -> None:
    stock = of_rows(
        Stock,
        [{"date": SUNDAY, "item": "a", "title": KNIT, "sku": "1", "sku_text": "颜色:杏色", "on_hand": 9000}],
    )
    terms = searched(杏色针织开衫=(50, 3), 酒红色针织开衫=(50, 3))
    text = next(one for one in asked(shelf({"a": KNIT}), terms, stock=stock).findings).text
    assert "杏色" in text
    assert "酒红" not in text


def test_a_material_is_never_claimed_from_a_search() -> None:
    assert not keys(asked(shelf({"a": KNIT}), searched(羊绒针织开衫=(80, 5))))


def test_at_most_two_words_a_week() -> None:
    terms = searched(小香风针织开衫=(50, 3), 奶乎乎针织开衫=(50, 3), 慵懒风针织开衫=(50, 3))
    table = asked(shelf({"a": KNIT}), terms).evidence[0]
    assert table.kind == "table"
    assert str(table.rows[0][2]).count(", ") == 1


def test_idle_words_go_only_when_room_is_needed() -> None:
    full = KNIT + "百变"
    terms = searched(小香风针织开衫=(50, 3), 女短款外套=(20, 1))
    narrow = asked(shelf({"a": full}), terms, titles=Titles(limit_bytes=28))
    assert "add 小香风, remove 百变." in narrow.findings[0].text
    wide = asked(shelf({"a": full}), terms)
    assert "room for" in wide.findings[0].text


def test_a_title_just_changed_is_left_alone_and_said() -> None:
    items = shelf({"a": KNIT}, changed=("a", 4, "法式开衫"))
    assert keys(asked(items, searched(小香风针织开衫=(50, 3)))) == ["optimise/changed/a"]


def test_superlatives_and_other_shops_names_are_banned_and_ordinary_words_are_not() -> None:
    own = shop(rivals=(Rival(id="r1", name="素年锦时女装"),))
    assert not banned("法式针织开衫女秋季新款", own)
    assert banned("全网最低价针织开衫", own) == ("最", "全网")
    assert banned("素年锦时同款开衫", own) == ("素年锦时",)
    assert asked(shelf({"a": "顶级羊毛开衫"})).verdict.level == "act"


def test_the_missing_part_of_a_term() -> None:
    assert missing_part("小个子牛仔裤", "高腰牛仔裤女") == "小个子"
    assert missing_part("毛衣女", "套头毛衣女秋冬") == ""
    assert missing_part("小个子牛仔裤显瘦", "高腰牛仔裤女") == ""


def reviews(*texts: tuple[str, int, int]) -> Reviews:
    rows: list[dict[str, object]] = [
        {"review": f"{text}{n}", "date": SUNDAY, "item": "a", "text": text, "appended": "", "stars": stars}
        for text, stars, count in texts
        for n in range(count)
    ]
    return of_rows(Reviews, rows)


def test_a_promise_must_be_true_and_few_reviews_promise_nothing() -> None:
    said = reviews(("做工精细", 5, 14), ("袖口开线", 1, 6), ("版型好看", 5, 20), ("颜色很正", 5, 4))
    found = keys(asked(shelf({"a": KNIT}), reviews=said))
    assert "optimise/claim/a/work" in found
    forbidden = next(
        one for one in asked(shelf({"a": KNIT}), reviews=said).findings if one.key == "optimise/claim/a/work"
    )
    assert "do not use workmanship as a selling point" in forbidden.text
    assert "optimise/claim/a/colour" not in found


def plenty(*items: str) -> Stock:
    return of_rows(
        Stock, [{"date": SUNDAY, "item": item, "title": item, "sku": "1", "on_hand": 9000} for item in items]
    )


def ads() -> Ads:
    row = {
        "report": "item",
        "scene": "关键词推广",
        "item": "z",
        "clicks": 100,
        "cost": 60,
        "impressions": 2000,
    }
    return of_rows(Ads, [{"date": MONDAY - timedelta(days=back), **row} for back in range(28, 0, -1)])


SHELF = {name: f"款式{name}" for name in "abcdez"}
HEROES = tuple(Item(id=name, hero=True) for name in "bcz")


def test_a_shop_that_grows_as_a_whole_has_no_next_hero() -> None:
    items = shelf(SHELF, late=dict.fromkeys(SHELF, 1.3))
    answer = asked(items, stock=plenty(*SHELF), ads=ads(), items=HEROES, lead_days=10.0)
    assert not any(key.startswith("optimise/hero") for key in keys(answer))


def test_an_item_that_grows_beyond_the_shop_is_the_next_hero() -> None:
    items = shelf(SHELF, late={"a": 1.4})
    answer = asked(items, stock=plenty(*SHELF), ads=ads(), items=HEROES, lead_days=10.0)
    assert [key for key in keys(answer) if key.startswith("optimise/hero")] == ["optimise/hero/a"]


def test_one_that_is_about_to_be_sold_out_is_not() -> None:
    left = of_rows(Stock, [{"date": SUNDAY, "item": "a", "title": "a", "sku": "1", "on_hand": 30}])
    items = shelf(SHELF, late={"a": 1.4})
    answer = asked(items, stock=left, ads=ads(), items=HEROES, lead_days=10.0)
    assert not any(key.startswith("optimise/hero") for key in keys(answer))


def test_words_that_rise_in_the_market_are_told_where_no_title_has_them() -> None:
    market = typed(
        (MONDAY - timedelta(days=8), MarketSeen(rising="老词")),
        (SUNDAY, MarketSeen(rising="羊羔毛，开衫 法式")),
    )
    assert market_words.rising(market, shop(), MONDAY) == ["羊羔毛", "开衫", "法式"]
    [said] = market_words.findings(["羊羔毛", "开衫"], ["法式针织开衫女", "牛仔裤"])
    assert (said.level, "none of our titles has: 羊羔毛." in text(said.text)) == ("info", True)
    assert market_words.findings(["开衫"], ["法式针织开衫女"]) == []
    assert market_words.rising(None, shop(), MONDAY) == []


def test_the_first_promise_comes_with_a_brief_for_design_filled_in() -> None:
    said = reviews(("版型好看", 5, 20), ("做工精细", 5, 12))
    (first, *others) = [
        one for one in asked(shelf({"a": KNIT}), reviews=said).findings if one.kind == "claim"
    ]
    (brief,) = first.proposals
    fills = dict(brief.fills)
    assert (brief.role, brief.form, fills["item"], fills["piece"]) == ("design", "brief", "a", "main")
    assert "版型好看" in fills["shows"]
    assert fills["due"] == (MONDAY + timedelta(days=4)).isoformat()
    assert FORMS["brief"].read(fills)["due"] == fills["due"], "the form takes it as it is"
    assert not [one for one in others if one.proposals]
