"""Each kind of finding about ads, there and not there: about what, with what at stake, what is to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.actions.decisions import FIGURES
from core.answers.answer import About, Answer, Finding, Impact, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.journal.format_1 import COLUMNS, value_of
from core.language.locale_folders import languages
from core.language.message import Words
from core.language.speech import speak
from core.language.wording import text
from core.records.team import PromotionPlan
from core.shop.settings import Item, Shop
from core.topics.ads import paid, promotion
from core.topics.ads.keywords import findings
from core.topics.ads.keywords.verdicts import TOP_RANK
from core.topics.ads.traffic.buying import Purchase
from core.topics.ads.traffic.findings import WORTH, of_purchases, of_strengths
from core.topics.ads.traffic.spending import Spending
from core.topics.ads.traffic.strengths import Kind, Selling, Strength
from tests.topics.ads.test_paid import DRESS, EARNS, OLD, STEADY, bought, young
from tests.topics.ads.test_promotion import NO_PLANS, adverts
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, of_rows, shop, usual_shop

STILL = shop(margin=0.25)
"""With it nothing is to be changed about the steady words."""
LOSES = ("毛衣女", 1800.0, 5.0, 2.1)
CHEAP = ("法式连衣裙", 600.0, 36.0, 1.0)
DEAR = ("收腰裙", 400.0, 10.0, 1.6)
FEW = ("度假裙", 3.0, 0.0, 1.6)
SCENE = "精准人群推广"


def scene(cost: float, gmv: float, orders: float) -> Ads:
    """Return twenty judged days of one scene of the dress, a day's figures."""
    return of_rows(
        Ads,
        [
            {
                "date": OLD - timedelta(days=n), "report": "item", "scene": SCENE, "item": "d1",
                "item_title": DRESS, "impressions": 9000.0, "clicks": 300.0, "cost": cost, "orders": orders,
                "gmv": gmv,
            }
            for n in range(20)
        ],
    )  # fmt: skip


def terms(buyers: float = 6.0) -> SearchTerms:
    return of_rows(
        SearchTerms,
        [
            {"date": SUNDAY - timedelta(days=n), "term": DRESS, "visitors": 100.0, "buyers": buyers}
            for n in range(14)
        ]
        + [
            {"date": SUNDAY - timedelta(days=n), "term": "毛巾", "visitors": 500.0, "buyers": 5.0}
            for n in range(14)
        ],
    )


def asked(
    *more: tuple[str, float, float, float],
    own: Shop = STILL,
    words: Keywords | None = None,
    ads: Ads | None = None,
    searched: SearchTerms | None = None,
    bounce: float = 0.62,
) -> Answer[Words]:
    return paid.words(
        words or bought(*STEADY, *more), ads=ads, search_terms=searched, days=usual_shop(bounce_rate=bounce),
        shop=own, today=MONDAY,
    )  # fmt: skip


def of_kind(answer: Answer[Words], kind: str) -> list[Finding[Words]]:
    return [one for one in answer.findings if one.kind == kind]


# -- words


@pytest.mark.parametrize(
    ("word", "kind", "level", "deed"),
    [
        (LOSES, "delete", "act", "delete_word"),
        (DEAR, "lower", "watch", "lower_bid"),
        (CHEAP, "raise", "good", "raise_bid"),
    ],
)
def test_each_change_names_its_word_its_deed_and_its_price(
    word: tuple[str, float, float, float], kind: str, level: str, deed: str
) -> None:
    about = About(item="d1", word=word[0])
    (found,) = [one for one in of_kind(asked(word), kind) if one.about == about]
    (proposal,) = found.proposals
    assert (found.level, found.about, proposal.about, proposal.deed) == (level, about, about, deed)
    assert found.key == f"paid/{kind}/d1/{word[0]}"
    expected = proposal.expected
    assert proposal.price == (None if kind == "delete" else pytest.approx(expected, abs=0.005))
    assert of_kind(asked(), kind) == []


def test_a_word_that_loses_states_the_very_money_its_sentence_does() -> None:
    answer = asked(LOSES)
    (found,) = of_kind(answer, "delete")
    assert found.impact is not None
    assert (found.impact.per, found.impact.of, found.impact.side) == ("day", "margin", "loss")
    assert found.impact.yuan != round(found.impact.yuan)
    assert f"¥{round(found.impact.yuan)} a day" in text(found.text)
    assert all(one.impact is None for one in answer.findings if one.kind not in ("delete", "scene"))


def test_few_clicks_are_left_alone_by_name() -> None:
    (found,) = of_kind(asked(FEW), "observe")
    assert (found.level, found.proposals) == ("info", ())
    assert "度假裙 (0/3)" in text(found.text)
    assert of_kind(asked(), "observe") == []


def test_a_price_that_just_moved_is_left_where_it_moved_enough() -> None:
    assert [one.about.word for one in of_kind(asked(own=EARNS, words=moved(1.2)), "moved")] == ["大衣女"]
    assert of_kind(asked(own=EARNS, words=moved(1.5)), "moved") == [], "6 % is less than 12"
    assert of_kind(asked(own=EARNS, words=moved(1.2, clicks=3)), "moved") == [], "9 clicks are fewer than 10"


def moved(cpc: float, clicks: float = 30) -> Keywords:
    frame = young(bought(*STEADY, ("大衣女", 900, 18, 1.6)), "大衣女", clicks=clicks, cpc=cpc)
    for n in range(8):
        frame = young(frame, f"裙{n}", clicks=15, cpc=1.05)
    return frame


def test_a_missing_term_is_added_with_its_first_price_or_waits_for_the_page() -> None:
    (found,) = of_kind(asked(searched=terms()), "add")
    (proposal,) = found.proposals
    assert (found.about, proposal.deed) == (About(item="d1", word=DRESS), "add_word")
    assert proposal.price is not None
    assert f"Start with ¥{proposal.price:.2f} a click" in text(found.text)
    (waits,) = of_kind(asked(searched=terms(), bounce=0.76), "add")
    assert waits.proposals == ()
    assert text(waits.text).endswith(" Do this once the page meets its limits again.")
    assert of_kind(asked(), "add") == []


def test_three_buyers_are_enough_for_a_term_and_fewer_are_not() -> None:
    one = of_rows(SearchTerms, [{"date": SUNDAY, "term": "毛巾", "visitors": 4000.0, "buyers": 200.0}])
    rows = one.frame.to_dict("records")
    for buyers, expected in ((3.0, 1), (2.0, 0)):
        own = {"date": SUNDAY, "term": DRESS, "visitors": buyers, "buyers": buyers}
        found = asked(searched=of_rows(SearchTerms, [*rows, own]))  # type: ignore[list-item]
        assert len(of_kind(found, "add")) == expected, buyers


def test_the_page_is_named_only_where_something_waits_for_it() -> None:
    (found,) = of_kind(asked(CHEAP, bounce=0.76), "page")
    assert (found.level, found.about, found.proposals) == ("watch", About(), ())
    assert of_kind(asked(CHEAP), "page") == of_kind(asked(bounce=0.76), "page") == []


def test_a_missing_margin_is_asked_for() -> None:
    (found,) = of_kind(asked(own=shop()), "margin")
    assert [one.role for one in found.proposals] == ["operator"]
    assert of_kind(asked(), "margin") == []


def test_the_first_slot_is_not_raised() -> None:
    for rank, expected in ((TOP_RANK, 0), (TOP_RANK + 0.1, 1)):
        frame = bought(*STEADY, CHEAP)
        frame.frame["rank"] = rank
        raised = [one.about.word for one in of_kind(asked(words=frame), "raise")]
        assert raised.count(CHEAP[0]) == expected, rank


# -- scenes and pictures


def test_a_scene_that_loses_states_its_loss_and_one_that_earns_is_named() -> None:
    answer = asked(ads=scene(300.0, 400.0, 2.0))
    (found,) = of_kind(answer, "scene")
    (proposal,) = found.proposals
    about = About(item="d1", scene=SCENE)
    assert found.impact == Impact(200.0, "day", of="margin")
    assert "about ¥200 a day" in text(found.text)
    assert (found.level, found.about, proposal.about, proposal.deed) == ("act", about, about, "lower_spend")
    assert of_kind(answer, "earns") == []
    earning = asked(ads=scene(300.0, 4000.0, 20.0))
    assert [one.about for one in of_kind(earning, "earns")] == [About(item="d1")]
    assert of_kind(earning, "scene") == []


def spent(loss: float, chance: float = 0.99) -> Spending:
    """Return a scene that brought nothing and cost so much a day."""
    return Spending(
        item="d1", name=DRESS, scene=SCENE, impressions=9000.0, clicks=300.0, cost=20 * loss, orders=0.0,
        gmv=0.0, days=20, low=0.1, high=1.0, share=0.5, chance_bad=chance,
    )  # fmt: skip


def test_a_loss_is_worth_a_line_from_twenty_yuan_and_urgent_from_a_hundred() -> None:
    def levels(*found: Spending) -> list[str]:
        return [one.level for one in findings.of_spending(found, EARNS, MONDAY)]

    assert levels(spent(findings.LOSS_A_DAY)) == ["watch"]
    assert levels(spent(findings.LOSS_A_DAY - 0.01)) == []
    assert levels(spent(5 * findings.LOSS_A_DAY)) == ["act"]
    assert levels(spent(5 * findings.LOSS_A_DAY - 0.01)) == ["watch"]
    assert levels(spent(50.0, EARNS.thresholds.likely)) == ["watch"]
    assert levels(spent(50.0, EARNS.thresholds.likely - 0.01)) == []
    assert levels(replace(spent(50.0), scene="关键词推广")) == [], "its words are judged one by one"


def shown(weak: float) -> Keywords:
    """Return three items in the same slots; the third draws so much of the others' clicks."""
    rows: list[dict[str, object]] = [
        {
            "date": OLD - timedelta(days=back), "item": item, "item_title": item, "word": f"{item}{n}",
            "word_type": "关键词", "impressions": 1000.0, "clicks": 40.0 * part, "cost": 20.0 * part,
            "orders": 2.0 * part, "gmv": 400.0 * part, "rank": 4.0,
        }
        for item, part in (("a", 1.0), ("b", 1.0), ("c", weak))
        for n in range(4)
        for back in range(20)
    ]  # fmt: skip
    return of_rows(Keywords, rows)


def test_a_weak_picture_is_tested_with_so_many_impressions() -> None:
    answer = asked(words=shown(0.4))
    (found,) = of_kind(answer, "picture")
    (proposal,) = found.proposals
    assert (found.about, proposal.about, proposal.deed) == (About(item="c"), About(item="c"), "test_picture")
    assert "Each picture in the test needs" in text(found.text)
    assert "impressions each" in text(proposal.text)
    assert of_kind(asked(words=shown(1.0)), "picture") == []


# -- tables


def table_of(answer: Answer[Words], *ids: str) -> Table[Words]:
    """Return the first table that has these columns."""
    tables = [one for one in answer.evidence if isinstance(one, Table)]
    return next(one for one in tables if set(ids) <= {column.id for column in one.columns})


def cells(table: Table[Words], row: int = 0) -> dict[str, object]:
    found = zip(table.columns, table.rows[row], strict=True)
    return {
        column.id: value if isinstance(value, int | float) or value is None else text(str_or(value))
        for column, value in found
    }


def str_or(value: object) -> Words:
    return value  # type: ignore[return-value]  # a cell that is no number is a text


def test_the_table_of_words_has_every_figure_under_its_id() -> None:
    table = table_of(asked(LOSES, FEW), "decision")
    assert cells(table) == {
        "word": "毛衣女", "item": DRESS, "decision": "delete", "cpc": 2.1, "next_cpc": None,
        "click_value": pytest.approx(0.5, abs=0.5), "earns": pytest.approx(0.0, abs=0.01), "clicks": 1800.0,
        "orders": 5.0, "click_conversion": pytest.approx(0.004, abs=0.002),
        "interval": cells(table)["interval"], "ctr": 0.04, "impressions": 45000.0, "cost": 3780.0,
        "roi": 0.26, "rank": 4.0, "still_needs": "",
    }  # fmt: skip
    assert str(cells(table)["interval"]).count("–") == 1
    assert str(cells(table)["interval"]).endswith("%")
    assert table.about[0] == About(item="d1", word="毛衣女")
    assert table.holds == ("",) * len(table.rows)
    (column,) = [one for one in table.columns if one.kind == "word"]
    assert text(str_or(named(column, "observe"))) == "observe"
    (few,) = [cells(table, n) for n in range(len(table.rows)) if table.rows[n][0] == "度假裙"]
    assert "clicks (about ¥" in str(few["still_needs"])


def test_terms_and_scenes_have_every_figure_under_its_id() -> None:
    answer = asked(searched=terms(), ads=scene(300.0, 400.0, 2.0))
    term = cells(table_of(answer, "search_term"))
    assert term | {"interval": 0, "first_cpc": 0} == {
        "search_term": DRESS, "item": DRESS, "visitors": 1400.0, "buyers": 84.0,
        "conversion": pytest.approx(0.06, abs=0.01), "interval": 0, "first_cpc": 0,
    }  # fmt: skip
    assert cells(table_of(answer, "scene", "break_even")) == {
        "item": DRESS, "scene": SCENE, "cost": 6000.0, "clicks": 6000.0, "ctr": 0.0333, "cpc": 1.0,
        "orders": 40.0, "roi": 1.33, "interval": "1.02–1.72", "break_even": 4.0,
    }  # fmt: skip


def test_every_figure_of_a_decision_is_known_to_those_who_tell_it() -> None:
    answer = asked(LOSES, searched=terms())
    tables = [one for one in answer.evidence if isinstance(one, Table) and one.keys]
    assert len(tables) == 2
    for table in tables:
        for column in table.columns:
            assert column.id in COLUMNS
            if column.kind not in ("text", "word"):
                title, kind = FIGURES[column.id]
                assert (title, kind) == (text(column.name), column.kind)
    assert value_of({"clicks": 3}, "clicks") == 3


def test_held_items_hold_their_words_and_terms() -> None:
    sold = of_rows(
        Items,
        [
            {
                "date": SUNDAY - timedelta(days=n), "item": "d1", "title": DRESS, "units": 20.0,
                "gmv": 4000.0, "buyers": 20.0,
            }
            for n in range(30)
        ],
    )  # fmt: skip
    left = of_rows(Stock, [{"date": SUNDAY, "item": "d1", "title": DRESS, "sku": "1", "on_hand": 50.0}])
    answer = paid.words(
        bought(*STEADY, CHEAP), sold, search_terms=terms(), stock=left,
        shop=shop(margin=0.35, lead_days=10), today=MONDAY,
    )  # fmt: skip
    assert set(table_of(answer, "decision").holds) == {"stock"}
    assert table_of(answer, "search_term").holds == ("stock",)
    (found,) = of_kind(answer, "add")
    assert (found.proposals, found.about) == ((), About(item="d1", word=DRESS))
    assert [one.about for one in of_kind(answer, "scarce")] == [About(item="d1")]
    assert of_kind(asked(), "scarce") == of_kind(asked(), "worse") == []


# -- buying traffic


def bought_traffic(gmv: float, **settings: object) -> Answer[Words]:
    own = shop(**{"margin": 0.5, "refund_rate": 0.0, **settings})
    return promotion.traffic(usual_shop(), NO_PLANS, ads=adverts(a=gmv), shop=own, today=MONDAY)


def test_more_states_the_sales_it_brings_and_less_what_it_saves() -> None:
    about = About(item="a", scene="关键词推广")
    (more,) = of_kind(bought_traffic(700), "more")
    (ask,) = more.proposals
    assert more.impact is not None
    assert (more.impact.per, more.impact.of, more.impact.side) == ("day", "sales", "gain")
    assert more.impact.low is not None
    assert more.impact.high is not None
    assert more.impact.low < more.impact.yuan < more.impact.high
    assert f"expect ¥{round(more.impact.low)} to ¥{round(more.impact.high)} more sales a day" in text(
        more.text
    )
    assert (more.about, ask.about, ask.deed) == (about, about, "raise_spend")
    assert ask.price == pytest.approx(130, abs=3)

    (less,) = of_kind(bought_traffic(205), "less")
    (ask,) = less.proposals
    assert less.impact is not None
    assert (less.impact.per, less.impact.of, less.impact.side) == ("day", "margin", "loss")
    assert f"save ¥{round(less.impact.yuan)} a day" in text(less.text)
    assert (less.about, ask.about, ask.deed) == (about, about, "lower_spend")
    assert ask.expected == round(ask.price or 0.0)
    assert of_kind(bought_traffic(290), "more") == of_kind(bought_traffic(290), "less") == []


def purchase(call: str, daily: float, roi: float) -> Purchase:
    spent = Spending(
        item="a", name="a", scene="关键词推广", impressions=1e5, clicks=3000.0, cost=20 * daily, orders=200.0,
        gmv=20 * daily * roi, days=20, low=roi / 2, high=roi * 2, share=0.5, chance_bad=0.5,
    )  # fmt: skip
    return Purchase(spent=spent, slope=0.7, measured=True, spread=0.2, chance=0.9, call=call)  # type: ignore[arg-type]


def test_more_is_worth_a_line_from_twenty_yuan() -> None:
    def kinds(daily: float) -> list[str]:
        found = of_purchases([purchase("more", daily, 9.0)], MONDAY, page_fails=False)
        return [one.kind for one in found]

    assert kinds(WORTH / 0.3 + 0.1) == ["more"]
    assert kinds(WORTH / 0.3 - 0.1) == []


def test_less_is_urgent_where_the_average_loses_a_hundred_too() -> None:
    def level(daily: float, roi: float) -> list[str]:
        return [one.level for one in of_purchases([purchase("less", daily, roi)], MONDAY, page_fails=False)]

    assert level(5 * WORTH / 0.2, 1.9) == ["act"]
    assert level(5 * WORTH / 0.2 - 1, 1.9) == ["watch"]
    assert level(5 * WORTH / 0.2, 2.1) == ["watch"]


def test_a_plan_is_about_its_entry_and_asked_for_while_there_is_none() -> None:
    plan = typed((MONDAY, PromotionPlan(channel="站外", budget=900.0, visitors=90)))
    own = shop(margin=0.5, refund_rate=0.0)
    answer = promotion.traffic(usual_shop(), plan, ads=adverts(a=290), shop=own, today=MONDAY)
    (found,) = of_kind(answer, "plan")
    assert (found.level, found.about) == ("watch", About(entry=next(iter(plan)).id))
    assert of_kind(answer, "first") == []
    (first,) = of_kind(bought_traffic(290), "first")
    assert (first.level, first.about) == ("info", About())
    assert of_kind(bought_traffic(290), "plan") == []


def test_the_table_of_buying_has_every_figure_under_its_id() -> None:
    found = cells(table_of(bought_traffic(700), "next_yuan"))
    assert found | {"next_yuan": 0, "interval": 0, "pays": 0, "change_a_day": 0} == {
        "item": "a", "scene": "关键词推广", "spent_a_day": pytest.approx(100, abs=2),
        "roi": pytest.approx(7, abs=0.1),
        "next_yuan": 0, "interval": 0, "break_even": 2.0, "pays": 0, "call": "more", "change_a_day": 0,
    }  # fmt: skip
    assert found["change_a_day"] == pytest.approx(30, abs=1)


# -- sources and strengths


def moved_source(visitors: float, usual: float) -> Answer[Words]:
    rows = [
        {
            "date": SUNDAY - timedelta(days=back), "level1": "x", "level2": source, "parent": False,
            "visitors": visitors
            if back == 0 and source == "短视频"
            else usual * (1 + WOBBLE[back % 11] / 4),
            "buyers": 8.0, "gmv": 1600.0,
        }
        for back in range(60)
        for source in ("短视频", "手淘搜索")
    ]  # fmt: skip
    sources = of_rows(Sources, rows)  # type: ignore[arg-type]  # a day and a name are objects too
    return promotion.traffic(usual_shop(), NO_PLANS, sources, shop=shop(margin=0.5), today=MONDAY)


def sold(item: str, name: str, title: str) -> Selling:
    return Selling(
        item=item, name=name, title=title, visitors=3000.0, buyers=150.0, searched=1500.0, gmv=30000.0,
        week=8000.0, aim=7000.0, a=150.0, b=2850.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "role", "says"),
    [
        ("conversion", "design", ", while items of a similar price have"),
        ("source", "content", "). Its strength is free search: 5.0%"),
        ("price", "operator", "). Its strength is the price: each buyer pays ¥0.05"),
    ],
)
def test_a_strength_is_about_its_item_and_copied_to_another(kind: Kind, role: str, says: str) -> None:
    one, copy = sold("d1", "连衣裙", "连衣裙"), sold("d2", "长裙", "连衣裙长")
    (alone,) = of_strengths([Strength(one, kind, 0.05, 0.03, 0.9, ())], MONDAY)
    assert says in text(alone.text)
    assert (alone.kind, alone.level, alone.about, alone.proposals) == (
        "strength", "good", About(item="d1"), (),
    )  # fmt: skip
    (found,) = of_strengths([Strength(one, kind, 0.05, 0.03, 0.9, (copy,))], MONDAY)
    (ask,) = found.proposals
    assert (ask.role, ask.item, ask.about) == (role, "d2", About(item="d2"))
    assert text(found.text).endswith(" Apply it to: 长裙.")
    assert of_strengths([], MONDAY) == []


# -- in every language


def test_answers_are_the_same_in_every_language() -> None:
    told = []
    for lang in languages():
        speak(lang)
        answers = (
            asked(LOSES, CHEAP, DEAR, FEW, searched=terms(), ads=scene(300.0, 400.0, 2.0), bounce=0.76),
            asked(own=shop(items=(Item(id="d1"),))),
            bought_traffic(700, targets={"2026-06": 230_000.0}),
            bought_traffic(205),
        )
        told.append([encode(replace(one, needs=())) for one in answers])
    assert len(told) == 2
    assert len(told[0][0]["findings"]) > 6
    assert told[0] == told[1]
