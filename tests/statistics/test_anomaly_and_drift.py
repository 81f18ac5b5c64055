from datetime import date, timedelta

from core.statistics import drift

DAY = date(2026, 11, 16)


def history(today: float | None, wobble: float = 0.03) -> dict[date, float | None]:
    shape = [1.0, 1.0, 1.0, 1.0, 1.1, 1.4, 1.3]
    days: dict[date, float | None] = {}
    for back in range(1, 57):
        day = DAY - timedelta(days=back)
        days[day] = 1000 * shape[day.weekday()] * (1 + wobble * ((back * 37 % 11) - 5) / 5)
    days[DAY] = today
    return days


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
