"""What the gap's findings are about, what each costs, and from where on it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Table
from core.language.message import Words
from core.language.wording import text
from core.statistics.drift import ScoreDrop
from core.statistics.split import Effects
from core.topics.sales import drivers
from core.topics.sales.scores.scores import explained
from core.topics.sales.traffic import CostPerVisitor
from core.topics.sales.variance import summary
from core.topics.sales.variance.effects import Gap, gap_of, trades
from core.topics.sales.variance.findings import findings
from core.topics.sales.variance.score_findings import score_fall
from core.topics.sales.variance.sources import SourceGap, source_gap
from tests.topics.incidents.morning import of_the_morning
from tests.topics.sales.test_drivers import items, sources
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


def test_a_day_without_a_sale_is_never_usual() -> None:
    """Three weeks of empty files make no day without sales a usual one."""
    empty = {SUNDAY - timedelta(days=n): {"visitors": 0, "buyers": 0, "gmv": 0} for n in range(20)}
    answer = gap(usual_shop(changes=empty), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert answer.verdict.text.startswith("Nothing was sold yesterday; a usual day brings ¥")


def test_three_days_of_history_make_no_day_unusual() -> None:
    days = usual_shop(days=3, changes={SUNDAY: {"visitors": 500, "buyers": 12, "gmv": 2400}})
    answer = gap(days, shop=shop(), today=MONDAY)
    assert answer.verdict.level == "info"
    assert answer.verdict.text.endswith("too little history to say whether that is unusual.")


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
    return found, list(findings(found, None, None, None))


USUALLY = 6112.0


def test_a_possible_cause_is_told_without_a_task_and_a_gain_without_a_loss() -> None:
    _, (possible,) = made(Effects(-900.0, 0.0, 0.0), "possible")
    assert (possible.level, possible.proposals, possible.impact) == ("info", (), None)
    assert "this accounts for about ¥900 less in sales" in text(possible.text)
    _, (good,) = made(Effects(900.0, 0.0, 0.0))
    assert (good.level, good.proposals, good.impact) == ("info", (), None)
    assert "Visitors changed sales by +¥900, outside its usual range" in text(good.text)
    assert made(Effects(-900.0, 0.0, 0.0), "usual")[1] == []


def test_the_three_figures_with_what_each_is_worth() -> None:
    answer = yesterday(visitors=500, buyers=15, gmv=3000)
    assert columns(answer, "compared with usual") == ["figure", "yesterday", "usual", "worth"]
    assert [(*row[:3], round(float(row[3] or 0))) for row in table(answer, "compared with usual").rows] == [
        ("Visitors", "500", "995", -3005),
        ("Conversion", "3.00%", "2.99%", 15),
        ("Order value", "¥200", "¥205", -122),
        ("Sales", "¥3,000", "¥6,112", -3112),
    ]


# ---- the sentence


def verdict(effects: Effects, sold: float, said: str = "likely") -> tuple[str, str]:
    found, _ = made(effects, said, sold=sold)
    answer = summary.verdict(found, None)
    return answer.level, text(answer.text)


# ---- sources


def test_the_sources_with_their_visitors_yuan_and_cost() -> None:
    days = usual_shop(ads_keyword=40.0)
    rows = sources({"手淘搜索": 90}).frame.copy()
    rows.loc[rows["level2"] == "小红书", "level2"] = "直通车"
    sheet = type(sources({}))(rows)
    found = of_the_morning(days, sources=sheet)
    shown = table(gap(days, sheet, found=found, shop=shop(), today=MONDAY), "Traffic sources")
    assert [column.id for column in shown.columns] == [
        "source", "visitors", "usual", "by_visitors", "worth", "spent", "per_visitor", "judged",
    ]  # fmt: skip
    by_name = {row[0]: row for row in shown.rows}
    first = by_name["手淘搜索"]
    assert first[1] == 90.0
    assert first[2] == pytest.approx(502.5)
    assert first[3] == pytest.approx(-2500, abs=200)
    assert first[4] == pytest.approx(-2400)
    assert first[5:] == (None, None, "changed")
    paid = next(row for name, row in by_name.items() if name in ("直通车", "关键词推广"))
    assert paid[5] == 40.0
    assert paid[6] == pytest.approx(40.0 / float(paid[1] or 0))
    last = shown.rows[-1]
    assert (last[0], last[1:4], last[5:]) == ("Unattributed", (None, None, None), (None, None, "overlap"))
    assert {id_ for id_, _ in shown.columns[7].words} == {"new", "usual", "changed", "overlap"}
    calm = table(gap(days, sheet, shop=shop(), today=MONDAY), "Traffic sources")
    assert {row[7] for row in calm.rows} == {"usual", "overlap"}


def gap_by_source(yesterday: dict[str, float]) -> SourceGap:
    frame = usual_shop().frame
    found = source_gap(sources(yesterday).frame, trades(frame), frame, shop(), SUNDAY)
    assert found is not None
    return found


# ---- items


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
    assert [row[7] for row in shown.rows] == ["usual", "gone", "usual", "usual", "usual", "usual"]
    assert shown.rows[5][0] == "All other items"


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


# ---- scores, and figures out of the ordinary


def test_one_score_that_fell_points_at_its_process_and_all_three_at_the_shop() -> None:
    both = {"score_item": (4.80, 4.70), "score_service": (4.80, 4.75)}
    (found,) = score_fall((ScoreDrop("one process", ("score_item",)), both), "2026-06-16")
    assert (found.key, found.kind, found.about, found.level) == ("drivers/score", "score", About(), "watch")
    assert text(found.text) == (
        "One shop score fell this week: Item as described 4.80 → 4.70. "
        "The others did not, so check what this score measures."
    )
    (general,) = score_fall((ScoreDrop("general", ("score_item", "score_service")), both), "2026-06-16")
    assert "(Item as described 4.80 → 4.70, Service attitude 4.80 → 4.75): buyers" in text(general.text)
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


# ---- what cannot be concluded


def limits(answer: Answer) -> str:
    return "\n".join(answer.limits)


def test_each_limit_of_the_gap_is_said_only_where_it_holds() -> None:
    plain = limits(gap(usual_shop(), shop=shop(), today=MONDAY))
    assert plain == (
        "Days used for comparison: 17 May, 24 May, 31 May, 7 Jun.\nThe split shows whether the money was "
        "lost through visitors, conversion or order value, but not why."
    )
    young = limits(gap(usual_shop(days=4), shop=shop(), today=MONDAY))
    assert "other weekdays were used" in young
    assert (
        "the usual range is estimated from the numbers of visitors and buyers alone and is too narrow"
        in young
    )
    sized = limits(gap(usual_shop(), shop=shop(calendar=(festival(SUNDAY, multiplier=2.0),)), today=MONDAY))
    assert "A campaign or festival day: the calendar sets its expected sales" in sized
    both = limits(gap(usual_shop(), sources({}), items({}), shop=shop(), today=MONDAY))
    assert "Visitors overlap between sources" in both
    assert "The days that items are compared with: 17 May, 24 May, 31 May, 7 Jun." in both


@pytest.mark.parametrize(("days", "said"), [(8, True), (9, False)])
def test_six_earlier_days_make_a_band_fewer_leave_it_to_counts(days: int, *, said: bool) -> None:
    found = limits(gap(usual_shop(days=days), shop=shop(), today=MONDAY))
    assert ("from the numbers of visitors and buyers alone and is too narrow" in found) == said


@pytest.mark.parametrize(("back", "said"), [(42, False), (49, True)])
def test_days_of_more_than_six_weeks_ago_may_be_another_season(back: int, *, said: bool) -> None:
    own, _ = made(NO_EFFECT)
    usual = replace(own.usual, days=(SUNDAY - timedelta(days=back),))
    shown = [text(one) for one in summary.limits(replace(own, usual=usual), None, None)]
    assert any("the season may have changed" in one for one in shown) == said


def test_a_calendar_size_is_laid_half_on_visitors_half_on_conversion() -> None:
    calendar = (
        festival(date(2026, 6, 10), multiplier=4.0),
        festival(date(2026, 6, 11), date(2026, 6, 20), 0.7),
    )
    answer = gap(usual_shop(), shop=shop(calendar=calendar), today=MONDAY)
    assert (
        "The calendar expects 0.70 times the usual sales; half of this effect was assigned to visitors"
        in limits(answer)
    )
    found = one(answer, "drivers/dip")
    assert (found.kind, found.level, found.impact) == ("dip", "info", None)
    assert "Days after 618 are quiet: ¥1,834 below usual is normal after it, not a problem." in found.text
    assert "drivers/dip" not in keys(gap(usual_shop(), shop=shop(), today=MONDAY))


# ---- languages
