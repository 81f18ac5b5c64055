"""What was promised, seen from the day its figure is in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.actions.promises import Promise, due_promises, judge
from core.journal.actions import Action, actions
from core.measures.metrics import Figures, ratio
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
    assert (found.outcome, found.why) == ("cannot tell", "swing")


def test_short_of_the_promise_by_less_than_the_swing_cannot_be_told() -> None:
    assert judged(985.0, expected=1000.0).outcome == "cannot tell"


@pytest.mark.parametrize(
    ("yesterday", "fields", "outcome"),
    [
        (1010.0, {"expected": 1000.0}, "kept"),
        (700.0, {"expected": 1000.0}, "not kept"),
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
    assert judged(1010.0, expected=1000.0).why == "reached"
    assert judged(1000.0, expected=1000.0).outcome == "kept", "reached to the yuan"
    assert judged(700.0, expected=1000.0).why == "short"
    assert judged(1300.0).why == "moved"
    assert judged(700.0).why == "wrong way"
    assert judged(1000.0, direction="hold").why == "reached"
    assert judged(1300.0, direction="hold").why == "wrong way"
    assert judged(700.0, direction="down", expected=800.0).outcome == "kept"
    assert judged(1300.0, direction="down", expected=800.0).why == "short"
    assert judged(1300.0, direction="hold", expected=1300.0).outcome == "kept"


def few_days(number: int, yesterday: float) -> Figures:
    """As many days of about 1,000 as the number says before yesterday's figure."""
    days = {SUNDAY - timedelta(days=back): 1000.0 + back % 3 for back in range(1, number + 1)}
    return Figures(days | {SUNDAY: yesterday})


def test_without_a_usual_swing_nothing_but_what_was_reached_can_be_told() -> None:
    few = few_days(2, 1300.0)
    for fields in ({}, {"direction": "hold"}, {"expected": 1400.0}):
        found = judge(action(**fields), few, shop(), MONDAY)
        assert (found.outcome, found.why, found.swing) == ("cannot tell", "swing", None), fields
    assert judge(action(expected=1300.0), few, shop(), MONDAY).outcome == "kept"


def test_without_a_figure_before_it_was_agreed_a_move_cannot_be_told() -> None:
    only = Figures({SUNDAY: 1300.0})
    for fields in ({}, {"direction": "hold"}):
        found = judge(action(**fields), only, shop(), MONDAY)
        assert (found.outcome, found.why, found.before) == ("cannot tell", "no number", None), fields


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
    assert (found.outcome, found.why) == ("cannot tell", "few")


@pytest.mark.parametrize(
    ("buyers", "direction", "outcome", "why"),
    [
        (9.0, "up", "kept", "reached"),
        (0.0, "up", "not kept", "short"),
        (0.0, "down", "kept", "reached"),
        (9.0, "down", "not kept", "short"),
        (2.0, "up", "cannot tell", "few"),
    ],
)
def test_few_buyers_decide_where_even_they_leave_no_doubt(
    buyers: float, direction: str, outcome: str, why: str
) -> None:
    days = [SUNDAY - timedelta(days=back) for back in range(60)]
    few = ratio(dict.fromkeys(days, buyers), dict.fromkeys(days, 130.0), proportion=True)
    promised = action(metric="item_conversion", item="1", expected=0.025, direction=direction)
    found = judge(promised, few, shop(), MONDAY)
    assert (found.outcome, found.why) == (outcome, why)
    unnumbered = judge(action(metric="item_conversion", item="1"), few, shop(), MONDAY)
    assert unnumbered.why != "few", "without a number there is nothing to hold the few against"


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


def test_dropped_and_todays_promises_are_not_due() -> None:
    journal = Journal(MONDAY)
    dropped = journal.promise("算了")
    journal.write("action-update", "standup", action=dropped, state="dropped")
    journal.write("action", "drivers", text="今天的", due=MONDAY.isoformat())
    journal.promise("还早", due=date(2026, 6, 20).isoformat())
    kept = journal.promise("昨天到期", back=2)
    assert [one.id for one in due_promises(journal.past.actions, MONDAY)] == [kept]
