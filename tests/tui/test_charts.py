"""Charts and figures in characters: what stands where, and that nothing unknown looks like a figure."""

from __future__ import annotations

import pytest

from core.answers.answer import Mark, Number, Part, Series, Split
from tui.text.sanitize import width
from tui.widgets.charts import figure, number_lines, plot, series_lines, split_lines


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1234.5, "CNY", "¥1,234"),
        (0.0188, "rate", "1.9%"),
        (1234.0, "count", "1,234"),
        (2.5, "ratio", "2.50"),
        (9.25, "days", "9.2 days"),
        (42.4, "seconds", "42 s"),
        (3.0, "stars", "3.00 stars"),
        (None, "CNY", "-"),
        (float("nan"), "count", "-"),
    ],
)
def test_a_figure_is_shown_in_its_unit(value: float | None, unit: str, words: str) -> None:
    assert figure(value, unit) == words


def test_figures_stand_under_each_other_with_their_range_and_what_they_are_held_against() -> None:
    shown = number_lines(
        [
            Number("Sales", "CNY", 37_460.0, 30_000.0, 45_000.0, 48_000.0),
            Number("访客", "count", 1234.0, None, 2.0),
            Number("Unknown", "count", None),
        ]
    )
    assert [one.plain for one in shown] == [
        "Sales    ¥37,460  ¥30,000 to ¥45,000  compared with ¥48,000",
        "访客       1,234",
        "Unknown        -",
    ]
    assert number_lines([]) == []


def test_the_parts_of_a_split_are_bars_as_long_as_they_weigh_and_add_up_below() -> None:
    split = Split(
        "gap",
        "count",
        -50.0,
        (Part("visitors", -100.0), Part("conversion", 50.0), Part("price", 1.0, -2.0, 2.0)),
    )
    rows = split_lines(split, 100)
    plain = [one.plain.rstrip() for one in rows]
    assert plain == [
        "visitors    -100  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿|",
        f"conversion    50  {' ' * 24}|⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        f"price          1  {' ' * 24}|⡇  within its usual range",
        "total        -50",
    ]
    looks = [[str(span.style) for span in one.spans] for one in rows[:3]]
    assert "$level-act" in looks[0]
    assert "$level-good" in looks[1]
    assert "$level-good" not in looks[2]
    assert "within its usual range" not in split_lines(split, 70)[2].plain, "no room for it"
    assert [one.plain for one in split_lines(Split("gap", "count", 0.0, ()), 60)] == ["total  0"]


def test_a_line_goes_from_its_lowest_to_its_highest_value() -> None:
    assert plot([0.0, 1.0, 2.0, 3.0], 2, 1) == ["⡠⠊"]
    assert plot([3.0, 0.0], 1, 1) == ["⢣"]
    assert plot([0.0, 3.0], 1, 1) == ["⡜"]
    assert plot([0.0, 1.0], 4, 3) == ["⠀⠀⢀⠎", "⠀⢠⠃⠀", "⡰⠁⠀⠀"]
    assert plot([5.0, 5.0, 5.0], 4, 1) == ["⠒⠒⠒⠒"], "level: in the middle"
    assert plot([], 2, 1) == plot([None, float("nan")], 2, 1) == ["\u2800\u2800"]


def test_a_series_has_its_extremes_at_the_side_its_days_below_and_its_latest_value() -> None:
    dates = tuple(f"2026-11-{day:02}" for day in range(1, 5))
    series = Series("Sales", "count", dates, (10.0, None, 30.0, 20.0), (Mark("2026-11-03", "双11"),))
    plain = [one.plain for one in series_lines(series, 40)]
    assert len(plain) == 4 + 3
    assert plain[0].startswith("30 |")
    assert plain[3].startswith("10 |")
    assert plain[1].startswith("   |")
    assert plain[4].split() == ["1", "Nov", "4", "Nov"]
    assert width(plain[4]) == width(plain[0]), "the last day stands under the last value"
    assert plain[5].strip() == "latest 20  1 day without figures"
    assert plain[6].strip() == "3 Nov 双11"
    known = Series("Sales", "count", dates[:2], (1.0, 2.0))
    assert series_lines(known, 40)[-1].plain.strip() == "latest 2"
    nothing = Series("Sales", "count", dates[:1], (None,))
    assert [one.plain for one in series_lines(nothing, 40)] == ["No values."]
    wide = series_lines(Series("Sales", "count", ("x", "y"), (1.0, 2.0)), 500)
    assert width(wide[0].plain) == 1 + 2 + 24, "two days are no wide picture"
