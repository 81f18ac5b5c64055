"""The month to come in figures worked out by hand: what it brings as usual, budget, search, line-up, room."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import Finding
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.search_terms import SearchTerms
from core.language.message import Words
from core.language.wording import text
from core.records.month import CampaignResult
from core.records.records import CampaignEntry
from core.records.team import NewItem, Notice
from core.shop.settings import CalendarDay, Item, Shop, Thresholds
from core.topics.campaigns import notices
from core.topics.campaigns.month_ahead import findings, tables
from core.topics.campaigns.month_ahead.budget import budget
from core.topics.campaigns.month_ahead.demand import demand, titles_of
from core.topics.campaigns.month_ahead.forecast import Expected, expected, month_ahead
from core.topics.campaigns.month_ahead.lineup import arrivals, lineup
from core.topics.campaigns.month_ahead.slots import filling
from core.topics.campaigns.planning.campaign import Campaign
from core.topics.sales.month.plan import month_plan
from tests.topics.recorded import typed
from tests.topics.tables import of_rows, shop

TODAY = date(2026, 7, 1)
JULY = date(2026, 7, 1)
FLAT = {TODAY - timedelta(days=n): 1000.0 + (20 if n % 2 else -20) for n in range(1, 100)}
"""A thousand yuan a day, a fiftieth more or less."""


def back(n: int) -> date:
    return TODAY - timedelta(days=n)


def july(**settings: Any) -> Shop:
    return shop(**{"targets": {"2026-07": 31_000.0}, "weekday_weights": (1.0,) * 7, **settings})


# ---- as usual


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 6, 15), date(2026, 6, 1)),
        (date(2026, 6, 16), JULY),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_from_the_16th_on_the_next_month_is_planned(today: date, first: date) -> None:
    assert month_ahead(today) == first


def test_a_month_as_usual_is_its_days_at_the_level_of_the_last_four_weeks() -> None:
    found = expected(FLAT | {back(n): 1500.0 for n in range(29, 60)}, july(), JULY, TODAY)
    assert found is not None
    assert (found.days, found.paced, found.month) == (28, False, JULY)
    assert found.level == pytest.approx(1000)
    assert found.total == pytest.approx(31_000, rel=0.005)
    flat = expected(FLAT, july(), JULY, TODAY)
    assert flat is not None
    # 10 % for the drift between months, and some for that of six weeks and the scatter of the days.
    assert flat.sd == pytest.approx(3375, rel=0.02)
    assert (flat.low, flat.high) == pytest.approx(
        (flat.total - 1.2816 * flat.sd, flat.total + 1.2816 * flat.sd), rel=1e-4
    )
    assert flat.chance(flat.total) == 0.5
    assert flat.chance(flat.total + flat.sd) == pytest.approx(0.1587, abs=1e-3)


def test_the_calendar_s_sizes_are_in_it() -> None:
    big = CalendarDay(date(2026, 7, 11), multiplier=3.0)
    found = expected(FLAT, july(calendar=(big,)), JULY, TODAY)
    assert found is not None
    assert found.total == pytest.approx(33_000, rel=0.005)


@pytest.mark.parametrize(("days", "known"), [(14, True), (13, False)])
def test_two_weeks_of_ordinary_days_are_the_least(days: int, *, known: bool) -> None:
    sales = {day: sold for day, sold in FLAT.items() if day >= back(days)}
    assert (expected(sales, july(), JULY, TODAY) is not None) == known


def test_days_that_scatter_too_widely_say_nothing() -> None:
    wild = {day: 1.0 if day.day % 9 else 90_000.0 for day in FLAT}
    assert expected(wild, july(), JULY, TODAY) is None
    assert expected(dict.fromkeys(FLAT, 0.0), july(), JULY, TODAY) is None
    old = {day - timedelta(days=60): sold for day, sold in FLAT.items()}
    assert expected(old, july(), JULY, TODAY) is None


def test_a_month_under_way_heads_where_its_own_days_say() -> None:
    """Ten days of 1,100 and 21 to come."""
    today = date(2026, 7, 11)
    sales = FLAT | {date(2026, 7, n): 1100.0 for n in range(1, 11)}
    found = expected(sales, july(), JULY, today)
    assert found is not None
    assert found.paced
    assert found.total == pytest.approx(34_100, rel=0.005)
    no_target = expected(sales, july(targets={}), JULY, today)
    assert no_target is not None
    assert not no_target.paced
    assert no_target.total == pytest.approx(34_100, rel=0.005)


# ---- budget


def adverts(cost: float = 100.0, days: int = 28, report: str = "plan") -> Any:
    rows = [
        {"date": back(n), "report": report, "scene": scene, "cost": cost * part}
        for n in range(1, days + 1)
        for scene, part in (("关键词推广", 0.7), ("人群推广", 0.3))
    ]
    return of_rows(Ads, rows).frame


def test_the_budget_is_the_usual_share_of_sales() -> None:
    """100 of 1,000 yuan a day; the month's target of 31,000 takes 3,100."""
    own = july()
    plan = month_plan(FLAT, own, JULY)
    assert plan is not None
    found = budget(adverts(), FLAT, plan, own, TODAY)
    assert found is not None
    assert (found.share, found.a_day, found.total) == pytest.approx((0.1, 100.0, 3100.0))
    assert [(scene, round(part, 6)) for scene, part in found.scenes] == [
        ("关键词推广", 0.7),
        ("人群推广", 0.3),
    ]
    assert found.short == ()
    assert found.by_day[JULY] == pytest.approx(100.0)
    assert budget(adverts(report="whole"), FLAT, plan, own, TODAY) == found
    assert budget(adverts(days=6), FLAT, plan, own, TODAY) is None
    assert budget(adverts(days=7), FLAT, plan, own, TODAY) is not None
    old = adverts(days=40)
    old.loc[old["date"].dt.date < back(28), "cost"] = 9000.0
    aged = budget(old, FLAT, plan, own, TODAY)
    assert aged is not None
    assert aged.share == pytest.approx(0.1)


def test_days_above_the_daily_budget_are_short_of_it() -> None:
    ads = type(shop().ads)
    own = july(ads=ads(daily_budget=99.0))
    plan = month_plan(FLAT, own, JULY)
    assert plan is not None
    found = budget(adverts(), FLAT, plan, own, date(2026, 7, 20))
    assert found is not None
    assert found.short == tuple(date(2026, 7, n) for n in range(20, 32))
    enough = july(ads=ads(daily_budget=100.5))
    roomy = budget(adverts(), FLAT, plan, enough, TODAY)
    assert roomy is not None
    assert roomy.short == ()
    said = findings.money(found, own, date(2026, 7, 20))
    assert text(said[0].text) == (
        "At the usual 10.0% of sales, the month's ads cost ¥3,100; 关键词推广 takes 70% of that."
    )
    assert (
        text(said[1].text)
        == "On 12 days, the daily ad limit of ¥99 is too low for the usual share of sales that goes "
        "into ads; Mon 20 Jul needs about ¥100."
    )
    assert [one.due for one in said[1].proposals] == ["2026-07-20"]
    assert findings.money(None, own, TODAY) == []


# ---- search


def searched(**terms: tuple[float, float]) -> Any:
    """Visitors a day of each term in the two weeks before the last two, and in those."""
    rows = [
        {"date": back(n), "term": term, "visitors": old if n > 14 else new}
        for n in range(1, 29)
        for term, (old, new) in terms.items()
    ]
    return of_rows(SearchTerms, rows).frame


def test_a_term_rises_when_its_share_grew_by_a_quarter_beyond_chance() -> None:
    """100 of 600 before, 200 of 700 now: 1.71 times its share."""
    found = demand(
        searched(风衣=(100.0, 200.0), 裙=(500.0, 500.0)), {"1": "法式风衣女", "2": "牛仔裤"}, shop(), TODAY
    )
    assert found is not None
    assert (found.half, found.last) == (14, back(1))
    (up,) = found.moved("up")
    assert (up.text, up.before, up.after, up.item) == ("风衣", 1400.0, 2800.0, "1")
    assert up.times == pytest.approx((200 / 700) / (100 / 600))
    assert found.moved("down") == []
    table = tables.terms(found)
    assert table is not None
    assert table.rows == (("风衣", 1400, 2800, 1.71, "1"),)


def test_a_term_falls_by_a_fifth_and_small_changes_are_none() -> None:
    found = demand(searched(毛衣=(200.0, 100.0), 裙=(900.0, 1000.0)), {}, shop(), TODAY)
    assert found is not None
    (down,) = found.moved("down")
    assert (down.text, down.item) == ("毛衣", None)
    assert found.moved("up") == []
    steady = demand(searched(毛衣=(100.0, 100.0), 裙=(100.0, 100.0)), {}, shop(), TODAY)
    assert steady is not None
    assert [one.moved for one in steady.terms] == ["", ""]
    assert tables.terms(steady) is None
    assert [text(one.text) for one in findings.search(steady, TODAY)] == [
        "No search term changed beyond chance in 28 ordinary days."
    ]


def test_sixty_visitors_of_both_halves_are_the_least() -> None:
    few = demand(searched(a=(2.0, 2.2), b=(500.0, 500.0)), {}, shop(), TODAY)
    assert few is not None
    assert [one.text for one in few.terms] == ["b"]
    enough = demand(searched(a=(2.0, 2.3), b=(500.0, 500.0)), {}, shop(), TODAY)
    assert enough is not None
    assert [one.text for one in enough.terms] == ["b", "a"]
    gone = demand(searched(a=(100.0, 0.0), c=(0.0, 100.0), b=(500.0, 500.0)), {}, shop(), TODAY)
    assert gone is not None
    assert [one.text for one in gone.terms] == ["b"]


def test_two_weeks_of_search_are_the_least() -> None:
    frame = searched(a=(50.0, 50.0))
    assert demand(frame[frame["date"].dt.date >= back(14)], {}, shop(), TODAY) is not None
    assert demand(frame[frame["date"].dt.date >= back(13)], {}, shop(), TODAY) is None


def test_what_is_searched_more_and_less_is_said() -> None:
    found = demand(
        searched(风衣=(100.0, 300.0), 卫衣=(100.0, 200.0), 毛衣=(300.0, 100.0), 裙=(900.0, 900.0)),
        {"1": "法式风衣女"},
        shop(),
        TODAY,
    )
    rising, falling = findings.search(found, TODAY)
    assert text(rising.text).startswith(
        "Searched for more than in the 14 ordinary days before: 风衣 (×2.8), 卫衣 (×1.9). Seasonal "
        "demand is moving to these terms."
    )
    assert (rising.kind, rising.level) == ("rising", "watch")
    (asked,) = rising.proposals
    assert text(asked.text) == "“卫衣”: which item fits it? Put the term in its title, or list a new item"
    assert (asked.due, asked.metric, asked.direction, asked.about.word) == (
        "2026-07-08",
        "visitors",
        "up",
        "卫衣",
    )
    assert text(falling.text).startswith(
        "Searched for less: 毛衣 (×0.3). Do not reorder these at last month's pace."
    )
    assert (falling.kind, falling.level) == ("falling", "info")
    carried = demand(searched(风衣=(100.0, 300.0), 裙=(900.0, 900.0)), {"1": "法式风衣女"}, shop(), TODAY)
    (good,) = findings.search(carried, TODAY)
    assert (good.level, good.proposals) == ("good", ())
    assert findings.search(None, TODAY) == []


def test_titles_are_the_newest_of_four_weeks() -> None:
    frame = of_rows(
        Items,
        [
            {"date": back(1), "item": "1", "title": "new"},
            {"date": back(9), "item": "1", "title": "old"},
            {"date": back(28), "item": "2", "title": "edge"},
            {"date": back(29), "item": "3", "title": "gone"},
        ],
    ).frame
    assert titles_of(frame, TODAY) == {"1": "new", "2": "edge"}


# ---- line-up


def sold(*rows: tuple[str, float, float], day: date | None = None) -> Any:
    return of_rows(
        Items,
        [
            {
                "date": day or back(3),
                "item": item,
                "title": item,
                "gmv": gmv,
                "units": units,
                "visitors": 10.0,
            }
            for item, gmv, units in rows
        ],
    ).frame


def test_sales_lie_in_price_bands() -> None:
    frame = sold(("a", 990.0, 10.0), ("b", 1000.0, 10.0), ("c", 800.0, 1.0), ("d", 0.0, 5.0), ("e", 9.0, 0.0))
    found = lineup(frame, shop(), JULY, TODAY)
    assert found is not None
    assert [(one.low, one.high, one.items, one.visitors, one.gmv) for one in found.bands] == [
        (0, 100, 1, 10.0, 990.0), (100, 200, 1, 10.0, 1000.0), (800, None, 1, 10.0, 800.0)
    ]  # fmt: skip
    assert found.bands[0].share == pytest.approx(990 / 2790)
    assert [
        [cell if isinstance(cell, int | float) else text(cell) for cell in row]
        for row in tables.bands(found).rows
    ] == [
        ["¥0–100", 1, 10, 990, round(990 / 2790, 4)],
        ["¥100–200", 1, 10, 1000, round(1000 / 2790, 4)],
        ["¥800+", 1, 10, 800, round(800 / 2790, 4)],
    ]
    assert lineup(sold(("d", 0.0, 5.0)), shop(), JULY, TODAY) is None
    assert lineup(sold(("a", 9.0, 1.0), day=back(29)), shop(), JULY, TODAY) is None
    assert lineup(sold(("a", 9.0, 1.0), day=back(28)), shop(), JULY, TODAY) is not None
    assert lineup(sold(("a", 9.0, 1.0), day=TODAY), shop(), JULY, TODAY) is None


def test_heroes_the_next_best_and_seasons_that_end() -> None:
    own = shop(
        items=(
            Item(id="a", name="Coat", hero=True, season_end=date(2026, 7, 31)),
            Item(id="b", season_end=JULY),
            Item(id="c", season_end=date(2026, 8, 1)),
            Item(id="d", season_end=date(2026, 7, 9)),
            Item(id="e", season_end=date(2026, 6, 30)),
        )
    )
    frame = sold(("a", 600.0, 6.0), ("b", 300.0, 6.0), ("c", 80.0, 2.0), ("d", 20.0, 2.0), ("e", 0.0, 1.0))
    found = lineup(frame, own, JULY, TODAY)
    assert found is not None
    assert (found.heroes, found.names, found.next_best) == (0.6, ("Coat",), ("b", 0.3))
    assert found.ending == (("Coat", date(2026, 7, 31)), ("b", JULY))
    bare = lineup(frame, shop(), JULY, TODAY)
    assert bare is not None
    assert (bare.heroes, bare.names, bare.next_best) == (None, (), ("a", 0.6))
    alone = lineup(sold(("a", 600.0, 6.0)), own, JULY, TODAY)
    assert alone is not None
    assert alone.next_best is None


def line_up(frame: Any, own: Shop, *coming: NewItem) -> dict[str, Finding[Words]]:
    arriving = arrivals(typed(*((TODAY, one) for one in coming)), own, JULY)
    return {one.kind: one for one in findings.line_up(lineup(frame, own, JULY, TODAY), arriving, JULY, TODAY)}


def test_what_the_month_stands_on_is_said() -> None:
    own = shop(items=(Item(id="a", name="Coat", hero=True, season_end=date(2026, 7, 9)),))
    heavy = line_up(sold(("a", 600.0, 6.0), ("b", 400.0, 6.0)), own)
    assert text(heavy["heroes"].text) == (
        "Coat bring 60% of sales: if one sells out, the month is at risk. The next best seller is b with 40%."
    )
    assert heavy["heroes"].level == "watch"
    (asked,) = heavy["heroes"].proposals
    assert (text(asked.text), asked.metric, asked.direction, asked.due) == (
        "Build up b as the next best seller", "gmv", "up", "2026-07-08"
    )  # fmt: skip
    assert text(heavy["season"].text).startswith("Coat")
    light = line_up(sold(("a", 590.0, 6.0), ("b", 410.0, 6.0)), own)
    assert text(light["heroes"].text) == "Best sellers (Coat) bring 59% of sales; the next one is b with 41%."
    assert (light["heroes"].level, light["heroes"].proposals) == ("info", ())
    none = line_up(sold(("a", 590.0, 6.0)), shop())
    assert text(none["heroes"].text) == "No best seller is marked in shop.toml, so the plan has no main item."
    assert [one.due for one in none["heroes"].proposals] == ["2026-07-08"]
    assert text(none["arrivals"].text) == "No new item is recorded for 2026-07."


def test_arrivals_are_those_of_the_month_not_yet_on_the_shelf() -> None:
    def arrival(item: str, listed: date | None = None, state: Any = "sampling") -> NewItem:
        return NewItem(item=item, listed=listed, state=state)

    found = line_up(
        sold(("a", 590.0, 6.0)),
        shop(),
        arrival("x", date(2026, 7, 31)),
        arrival("y"),
        arrival("early", date(2026, 6, 30)),
        arrival("late", date(2026, 8, 1)),
        arrival("there", date(2026, 7, 2), "listed"),
        arrival("no", date(2026, 7, 2), "dropped"),
    )
    assert text(found["arrivals"].text) == "New items in 2026-07: x (31 Jul), y."
    assert arrivals(None, shop(), JULY) == []


# ---- room for campaigns


def own(first: int, days: int = 3, state: Any = "planned", month: int = 7) -> Campaign:
    start = date(2026, month, first)
    entry = CampaignEntry(
        name=f"c{first}",
        kind="own",
        state=state,
        start=start,
        end=start + timedelta(days=days - 1),
        discount="九折",
    )
    return Campaign(entry, TODAY)


def free(*found: Campaign, today: date = TODAY, aim: int = 9, **settings: Any) -> list[int]:
    shop_ = july(thresholds=Thresholds(campaigns_per_month=aim), **settings)
    return [day.day for day in filling(found, shop_, JULY, today).free]


def test_room_is_three_days_a_week_from_any_other() -> None:
    """Three days are needed to prepare it; a campaign on the 15th to 17th leaves the 5th and the 25th."""
    assert free() == [5, 15, 25]
    assert free(own(15)) == [5, 25]
    assert free(own(16)) == [5, 26]
    assert free(own(12)) == [22]
    assert free(own(15), own(3)) == [25]
    assert free(today=date(2026, 7, 16)) == [20]
    assert free(today=date(2026, 7, 25)) == [29]
    assert free(today=date(2026, 7, 26)) == []
    assert free(aim=1) == [5]
    assert free(own(15), aim=1) == []
    assert free(own(15, state="rejected")) == [5, 15, 25]


@pytest.mark.parametrize(
    ("special", "by_calendar", "days"),
    [
        (CalendarDay(date(2026, 7, 12), multiplier=1.1), 1, [20]),
        (CalendarDay(date(2026, 7, 12), multiplier=None), 1, [20]),
        (CalendarDay(date(2026, 7, 12), multiplier=1.09), 0, [5, 15, 25]),
        (CalendarDay(date(2026, 7, 12), multiplier=2.0, kind="festival"), 0, [5, 15, 25]),
        (CalendarDay(date(2026, 8, 8), multiplier=2.0), 0, [5, 15, 25]),
    ],
)
def test_a_campaign_of_the_calendar_takes_its_place(
    special: CalendarDay, by_calendar: int, days: list[int]
) -> None:
    shop_ = july(thresholds=Thresholds(campaigns_per_month=9), calendar=(special,))
    found = filling([], shop_, JULY, TODAY)
    assert len(found.by_calendar) == found.planned == by_calendar
    assert [day.day for day in found.free][:2] == days[:2]
    recorded = filling([own(12)], shop_, JULY, TODAY)
    assert recorded.planned == 1


def test_the_platform_s_own_days_must_be_in_the_calendar() -> None:
    november = date(2026, 11, 1)
    found = filling([], shop(), november, date(2026, 10, 20))
    assert found.unknown == ((date(2026, 11, 11), "双11"),)
    assert all(abs((day - date(2026, 11, 11)).days) > 7 for day in found.free)
    known = shop(calendar=(CalendarDay(date(2026, 11, 11), multiplier=5.0),))
    assert filling([], known, november, date(2026, 10, 20)).unknown == ()
    assert filling([], shop(), JULY, TODAY).unknown == ()
    (missing, *_) = findings.campaigns(found, november, date(2026, 10, 20))
    assert (
        text(missing.text)
        == "双11 (Wed 11 Nov) is not in the calendar, so its target is that of an ordinary Wed."
    )
    assert (missing.kind, missing.level, missing.about.day) == ("calendar", "watch", "2026-11-11")
    assert [one.due for one in missing.proposals] == ["2026-10-22"]


def test_how_the_month_is_filled_is_said() -> None:
    def said(*found: Campaign, aim: int = 2) -> Finding[Words]:
        shop_ = july(thresholds=Thresholds(campaigns_per_month=aim))
        return findings.campaigns(filling(found, shop_, JULY, TODAY), JULY, TODAY)[0]

    room = said(own(12))
    assert text(room.text) == (
        "2026-07 has 1 of 2 campaigns. Days at least a week away from any other: 22 Jul to 24 Jul."
    )
    (asked,) = room.proposals
    assert (text(asked.text), asked.due, asked.metric, asked.direction) == (
        "Plan a campaign of our own on 22 Jul to 24 Jul", "2026-07-04", "gmv", "up"
    )  # fmt: skip
    enough = said(own(12), own(22))
    assert (text(enough.text), enough.level) == (
        "2026-07 has 2 of 2 campaigns: enough, no more needed.",
        "good",
    )
    full = said(own(5), own(13), own(21), own(29), aim=5)
    assert (text(full.text), full.level) == (
        "2026-07 has 4 of 5 campaigns; one more would be within a week of another.", "info"
    )  # fmt: skip


# ---- target and lessons


def usual(total: float = 31_000.0, sd: float = 1000.0) -> Expected:
    return Expected(JULY, total, sd, 28, 1000.0)


@pytest.mark.parametrize(
    ("goal", "level", "start"),
    [
        (
            30_000.0,
            "good",
            (
                "2026-07: the target of ¥30,000 is within what ordinary days bring "
                "(¥31,000; 80% range: ¥30,000 to ¥"
            ),
        ),
        (30_740.0, "good", "2026-07: the target of ¥30"),  # 0.26 below the middle: 60.3 %
        (30_760.0, "info", "2026-07: ordinary days bring ¥31,000 (80% range: ¥30,000 to ¥32,000), hardly"),
        (31_100.0, "watch", "2026-07: ordinary days bring ¥31"),
        (31_840.0, "watch", "2026-07: ordinary days bring ¥31"),  # 0.84 above it: 20.05 %
        (31_850.0, "act", "2026-07: ordinary days bring ¥31"),
    ],
)
def test_a_target_is_held_against_what_comes_as_usual(goal: float, level: str, start: str) -> None:
    found = findings.target(JULY, goal, usual(), shop(), TODAY)
    assert (found.level, text(found.text)[: len(start)]) == (level, start)
    assert bool(found.impact) == bool(found.proposals) == (level in ("watch", "act"))


def test_what_must_come_from_something_new_is_written_down_and_agreed() -> None:
    found = findings.target(JULY, 35_000.0, usual(), shop(), TODAY)
    assert found.impact is not None
    assert (found.impact.yuan, found.impact.per) == (4000.0, "once")
    assert found.impact.low == pytest.approx(4000 - 1281.55, abs=0.1)
    assert found.impact.high == pytest.approx(4000 + 1281.55, abs=0.1)
    assert [(one.role, text(one.text), one.due) for one in found.proposals] == [
        (
            "operator",
            "Note what will make up the missing ¥4,000: a campaign, new items, returning customers or ads",
            "2026-07-03",
        ),
        (
            "owner",
            "Agree with the shop owner on the target of ¥35,000, or on what reaching it may cost",
            "2026-07-03",
        ),
    ]


def test_without_a_target_or_history_it_says_so() -> None:
    bare = findings.target(JULY, None, None, shop(), TODAY)
    assert text(bare.text) == (
        "2026-07 has no target yet: without it there are no daily targets and no forecast against it."
    )
    assert (bare.level, [one.due for one in bare.proposals]) == ("act", ["2026-07-03"])
    known = findings.target(JULY, None, usual(), shop(), TODAY)
    assert text(known.text) == (
        "2026-07 has no target yet. If nothing new is done, the month will bring ¥31,000 (¥30,000 "
        "to ¥32,000)."
    )
    unknown = findings.target(JULY, 35_000.0, None, shop(), TODAY)
    assert (unknown.level, unknown.proposals) == ("info", ())


def test_the_last_three_lessons_are_said() -> None:
    results = [
        CampaignResult(
            name=f"c{n}",
            uplift=5000.0,
            profit=-200.0 if n == 1 else 800.0,
            again=n != 2,
            lesson="早备货" if n == 3 else "",
        )
        for n in range(4)
    ]
    one, two, three = findings.lessons(typed(*((date(2026, 5, 4), one) for one in results)).rows)
    assert (
        text(one.text).replace("−", "-")
        == "Last time, c1 (signed off on Mon 4 May 2026): sold +¥5,000 more than usual, profit -¥200."
    )
    assert text(two.text) == (
        "Last time, c2 (signed off on Mon 4 May 2026): sold +¥5,000 more than usual, profit +¥800. "
        "Decision: do not repeat."
    )
    assert text(three.text) == (
        "Last time, c3 (signed off on Mon 4 May 2026): sold +¥5,000 more than usual, profit +¥800. 早备货"
    )
    assert [found.level for found in (one, two, three)] == ["watch", "watch", "info"]
    assert three.impact is not None
    assert (three.impact.yuan, three.impact.of) == (800.0, "margin")
    (unsigned,) = findings.lessons(typed((date(2026, 5, 4), CampaignResult(name="c", uplift=5000.0))).rows)
    assert unsigned.impact is not None
    assert (unsigned.impact.yuan, unsigned.impact.of) == (5000.0, "sales")


# ---- notices


def notice(name: str = "甲", **known: Any) -> Notice:
    return Notice(campaign=name, **known)


def asked_of(*written: Notice) -> Any:
    return notices.deadlines(typed(*((TODAY, one) for one in written)), typed(), shop=shop(), today=TODAY)


@pytest.mark.parametrize(
    ("known", "todo", "due", "deed"),
    [
        ({"deadline": date(2026, 7, 9)}, "甲: decide today whether we take part", "2026-07-01", ""),
        (
            {"deadline": date(2026, 7, 9), "concerns": True},
            "甲: add what is missing and sign up",
            "2026-07-08",
            "hand_in",
        ),
        (
            {"deadline": TODAY, "concerns": True},
            "甲: add what is missing and sign up",
            "2026-07-01",
            "hand_in",
        ),
        ({"concerns": True}, "甲: add what is missing and sign up", "2026-07-02", "hand_in"),
        ({"state": "preparing"}, "甲: add what is missing and sign up", "2026-07-02", "hand_in"),
    ],
)
def test_a_notice_is_decided_today_or_handed_in_the_day_before(
    known: dict[str, Any], todo: str, due: str, deed: str
) -> None:
    (found,) = asked_of(notice(**known)).findings
    (asked,) = found.proposals
    assert (asked.role, text(asked.text), asked.due, asked.deed) == ("operator", todo, due, deed)


def test_a_notice_says_where_when_and_what_is_needed() -> None:
    answer = asked_of(
        notice(where="钉钉", how="主图", prepares="小兰", deadline=date(2026, 7, 3)), notice("乙")
    )
    first, second = answer.findings
    assert (
        text(first.text)
        == "甲 (钉钉) ends in 2 days: not decided yet whether we take part. Needed for it: 主图."
    )
    assert text(second.text) == "乙 (—) has no deadline: not decided yet whether we take part."
    assert text(answer.verdict.text) == (
        "2 campaign notices are open, first: 甲 ends in 2 days, not decided yet whether we take part."
    )
    (table,) = answer.evidence
    assert [column.id for column in table.columns] == ["notice", "where", "deadline", "how", "who", "state"]
    assert table.rows == (
        ("甲", "钉钉", "2026-07-03", "主图", "小兰", "new"),
        ("乙", "—", None, "—", "—", "new"),
    )


def test_a_term_s_share_is_as_uneven_as_its_own_days_are() -> None:
    """All of its visitors on one day of each half tell less than as many spread over them."""
    steady = demand(searched(a=(10.0, 14.0), b=(500.0, 500.0)), {}, shop(), TODAY)
    rows = [{"date": back(n), "term": "b", "visitors": 500.0} for n in range(1, 29)]
    rows += [
        {"date": back(20), "term": "a", "visitors": 140.0},
        {"date": back(5), "term": "a", "visitors": 196.0},
    ]
    jumpy = demand(of_rows(SearchTerms, rows).frame, {}, shop(), TODAY)
    assert steady is not None
    assert jumpy is not None
    assert [one.text for one in steady.moved("up")] == ["a"]
    assert jumpy.moved("up") == []
    assert math.isclose(steady.terms[1].times, jumpy.terms[1].times)
