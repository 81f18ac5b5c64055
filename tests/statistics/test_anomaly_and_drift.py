from datetime import date, timedelta

import pytest

from core.statistics import anomaly, drift

DAY = date(2026, 11, 16)


def history(today: float | None, wobble: float = 0.03) -> dict[date, float | None]:
    shape = [1.0, 1.0, 1.0, 1.0, 1.1, 1.4, 1.3]
    days: dict[date, float | None] = {}
    for back in range(1, 57):
        day = DAY - timedelta(days=back)
        days[day] = 1000 * shape[day.weekday()] * (1 + wobble * ((back * 37 % 11) - 5) / 5)
    days[DAY] = today
    return days


def test_a_fall_rings_and_a_usual_day_does_not() -> None:
    fall, usual = anomaly.judge_day(history(640), DAY), anomaly.judge_day(history(1010), DAY)
    assert fall is not None
    assert usual is not None
    assert fall.level == "alarm"
    assert fall.change == pytest.approx(-0.36, abs=0.03)
    assert usual.level == "usual"
    assert usual.low < 1010 < usual.high


def test_trifles_of_a_stable_figure_do_not_ring() -> None:
    found = anomaly.judge_day(history(970, wobble=0.001), DAY)
    assert found is not None
    assert found.z is not None
    assert found.z < -3.5
    assert found.level == "note"


def test_a_constant_figure_has_no_measure() -> None:
    days = dict.fromkeys(history(5.0), 5.0)
    found = anomaly.judge_day({**days, DAY: 9.0}, DAY)
    assert found is not None
    assert found.z is None
    assert found.level == "constant so far"


def test_unknown_or_too_little_is_no_answer() -> None:
    assert anomaly.judge_day(history(None), DAY) is None
    assert anomaly.judge_day(history(0), DAY, scale="logit") is None
    assert anomaly.judge_day({DAY: 100.0}, DAY) is None
    plain = anomaly.judge_day(history(0), DAY, scale="plain")
    assert plain is not None
    assert plain.level == "alarm"


def test_a_day_of_nothing_rings_without_a_measure() -> None:
    found = anomaly.judge_day(history(0), DAY)
    assert found is not None
    assert (found.z, found.level, found.change) == (None, "alarm", -1)


def test_a_campaign_in_the_reference_is_left_out() -> None:
    days = history(640)
    marked = frozenset(DAY - timedelta(days=7 * week) for week in range(1, 6))
    for day in marked:
        days[day] = 9000.0
    found = anomaly.judge_day(days, DAY, special_days=marked)
    assert found is not None
    assert found.level == "alarm"
    assert found.usual == pytest.approx(1000, rel=0.05)


def test_rates_are_judged_with_their_sampling_error() -> None:
    days = {day: value and value / 40_000 for day, value in history(1000).items()}
    days[DAY] = 0.012
    sharp = anomaly.judge_day(days, DAY, scale="logit")
    blunt = anomaly.judge_day(days, DAY, scale="logit", sampling_sd=0.5)
    assert sharp is not None
    assert blunt is not None
    assert sharp.level == "alarm"
    assert blunt.level == "usual"
    assert sharp.change == pytest.approx(0.012 - 0.025, abs=0.002)


def test_the_day_things_shifted() -> None:
    assert drift.shift_place([10, 11, 10, 11, 20, 21, 20]) == 4
    assert drift.shift_place([5, 5, 5]) is None
    assert drift.shift_place([5]) is None


def test_scores_that_fall_together_are_general() -> None:
    before = {"item": 4.80, "service": 4.79, "logistics": 4.81}
    assert drift.compare_drops(before, before).kind == "no fall"
    assert drift.compare_drops(before, {k: v - 0.02 for k, v in before.items()}).kind == "general"
    alone = drift.compare_drops(before, {**before, "logistics": 4.76})
    assert alone == ("one process", ("logistics",))
    two = drift.compare_drops(before, {"item": 4.70, "service": 4.75, "logistics": 4.81})
    assert two == ("several", ("item", "service"))


def test_score_arithmetic_at_its_ends() -> None:
    assert drift.one_star_ratings(4.8, 2000, 1.0) is None
    assert drift.one_star_ratings(4.79, 2000, 4.8) == 0
