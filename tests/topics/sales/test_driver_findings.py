"""What the gap's findings are about, what each costs, and from where on it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Impact, Table
from core.answers.answer_codec import encode
from core.language.message import Words
from core.language.speech import speak
from core.language.wording import text
from core.statistics.distributions import normal_quantile
from core.statistics.drift import ScoreDrop
from core.statistics.split import Effects, SourceSplit, Trade
from core.topics.reviews.bad_reviews import bad_reviews
from core.topics.sales import drivers
from core.topics.sales.scores.scores import explained
from core.topics.sales.traffic import CostPerVisitor, SourceChange, SourceTest
from core.topics.sales.variance import summary, tables
from core.topics.sales.variance.effects import Gap, gap_of, trades
from core.topics.sales.variance.findings import findings
from core.topics.sales.variance.items import ItemGap, ItemLine, item_gap
from core.topics.sales.variance.score_findings import score_fall
from core.topics.sales.variance.sources import SourceGap, SourceLine, source_gap, tide
from core.topics.sales.variance.tables import source_state
from tests.topics.sales.test_drivers import items, sources
from tests.topics.sales.test_scores import reviews
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, festival, shop, told_by, usual_shop

gap = told_by(drivers.gap)
UNKNOWN = CostPerVisitor("unknown", None, None, None)
NO_EFFECT = Effects(0.0, 0.0, 0.0)


def one(answer: Answer, key: str) -> Finding:
    return next(found for found in answer.findings if found.key == key)


def keys(answer: Answer) -> list[str]:
    return [found.key for found in answer.findings]


def table(answer: Answer, name: str) -> Table:
    return next(piece for piece in answer.evidence if isinstance(piece, Table) and name in piece.name)


def columns(answer: Answer, name: str) -> list[str]:
    return [column.id for column in table(answer, name).columns]


def yesterday(**values: float) -> Answer:
    return gap(usual_shop(changes={SUNDAY: values}), shop=shop(), today=MONDAY)


# ---- factors


def made(
    effects: Effects, said: str = "likely", *, calendar: bool = False, sold: float | None = None
) -> tuple[Gap, list[Finding[Words]]]:
    """Return a usual day's gap with these effects, each judged as ``said``, and its findings."""
    usual = gap_of(trades(usual_shop().frame), shop(), SUNDAY)
    assert usual is not None
    now = usual.now if sold is None else usual.now._replace(gmv=sold)
    likely = {name: said if getattr(effects, name) else "usual" for name in ("visitors", "conversion", "aov")}
    found = replace(usual, effects=effects, said=likely, now=now)  # type: ignore[arg-type]
    if calendar:
        found = replace(found, dip=festival(date(2026, 6, 10)))
    return found, list(findings(found, None, None, (), None))


USUALLY = 6112.0


@pytest.mark.parametrize(("share", "level"), [(-0.1001, "act"), (-0.0999, "watch")])
def test_a_tenth_of_the_days_sales_is_to_be_acted_on(share: float, level: str) -> None:
    _, (found,) = made(Effects(share * USUALLY, 0.0, 0.0))
    assert (found.key, found.kind, found.about, found.level) == (
        "drivers/visitors",
        "visitors",
        About(),
        level,
    )
    assert found.impact == Impact(-share * USUALLY, "once")
    assert [(ask.role, ask.metric, ask.due) for ask in found.proposals] == [
        ("promotion", "visitors", "2026-06-16")
    ]


def test_after_a_campaign_of_unknown_size_nothing_is_to_be_acted_on() -> None:
    _, (factor, dip) = made(Effects(-0.5 * USUALLY, 0.0, 0.0), calendar=True)
    assert (factor.level, dip.key, dip.level, dip.impact) == ("watch", "drivers/dip", "info", None)
    assert "the calendar has no size for it" in text(dip.text)


@pytest.mark.parametrize(
    ("effects", "key", "role", "metric"),
    [
        (Effects(-900.0, 0.0, 0.0), "drivers/visitors", "promotion", "visitors"),
        (Effects(0.0, -900.0, 0.0), "drivers/conversion", "design", "conversion"),
        (Effects(0.0, 0.0, -900.0), "drivers/aov", "operator", "aov"),
    ],
)
def test_each_factor_has_somebody_who_answers_for_it(
    effects: Effects, key: str, role: str, metric: str
) -> None:
    _, (found,) = made(effects)
    assert found.key == key
    (ask,) = found.proposals
    assert (ask.role, ask.metric, ask.direction) == (role, metric, "up")
    assert ask.expected


def test_a_possible_cause_is_told_without_a_task_and_a_gain_without_a_loss() -> None:
    _, (possible,) = made(Effects(-900.0, 0.0, 0.0), "possible")
    assert (possible.level, possible.proposals, possible.impact) == ("info", (), Impact(900.0, "once"))
    assert "perhaps not by chance" in text(possible.text)
    _, (good,) = made(Effects(900.0, 0.0, 0.0))
    assert (good.level, good.proposals, good.impact) == ("good", (), None)
    assert "Visitors brought +¥900, beyond its swing" in text(good.text)
    assert made(Effects(-900.0, 0.0, 0.0), "usual")[1] == []


def test_on_a_day_that_sold_more_a_loss_is_not_called_its_cause() -> None:
    _, (found,) = made(Effects(-900.0, 0.0, 0.0), sold=9000.0)
    assert "Visitors cost -¥900, beyond its swing" in text(found.text)
    _, (worse,) = made(Effects(-900.0, 0.0, 0.0), sold=5000.0)
    assert "a likely cause" in text(worse.text)


def test_the_three_figures_with_what_each_is_worth() -> None:
    answer = yesterday(visitors=500, buyers=15, gmv=3000)
    assert columns(answer, "against usual") == ["figure", "yesterday", "usual", "worth", "judged"]
    assert [(*row[:3], round(float(row[3] or 0)), row[4]) for row in table(answer, "against usual").rows] == [
        ("Visitors", "500", "995", -3005, "likely"),
        ("Conversion", "3.00%", "2.99%", 15, "usual"),
        ("Order value", "¥200", "¥205", -122, "usual"),
        ("Sales", "¥3,000", "¥6,112", -3112, "beyond"),
    ]
    assert dict(table(answer, "against usual").columns[4].words) == {
        "likely": "likely",
        "possible": "possible",
        "usual": "usual swing",
        "beyond": "beyond the swing",
    }


def test_a_possible_factor_and_a_day_of_unknown_shape_in_the_table() -> None:
    assert table(yesterday(gmv=5600), "against usual").rows[2][4] == "possible"
    unknown = gap(usual_shop(), shop=shop(calendar=(festival(SUNDAY, multiplier=None),)), today=MONDAY)
    assert [row[4] for row in table(unknown, "against usual").rows[:3]] == [None, None, None]


# ---- the sentence


def verdict(effects: Effects, sold: float, said: str = "likely") -> tuple[str, str]:
    found, _ = made(effects, said, sold=sold)
    answer = summary.verdict(found, None)
    return answer.level, text(answer.text)


def test_a_usual_sum_that_hides_a_tenth_of_the_sales_is_watched() -> None:
    level, sentence = verdict(Effects(-0.1001 * USUALLY, 600.0, 0.0), USUALLY)
    assert (level, "within the usual range, but Visitors cost -¥612." in sentence) == ("watch", True)
    level, sentence = verdict(Effects(-0.0999 * USUALLY, 600.0, 0.0), USUALLY)
    assert (level, "nothing to do" in sentence) == ("info", True)


@pytest.mark.parametrize(
    ("sold", "level"), [(USUALLY * 0.8999, "act"), (USUALLY * 0.9001, "watch"), (USUALLY * 1.5, "good")]
)
def test_the_verdict_is_urgent_from_a_tenth_less(sold: float, level: str) -> None:
    effect = sold - USUALLY
    assert verdict(Effects(effect, 0.0, 0.0), sold)[0] == level


def test_a_gap_without_a_likely_factor_names_none() -> None:
    level, sentence = verdict(Effects(-3000.0, 0.0, 0.0), 3112.0, "possible")
    assert (level, "no single factor stands out" in sentence) == ("watch", True)
    assert verdict(Effects(3000.0, 0.0, 0.0), 9112.0, "possible")[0] == "good"


# ---- sources


def line(  # the figures a finding is made of
    name: str = "手淘推荐",
    *,
    lost: float = -900.0,
    z: float = -5.0,
    q: float | None = 0.01,
    since: date | None = None,
    cost: CostPerVisitor = UNKNOWN,
    spent: float | None = None,
    state: str = "tested",
) -> SourceLine:
    change = SourceChange(state, 100.0, 300.0, z, q, q)  # type: ignore[arg-type]
    return SourceLine(name, 100.0, 300.0, Effects(lost, 0.0, 0.0), change, cost, spent, since)


def of_sources(*lines: SourceLine, worth: float = 61.0, effects: Effects = NO_EFFECT) -> list[Finding[Words]]:
    day, _ = made(effects)
    split = SourceSplit({}, 0.0, 0.0, ())
    return list(
        findings(day, SourceGap(lines, split, SourceTest({}, None, 1.0), day.usual, worth), None, (), None)
    )


@pytest.mark.parametrize(("share", "level"), [(-0.1001, "act"), (-0.0999, "watch")])
def test_a_source_that_fell_costs_what_its_visitors_brought(share: float, level: str) -> None:
    (found,) = of_sources(line(lost=share * USUALLY))
    about = About(source="手淘推荐")
    assert (found.key, found.kind, found.about, found.level) == (
        "drivers/source/手淘推荐",
        "source",
        about,
        level,
    )
    assert found.impact == Impact(-share * USUALLY, "once")
    (ask,) = found.proposals
    assert (ask.role, ask.metric, ask.expected, ask.item, ask.about) == (
        "promotion",
        "source_visitors",
        300,
        "手淘推荐",
        about,
    )


def test_a_source_that_stopped_costs_it_every_day() -> None:
    (found,) = of_sources(line("短视频", lost=-90.0, since=date(2026, 6, 12)))
    assert (found.level, found.impact, found.proposals[0].role) == ("act", Impact(90.0, "day"), "content")
    assert text(found.text) == "短视频 stopped: 100 visitors, usually 300, since 12 Jun (-¥90 a day)."
    (bought,) = of_sources(line("直通车", since=date(2026, 6, 12)))
    assert "Check balance, budget and approval of 直通车 at once" in text(bought.proposals[0].text)


def test_a_source_that_rose_is_praised_and_one_inside_its_swing_is_not_told() -> None:
    (found,) = of_sources(line(lost=900.0, z=5.0))
    assert (found.level, found.proposals, found.impact) == ("good", (), None)
    assert "(+¥900); keep doing what brought them." in text(found.text)
    assert len(of_sources(line(q=0.099))) == 1
    assert of_sources(line(q=0.10)) == []
    assert of_sources(line(q=None)) == []


def test_under_one_percent_of_the_sales_a_source_is_not_worth_a_sentence() -> None:
    assert of_sources(line(lost=-60.9)) == []
    assert len(of_sources(line(lost=-61.0))) == 1


def test_two_sources_of_each_kind_are_told_the_stopped_one_first() -> None:
    found = of_sources(
        line("a", lost=-600.0),
        line("b", lost=-900.0),
        line("c", lost=-100.0, since=date(2026, 6, 12)),
        *(line(name, lost=900.0, z=5.0) for name in "def"),
    )
    assert [one.about.source for one in found if one.level != "good"] == ["c", "b"]
    assert [one.about.source for one in found if one.level == "good"] == ["d", "e"]


def test_money_spent_on_nobody_is_lost_every_day() -> None:
    wasted = CostPerVisitor("wasted", None, 8.0, None)
    found = of_sources(line("直通车", q=None, cost=wasted, spent=30.0))
    assert [(one.key, one.kind, one.level, one.impact) for one in found] == [
        ("drivers/wasted/直通车", "wasted", "act", Impact(30.0, "day", of="margin"))
    ]
    assert text(found[0].text) == "直通车: ¥30 spent and not one visitor came."
    assert found[0].proposals[0].about == found[0].about == About(source="直通车")
    assert of_sources(line("直通车", q=None, cost=CostPerVisitor("paid", 0.3, 0.2, 0.4), spent=30.0)) == []


def test_a_factor_behind_which_a_source_stopped_asks_nothing_itself() -> None:
    stopped, factor = of_sources(
        line("短视频", since=date(2026, 6, 12)), effects=Effects(-0.5 * USUALLY, 0.0, 0.0)
    )
    assert (stopped.key, factor.key) == ("drivers/source/短视频", "drivers/visitors")
    assert text(factor.text).endswith("Mostly 短视频, which stopped.")
    assert (factor.level, factor.proposals) == ("watch", ())
    fell, own = of_sources(line("短视频"), effects=Effects(-0.5 * USUALLY, 0.0, 0.0))
    assert {fell.key, own.key} == {"drivers/source/短视频", "drivers/visitors"}
    assert len(next(one for one in (fell, own) if one.kind == "visitors").proposals) == 1


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (line(state="new", q=None), "new"),
        (line(state="few days", q=None), "few_days"),
        (line(state="small", q=None), "small"),
        (line(q=0.5), "usual"),
        (line(z=5.0), "rose"),
        (line(z=-5.0), "fell"),
    ],
)
def test_what_can_be_said_of_a_source(given: SourceLine, state: str) -> None:
    assert source_state(given) == state


def test_the_sources_with_their_visitors_yuan_and_cost() -> None:
    days = usual_shop(ads_keyword=40.0)
    rows = sources({"手淘搜索": 90}).frame.copy()
    rows.loc[rows["level2"] == "小红书", "level2"] = "直通车"
    sheet = type(sources({}))(rows)
    shown = table(gap(days, sheet, shop=shop(), today=MONDAY), "Sources")
    assert [column.id for column in shown.columns] == [
        "source", "visitors", "usual", "by_visitors", "worth", "spent", "per_visitor", "judged",
    ]  # fmt: skip
    by_name = {row[0]: row for row in shown.rows}
    first = by_name["手淘搜索"]
    assert first[1] == 90.0
    assert first[2] == pytest.approx(502.5)
    assert first[3] == pytest.approx(-2500, abs=200)
    assert first[4] == pytest.approx(-2400)
    assert first[5:] == (None, None, "fell")
    paid = next(row for name, row in by_name.items() if name in ("直通车", "关键词推广"))
    assert paid[5] == 40.0
    assert paid[6] == pytest.approx(40.0 / float(paid[1] or 0))
    last = shown.rows[-1]
    assert (last[0], last[1:4], last[5:]) == ("Unattributed", (None, None, None), (None, None, "overlap"))
    assert {id_ for id_, _ in shown.columns[7].words} == {
        "new", "few_days", "small", "usual", "rose", "fell", "overlap",
    }  # fmt: skip


def gap_by_source(yesterday: dict[str, float]) -> SourceGap:
    frame = usual_shop().frame
    found = source_gap(sources(yesterday).frame, trades(frame), frame, shop(), SUNDAY)
    assert found is not None
    return found


def test_a_source_has_stopped_under_a_fifth_of_its_usual_visitors() -> None:
    def since(visitors: float) -> date | None:
        return next(one.since for one in gap_by_source({"短视频": visitors}).lines if one.name == "短视频")

    assert since(38) == SUNDAY
    assert since(42) is None


def test_a_sentence_is_worth_one_percent_of_the_usual_sales() -> None:
    assert gap_by_source({}).worth == pytest.approx(0.01 * USUALLY)


def test_five_large_sources_say_how_high_an_unusual_day_stands() -> None:
    history = {name: [50.0, 50.0] for name in "abcde"}
    today = dict.fromkeys("abcde", 100.0)
    assert tide(history, today, 1.4) == 2.0
    assert tide({**history, "e": [49.0, 49.0]}, today, 1.4) == 1.4, "one of the five is too small"


# ---- items


def of_items(*lines: ItemLine) -> list[Finding[Words]]:
    day, _ = made(Effects(0.0, 0.0, 0.0))
    return list(findings(day, None, ItemGap(lines, day.usual), (), None))


def item(name: str, effects: Effects, swing: float | None = 500.0) -> ItemLine:
    now = Trade(100.0, 3.0, 2400.0 + effects.total)
    return ItemLine(name, f"款{name}", "usual", now, Trade(400.0, 12.0, 2400.0), effects, swing)


def test_an_item_that_fell_costs_what_it_sold_less() -> None:
    (found,) = of_items(item("1", Effects(-1500.0, -600.0, -100.0)))
    about = About(item="1")
    assert (found.key, found.kind, found.about, found.level) == ("drivers/item/1", "item", about, "watch")
    assert text(found.text) == "款1: ¥200, usually ¥2,400 (-¥2,200), most of it through Visitors."
    assert found.impact == Impact(2200.0, "once")
    (ask,) = found.proposals
    assert (ask.role, ask.metric, ask.item, ask.about) == ("promotion", "item_visitors", "1", about)


def test_an_item_inside_its_swing_or_without_one_is_not_told() -> None:
    assert of_items(item("1", Effects(-500.0, 0.0, 0.0))) == []
    assert len(of_items(item("1", Effects(-501.0, 0.0, 0.0)))) == 1
    assert of_items(item("1", Effects(-900.0, 0.0, 0.0), None)) == []


def test_two_items_of_each_kind_are_told() -> None:
    fell = [item(name, Effects(-900.0, 0.0, 0.0)) for name in "123"]
    rose = [item(name, Effects(900.0, 0.0, 0.0)) for name in "456"]
    found = of_items(*fell, *rose)
    assert [one.about.item for one in found] == ["1", "2", "4", "5"]


def test_an_item_that_is_gone_costs_it_every_day_and_one_that_rose_nothing() -> None:
    changed = {"3": (0.0, 0.0, 0.0), "2": (900.0, 40.0, 9000.0)}
    answer = gap(usual_shop(), items=items(changed), shop=shop(), today=MONDAY)
    gone, rose = one(answer, "drivers/item/3"), one(answer, "drivers/item/2")
    assert gone.impact is not None
    assert (gone.level, gone.impact.per) == ("act", "day")
    assert gone.impact.yuan == pytest.approx(2400.0)
    assert (rose.level, rose.impact, rose.proposals) == ("good", None, ())
    quiet = gap(usual_shop(), items=items({}), shop=shop(), today=MONDAY)
    assert not [found for found in quiet.findings if found.kind == "item"]


def test_the_items_by_factor() -> None:
    changed = {"3": (0.0, 0.0, 0.0), "2": (900.0, 40.0, 9000.0)}
    shown = table(gap(usual_shop(), items=items(changed), shop=shop(), today=MONDAY), "Items")
    assert [column.id for column in shown.columns] == [
        "item", "sold", "usual", "worth", "by_visitors", "by_conversion", "by_aov", "judged",
    ]  # fmt: skip
    first = shown.rows[0]
    assert first[:3] == ("款2", 9000.0, 2400.0)
    assert sum(float(cell or 0) for cell in first[4:7]) == pytest.approx(float(first[3] or 0))
    assert shown.rows[1][:3] == ("款3", 0.0, 2400.0)
    assert [row[7] for row in shown.rows] == ["beyond", "gone", "usual", "usual", "usual", "usual"]
    assert shown.rows[5][0] == "All other items"


def test_of_many_items_the_largest_gap_needs_more_than_chance_gives_one() -> None:
    frame = items({"1": (400.0, 6.0, 1200.0)}).frame
    found = item_gap(frame, shop(), SUNDAY)
    assert found is not None
    line = next(one for one in found.lines if one.item == "1")
    alone = normal_quantile(1 - 0.10 / 2)
    assert line.swing is not None
    assert line.swing / normal_quantile(1 - 0.10 / 16) * alone < line.swing
    only = item_gap(frame[frame["item"] == "1"], shop(), SUNDAY)
    assert only is not None
    assert only.lines[0].swing == pytest.approx(line.swing / normal_quantile(1 - 0.10 / 16) * alone)


def test_a_new_item_is_called_new() -> None:
    fresh = ItemLine(
        "9", "款9", "new", Trade(9.0, 1.0, 200.0), Trade(0.0, 0.0, 0.0), Effects(200.0, 0.0, 0.0), 5.0
    )
    known = gap_of(trades(usual_shop().frame), shop(), SUNDAY)
    assert known is not None
    shown = tables.items(ItemGap((fresh,), known.usual))
    assert shown.rows[0][7] == "new"
    assert dict(shown.columns[7].words).keys() == {"new", "gone", "beyond", "usual"}


# ---- indicators


def wobbling(**columns: tuple[float, float]) -> Mapping[date, Mapping[str, float | None]]:
    """Return columns that wobble around the first figure for 70 days; yesterday has the second."""
    changes: dict[date, dict[str, float | None]] = {}
    for back in range(70):
        day = SUNDAY - timedelta(days=back)
        wobble = 1 + WOBBLE[day.toordinal() % 11]
        changes[day] = {name: mean * wobble if back else now for name, (mean, now) in columns.items()}
    return changes


def indicators(**columns: tuple[float, float]) -> Answer:
    return gap(usual_shop(changes=wobbling(**columns)), shop=shop(), today=MONDAY)


@pytest.mark.parametrize(
    ("column", "usual", "bad", "good", "metric", "role"),
    [
        ("cart_buyers", 100.0, 50.0, 160.0, "cart_rate", "design"),
        ("bounce_rate", 0.6, 0.8, 0.4, "bounce_rate", "design"),
        ("pageviews", 5000.0, 2500.0, 8000.0, "depth", "design"),
        ("refund_amount", 300.0, 900.0, 90.0, "refund_amount", "service"),
    ],
)
def test_an_indicator_that_left_its_swing_has_somebody_who_answers(
    column: str, usual: float, bad: float, good: float, metric: str, role: str
) -> None:
    key = f"drivers/{metric}"
    worse = one(indicators(**{column: (usual, bad)}), key)
    assert (worse.kind, worse.level, worse.proposals[0].role) == (metric, "watch", role)
    assert "worse than its swing" in worse.text
    better = one(indicators(**{column: (usual, good)}), key)
    assert (better.level, better.proposals, better.impact) == ("good", (), None)
    calm = indicators(**{column: (usual, usual)})
    assert key not in keys(calm)
    assert one(calm, "drivers/keep").text.startswith("Steady, inside their usual swing: ")


def test_returning_visitors_are_watched_too() -> None:
    def returning(now: float) -> Answer:
        days = usual_shop(changes=wobbling(old_visitors=(300.0, now)), new_visitors=700.0)
        return gap(days, shop=shop(), today=MONDAY)

    assert one(returning(100.0), "drivers/returning").proposals[0].role == "content"
    assert one(returning(600.0), "drivers/returning").level == "good"
    assert "drivers/returning" not in keys(returning(300.0))


def test_only_refunds_are_money() -> None:
    found = one(indicators(refund_amount=(300.0, 900.0)), "drivers/refund_amount")
    assert found.impact is not None
    assert found.impact.yuan == pytest.approx(603.0)
    assert found.impact.per == "once"
    assert one(indicators(bounce_rate=(0.6, 0.8)), "drivers/bounce_rate").impact is None


def test_the_bins_to_improve_first() -> None:
    shown = table(indicators(refund_amount=(300.0, 900.0), bounce_rate=(0.6, 0.4)), "to keep up")
    assert [column.id for column in shown.columns] == ["bin", "figure", "yesterday", "usual", "swing"]
    assert shown.rows[0] == ("improve", "Refunds", "¥900", "¥297", "¥265 to ¥329")
    assert [row[:2] for row in shown.rows] == [
        ("improve", "Refunds"),
        ("achieved", "Bounce rate"),
        ("keep", "Visitors"),
        ("keep", "Conversion"),
        ("keep", "Order value"),
    ]
    assert dict(shown.columns[0].words) == {
        "improve": "to improve",
        "achieved": "achieved",
        "keep": "to keep up",
    }


# ---- scores, and figures out of the ordinary


def test_one_score_that_fell_points_at_its_process_and_all_three_at_the_shop() -> None:
    both = {"score_item": (4.80, 4.70), "score_service": (4.80, 4.75)}
    (found,) = score_fall((ScoreDrop("one process", ("score_item",)), both), "2026-06-16")
    assert (found.key, found.kind, found.about, found.level) == ("drivers/score", "score", About(), "watch")
    assert text(found.text) == (
        "Shop score fell in a week: Item as described 4.80 → 4.70; "
        "the others did not, so look at that process."
    )
    (general,) = score_fall((ScoreDrop("general", ("score_item", "score_service")), both), "2026-06-16")
    assert "(Item as described 4.80 → 4.70, Service attitude 4.80 → 4.75): general" in text(general.text)
    assert score_fall((ScoreDrop("no fall", ()), both), "2026-06-16") == []
    assert score_fall(None, "2026-06-16") == []


def test_each_score_that_fell_is_told_to_who_answers_for_it() -> None:
    both = {"score_item": (4.80, 4.70), "score_logistics": (4.80, 4.70), "score_service": (4.80, 4.70)}
    found = explained((ScoreDrop("general", tuple(both)), both), None, SUNDAY)
    assert [(one.key, one.kind, one.about.metric, one.proposals[0].role) for one in found] == [
        ("drivers/score/score_item", "score", "score_item", "supply"),
        ("drivers/score/score_logistics", "score", "score_logistics", "service"),
        ("drivers/score/score_service", "score", "score_service", "service"),
    ]
    assert found[0].proposals[0].expected == 4.80
    assert explained((ScoreDrop("no fall", ()), both), None, SUNDAY) == []
    level = {"score_item": (4.80, 4.80)}
    assert explained((ScoreDrop("one process", ("score_item",)), level), None, SUNDAY) == []


def three_days(**values: float) -> Answer:
    changes = {SUNDAY - timedelta(days=n): dict(values) for n in range(3)}
    return gap(usual_shop(changes=changes), shop=shop(), today=MONDAY)


def test_sales_that_stay_low_cost_it_every_day() -> None:
    answer = three_days(visitors=960, buyers=28, gmv=5450)
    found = one(answer, "drivers/run/gmv")
    assert (found.kind, found.about, found.level) == ("run", About(metric="gmv"), "watch")
    assert found.impact is not None
    assert found.impact.yuan == pytest.approx(484.0, abs=1)
    assert found.impact.per == "day"
    assert "3 days in a row since 12 Jun: ¥5,450, usually ¥5,934." in found.text
    assert found.proposals[0].about == About(metric="gmv")
    other = one(three_days(gmv=4000), "drivers/run/aov")
    assert other.impact is None, "an order value is no sum of money lost"


def test_a_single_figure_far_out_is_told_once() -> None:
    answer = yesterday(refund_amount=0.0)
    assert "drivers/out/refund_share" not in keys(answer), "without a history nothing is usual"
    answer = indicators(refund_amount=(300.0, 900.0))
    found = one(answer, "drivers/out/refund_share")
    assert (found.kind, found.about, found.level, found.impact) == (
        "out",
        About(metric="refund_share"),
        "watch",
        None,
    )
    assert one(indicators(refund_amount=(300.0, 90.0)), "drivers/out/refund_share").level == "good"
    bounce = keys(indicators(bounce_rate=(0.6, 0.9)))
    assert "drivers/bounce_rate" in bounce
    assert "drivers/out/bounce_rate" not in bounce, "the gap's own finding says it"


def test_the_figures_with_their_limits_and_days() -> None:
    shown = table(indicators(refund_amount=(300.0, 900.0)), "Out of the ordinary")
    assert [column.id for column in shown.columns] == [
        "figure", "value", "usual", "low", "high", "scatters", "run",
    ]  # fmt: skip
    by_name = {row[0]: row[1:] for row in shown.rows}
    assert by_name["Refunds, of the week's sales"] == ("15.1%", "4.9%", "4.3%", "5.6%", 25.1, 1)
    assert by_name["Sales"] == ("¥6,000", "¥5,934", "¥5,511", "¥6,390", 0.4, 0)
    assert by_name["Visitors"][:2] == ("1,000", "985")


# ---- what cannot be concluded


def limits(answer: Answer) -> str:
    return "\n".join(answer.limits)


def test_each_limit_of_the_gap_is_said_only_where_it_holds() -> None:
    plain = limits(gap(usual_shop(), shop=shop(), today=MONDAY))
    assert plain == (
        "Held against: 17 May, 24 May, 31 May, 7 Jun.\n"
        "The split says through which factor the money was lost, not why."
    )
    young = limits(gap(usual_shop(days=4), shop=shop(), today=MONDAY))
    assert "other days of the week stand in" in young
    assert "the swing is from counts alone and is too narrow" in young
    sized = limits(gap(usual_shop(), shop=shop(calendar=(festival(SUNDAY, multiplier=2.0),)), today=MONDAY))
    assert "A campaign or festival day: the calendar sizes its sales" in sized
    both = limits(gap(usual_shop(), sources({}), items({}), shop=shop(), today=MONDAY))
    assert "Visitors overlap between sources" in both
    assert "Items against 17 May, 24 May, 31 May, 7 Jun; their swing is from counts alone." in both


@pytest.mark.parametrize(("days", "said"), [(8, True), (9, False)])
def test_six_earlier_days_make_a_band_fewer_leave_it_to_counts(days: int, *, said: bool) -> None:
    found = limits(gap(usual_shop(days=days), shop=shop(), today=MONDAY))
    assert ("from counts alone and is too narrow" in found) == said


@pytest.mark.parametrize(("back", "said"), [(42, False), (49, True)])
def test_days_of_more_than_six_weeks_ago_may_be_another_season(back: int, *, said: bool) -> None:
    own, _ = made(NO_EFFECT)
    usual = replace(own.usual, days=(SUNDAY - timedelta(days=back),))
    shown = [text(one) for one in summary.limits(replace(own, usual=usual), None, None)]
    assert any("the season may have moved on" in one for one in shown) == said


def test_a_calendar_size_is_laid_half_on_visitors_half_on_conversion() -> None:
    calendar = (
        festival(date(2026, 6, 10), multiplier=4.0),
        festival(date(2026, 6, 11), date(2026, 6, 20), 0.7),
    )
    answer = gap(usual_shop(), shop=shop(calendar=calendar), today=MONDAY)
    assert "The calendar's ×0.70 is a plan for sales; half was laid on visitors" in limits(answer)
    found = one(answer, "drivers/dip")
    assert (found.kind, found.level, found.impact) == ("dip", "info", None)
    assert "Days after 618 are quiet: ¥1,834 below usual is the dip, not a problem." in found.text
    assert "drivers/dip" not in keys(gap(usual_shop(), shop=shop(), today=MONDAY))


# ---- languages


def test_the_answer_is_the_same_whichever_language_is_spoken() -> None:
    changes = wobbling(refund_amount=(300.0, 900.0), score_item=(4.80, 4.70))
    exports = (sources({"短视频": 3}), items({"3": (0.0, 0.0, 0.0)}))
    encoded = []
    for language in ("en", "zh"):
        speak(language)
        encoded.append(encode(drivers.gap(usual_shop(changes=changes), *exports, shop=shop(), today=MONDAY)))
    assert encoded[0] == encoded[1]
    assert len(encoded[0]["findings"]) > 3


def test_what_reviews_are_about_has_the_brackets_of_its_language() -> None:
    both = {"score_item": (4.80, 4.70)}
    bad = bad_reviews(reviews("袖口开线", "下摆开线").frame)
    (found,) = explained((ScoreDrop("one process", ("score_item",)), both), bad, SUNDAY)
    assert text(found.text).endswith("ratings in a thousand. This week's bad reviews are about seams (2).")
    speak("zh")
    assert "（2）" in text(found.text)
    assert "。 " not in text(found.text)
