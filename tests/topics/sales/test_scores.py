"""What a falling shop score is made of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, LevelName, finding
from core.exports.kinds.reviews import Reviews
from core.shop.settings import CalendarDay
from core.topics.sales import drivers
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, of_rows, shop, told_by, usual_shop

gap = told_by(drivers.gap)

Changes = dict[date, dict[str, float | None]]


def bounce(day: date) -> float:
    return 0.66 * (1 + WOBBLE[day.toordinal() % 11] / 3)


def asked(
    changes: Changes | None = None, *, calendar: tuple[CalendarDay, ...] = (), reviews: Reviews | None = None
) -> Answer:
    base: Changes = {
        day: {"bounce_rate": bounce(day)} for day in (SUNDAY - timedelta(days=n) for n in range(70))
    }
    for day, values in (changes or {}).items():
        base.setdefault(day, {}).update(values)
    return gap(usual_shop(changes=base), reviews=reviews, shop=shop(calendar=calendar), today=MONDAY)


def last(days: int, **values: float) -> Changes:
    return {SUNDAY - timedelta(days=n): dict(values) for n in range(days)}


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


SCORES = {"score_item": 4.80, "score_logistics": 4.80, "score_service": 4.80}


def scored(**now: float) -> Changes:
    changes: Changes = {SUNDAY - timedelta(days=n): dict(SCORES) for n in range(20)}
    changes[SUNDAY] = {**SCORES, **now}
    return changes


def reviews(*texts: str) -> Reviews:
    return of_rows(
        Reviews,
        [
            {"review": f"r{n}", "date": SUNDAY, "item": "1", "stars": 1.0, "text": text}
            for n, text in enumerate(texts)
        ],
    )


def test_a_score_that_stands_is_not_explained() -> None:
    assert not [one for one in asked(scored()).findings if one.key.startswith("drivers/score")]


def test_a_fall_is_said_in_one_star_ratings() -> None:
    text = found(asked(scored(score_item=4.79)), "drivers/score/score_item")
    assert "as if 3 in a thousand ratings had become one-star ones" in text, (
        "1000 × 0.01 / 3.79, as many as it takes"
    )
    assert "bad review" not in text, "without reviews nothing is said of them"


def test_what_the_weeks_bad_reviews_are_about() -> None:
    answer = asked(scored(score_item=4.78), reviews=reviews("袖口开线", "掉色严重", "下摆开线"))
    assert "seams (2)" in found(answer, "drivers/score/score_item")


def test_reviews_about_something_else_make_it_general() -> None:
    answer = asked(scored(score_logistics=4.78), reviews=reviews("袖口开线", "掉色严重"))
    assert "buyers are dissatisfied in general" in found(answer, "drivers/score/score_logistics")


def test_reviews_without_bad_words_explain_nothing() -> None:
    good = of_rows(Reviews, [{"review": "g", "date": SUNDAY, "item": "1", "stars": 5.0, "text": "很好"}])
    assert "people rated without writing anything" in found(
        asked(scored(score_item=4.78), reviews=good), "drivers/score/score_item"
    )


@pytest.mark.parametrize(("back", "said"), [(6, True), (7, False)])
def test_bad_reviews_of_the_last_seven_days_explain_a_score(back: int, *, said: bool) -> None:
    rows = [
        {"review": "1", "date": SUNDAY - timedelta(days=back), "item": "1", "stars": 1.0, "text": "袖口开线"}
    ]
    text = found(
        asked(scored(score_item=4.78), reviews=of_rows(Reviews, [*rows])), "drivers/score/score_item"
    )
    assert ("seams (1)" in text) == said
    assert ("people rated without writing anything" in text) != said


def said(kind: str, level: LevelName, metric: str = "") -> Finding[str]:
    return finding("drivers", kind, level, "x", about=About(metric=metric))
