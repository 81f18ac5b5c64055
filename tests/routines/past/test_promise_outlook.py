"""While a promise is typed it is said whether it can be told, and from how many days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import UsageError
from routines.forms.typed_values import figure_meant
from routines.past.promise_outlook import promise_outlook

DAY = date(2026, 10, 12)


def said(shop: Path, metric: str, goal: float, *, way: int = 1, days: int = 3) -> str:
    due = DAY + timedelta(days=days)
    return promise_outlook(shop, metric=metric, goal=goal, way=way, due=due, day=DAY, lang="en")


def test_a_small_promise_is_said_to_need_more_days(sample_shop: Path) -> None:
    words = said(sample_shop, "conversion", 0.0235, days=1)
    assert words.startswith("Usual is ")
    assert "The result cannot be judged by 13 Oct: that takes " in words


def test_a_large_promise_is_told_soon(sample_shop: Path) -> None:
    assert "after the action is done, the figures show" in said(sample_shop, "visitors", 90_000.0, days=3)


def test_a_promise_of_what_is_usual_is_said_to_tell_nothing(sample_shop: Path) -> None:
    assert "so it cannot be told whether 10 was kept" in said(sample_shop, "visitors", 10.0)


def test_nothing_is_said_of_figures_that_are_not_there(sample_shop: Path) -> None:
    assert said(sample_shop, "on_hand", 400.0) == ""
    assert said(sample_shop, "negative_reviews", 400.0) == ""


@pytest.mark.parametrize(
    ("typed", "metric", "value"),
    [
        ("2.5%", "conversion", 0.025),
        ("2.5", "conversion", 0.025),
        ("0.025", "conversion", 0.025),
        ("1,200", "visitors", 1200.0),
        ("3.8万", "gmv", 38_000.0),
        ("¥2.60", "cpc", 2.6),
        ("2.5", "roi", 2.5),
    ],
)
def test_a_figure_is_read_as_it_is_meant(typed: str, metric: str, value: float) -> None:
    assert figure_meant(typed, metric) == pytest.approx(value)


@pytest.mark.parametrize("typed", ["", "viel", "12-15", "-3"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is not a number"):
        figure_meant(typed)
