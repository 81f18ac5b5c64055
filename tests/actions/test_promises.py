"""What was promised, seen from the day its figure is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from core.actions.predictors import scores
from core.actions.promises import Promise, due_promises, judge
from core.journal.actions import Action, actions
from core.measures.metrics import Figures, ratio
from core.shop.settings import CalendarDay
from tests.topics.tables import MONDAY, SUNDAY, shop
from tests.topics.writing import Journal


def action(**fields: Any) -> Action:
    journal = Journal(MONDAY)
    journal.promise(
        "把它拉回来", back=2, **{"metric": "visitors", "direction": "up", "due": SUNDAY.isoformat(), **fields}
    )
    return actions(journal.days[MONDAY - timedelta(days=2)])[0]


def usual(yesterday: float, level: float = 1000.0) -> Figures:
    """Ten weeks around 1,000, swinging by about 4 %, a week at the given level, yesterday as given."""
    values = {
        SUNDAY - timedelta(days=back): 1000.0 * (1 + 0.04 * ((back * 7) % 5 - 2) / 2) for back in range(70)
    }
    values |= {SUNDAY - timedelta(days=back): level for back in range(1, 6)}
    return Figures(values | {SUNDAY: yesterday})


def judged(yesterday: float, level: float = 1000.0, **fields: Any) -> Promise:
    return judge(action(**fields), usual(yesterday, level), shop(), MONDAY)


def test_a_move_inside_the_usual_swing_cannot_be_told() -> None:
    found = judged(1020.0)
    assert (found.outcome, found.why) == ("cannot tell", "unclear")


@pytest.mark.parametrize(("expected", "direction"), [(1010.0, "up"), (985.0, "down")])
def test_a_promise_of_no_more_than_a_day_swings_cannot_be_told_even_where_it_is_reached(
    expected: float, direction: str
) -> None:
    found = judged(expected, expected=expected, direction=direction)
    assert (found.outcome, found.why) == ("cannot tell", "unclear")
    assert found.needed is not None
    assert found.needed > found.days == 1


def test_a_promise_of_what_is_usual_anyway_cannot_be_told() -> None:
    found = judged(1010.0, expected=990.0)
    assert (found.outcome, found.why) == ("cannot tell", "as usual")


def test_half_way_between_usual_and_promised_cannot_be_told() -> None:
    assert judged(1104.0, expected=1200.0).outcome == "cannot tell"


@pytest.mark.parametrize(
    ("yesterday", "fields", "outcome"),
    [
        (1210.0, {"expected": 1200.0}, "kept"),
        (1010.0, {"expected": 1200.0}, "not kept"),
        (700.0, {"expected": 1200.0}, "not kept"),
        (690.0, {"expected": 700.0, "direction": "down"}, "kept"),
        (990.0, {"expected": 700.0, "direction": "down"}, "not kept"),
        (1300.0, {}, "kept"),
        (700.0, {}, "not kept"),
        (700.0, {"direction": "down"}, "kept"),
        (1300.0, {"direction": "down"}, "not kept"),
        (1000.0, {"direction": "hold"}, "kept"),
        (1300.0, {"direction": "hold"}, "not kept"),
    ],
)
def test_a_clear_figure_decides(yesterday: float, fields: dict[str, Any], outcome: str) -> None:
    assert judged(yesterday, **fields).outcome == outcome


def test_the_reason_is_told_with_the_outcome() -> None:
    assert judged(1210.0, expected=1200.0).why == "reached"
    assert judged(1000.0, expected=1000.0).why == "as usual", "reached to the yuan, and no more than usual"
    assert judged(700.0, expected=1000.0).why == "short"
    assert judged(1300.0).why == "moved"
    assert judged(700.0).why == "wrong way"
    assert judged(1000.0, direction="hold").why == "held"
    assert judged(1300.0, direction="hold").why == "wrong way"
    assert judged(700.0, direction="down", expected=800.0).outcome == "kept"
    assert judged(1300.0, direction="down", expected=800.0).why == "short"
    assert judged(1300.0, direction="hold", expected=1300.0).outcome == "kept"


def test_a_figure_that_no_export_holds_cannot_be_told() -> None:
    assert judge(action(), None, shop(), MONDAY).why == "no figure"


def test_a_figure_not_in_yet_waits() -> None:
    found = judge(action(due=MONDAY.isoformat()), usual(1000.0), shop(), MONDAY)
    assert found.outcome == "waiting"


def test_a_promise_without_a_number_is_kept_when_done() -> None:
    journal = Journal(MONDAY)
    name = journal.promise("问小二", back=2)
    journal.write("action-update", "standup", day=SUNDAY, action=name, state="done")
    done = actions([entry for day in sorted(journal.days) for entry in journal.days[day]])[0]
    assert judge(done, None, shop(), MONDAY).outcome == "kept"
    assert judge(action(metric=None), None, shop(), MONDAY).outcome == "not kept"


def test_five_buyers_decide_nothing() -> None:
    days = [SUNDAY - timedelta(days=back) for back in range(60)]
    few = ratio(dict.fromkeys(days, 2.0), dict.fromkeys(days, 130.0), proportion=True)
    found = judge(action(metric="item_conversion", item="1", expected=0.025), few, shop(), MONDAY)
    assert (found.outcome, found.why) == ("cannot tell", "unclear")


def test_a_ratio_is_taken_over_the_days_since() -> None:
    days = [SUNDAY - timedelta(days=back) for back in range(60)]
    cost = {day: 390.0 if day < SUNDAY - timedelta(days=1) else 240.0 for day in days}
    found = judge(
        action(metric="cpc", direction="down", expected=2.6),
        ratio(cost, dict.fromkeys(days, 100.0)),
        shop(),
        MONDAY,
    )
    assert found.outcome == "kept"
    assert found.value == pytest.approx(2.4)


def test_the_days_since_it_was_done_are_measured() -> None:
    journal = Journal(MONDAY)
    name = journal.promise("上新图", back=6, metric="visitors", direction="up", due=SUNDAY.isoformat(),
                           expected=1100.0)  # fmt: skip
    journal.write("action-update", "standup", day=SUNDAY - timedelta(days=3), action=name, state="done")
    done = actions([entry for day in sorted(journal.days) for entry in journal.days[day]])[0]
    found = judge(done, usual(1100.0, 1100.0), shop(), MONDAY)
    assert (found.days, found.outcome) == (3, "kept")


def test_a_day_that_a_campaign_moved_too_tells_nothing_of_an_action() -> None:
    campaign = CalendarDay(SUNDAY, SUNDAY)
    found = judge(action(expected=1200.0), usual(1400.0), shop(calendar=(campaign,)), MONDAY)
    assert (found.outcome, found.why) == ("cannot tell", "campaign")


def test_of_sales_the_calendars_small_multiplier_is_usual_and_a_large_one_hides_the_action() -> None:
    sold = action(metric="gmv", expected=1220.0)
    small, large = (CalendarDay(SUNDAY, SUNDAY, times) for times in (1.2, 5.0))
    found = judge(sold, usual(1220.0), shop(calendar=(small,)), MONDAY)
    assert found.usual == pytest.approx(1200.0, rel=0.03)
    assert found.outcome == "cannot tell"
    assert judge(sold, usual(5100.0), shop(calendar=(large,)), MONDAY).why == "campaign"


def test_goods_on_the_shelf_are_counted_not_weighed() -> None:
    held = Figures({SUNDAY - timedelta(days=back): 20.0 for back in range(5)} | {SUNDAY: 410.0})
    assert judge(action(metric="on_hand", expected=400.0), held, shop(), MONDAY).outcome == "kept"
    assert judge(action(metric="on_hand", expected=420.0), held, shop(), MONDAY).outcome == "not kept"


def test_a_week_of_figures_before_it_is_needed() -> None:
    short = Figures({SUNDAY - timedelta(days=back): 900.0 + back for back in range(7)})
    found = judge(action(expected=1200.0), short, shop(), MONDAY)
    assert (found.outcome, found.why) == ("cannot tell", "few days")


@pytest.mark.parametrize(("swings", "least"), [(0.2, 0.0), (1.0, 0.1), (2.0, 0.5), (3.0, 0.75)])
def test_kept_and_not_kept_are_told_alike_and_seldom_wrongly(swings: float, least: float) -> None:
    """Promises of some swings of a day, half of them come true: told rightly as far as they can be."""
    chance = np.random.default_rng(12)
    told = {True: [0, 0], False: [0, 0]}
    for trial in range(120):
        true = trial % 2 == 0
        noise = np.exp(chance.normal(0, 0.1, 43))
        days = {SUNDAY - timedelta(days=back): 1000.0 * noise[back] for back in range(1, 43)}
        goal = 1000.0 * np.exp(0.1 * swings)
        days[SUNDAY] = (goal if true else 1000.0) * noise[0]
        outcome = judge(action(expected=float(goal)), Figures(days), shop(), MONDAY).outcome
        told[true][0] += outcome == ("kept" if true else "not kept")
        told[true][1] += outcome == ("not kept" if true else "kept")
    for rightly, wrongly in told.values():
        assert least - 0.1 <= rightly / 60
        assert wrongly / 60 <= 0.1
    assert abs(told[True][0] - told[False][0]) <= 15


def test_a_person_with_five_promises_is_held_against_as_usual() -> None:
    bold = [judged(1210.0, expected=1200.0) for _ in range(5)]
    (ahead,) = scores([replace_noise(one, n) for n, one in enumerate(bold)], shop())
    assert (ahead.standing, ahead.told, ahead.ranked) == ("ahead", True, False)
    (moved,) = ahead.moved
    assert moved.metric == "visitors"
    assert moved.low < moved.total < moved.high
    (few,) = scores(bold[:4], shop())
    assert few.standing is None


def replace_noise(promise: Promise, n: int) -> Promise:
    """The same promise with a slightly different gain: equal ones have no error."""
    return replace(promise, gain=(promise.gain or 0.0) + 0.01 * n)


def test_dropped_and_todays_promises_are_not_due() -> None:
    journal = Journal(MONDAY)
    dropped = journal.promise("算了")
    journal.write("action-update", "standup", action=dropped, state="dropped")
    journal.write("action", "drivers", text="今天的", due=MONDAY.isoformat())
    journal.promise("还早", due=date(2026, 6, 20).isoformat())
    kept = journal.promise("昨天到期", back=2)
    assert [one.id for one in due_promises(journal.past.actions, MONDAY)] == [kept]
