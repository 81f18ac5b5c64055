"""Search terms that rise: one loud day is none, and a rising one goes into the title it fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from core.answers.answer import About, Answer
from core.exports.kinds.search_terms import SearchTerms
from core.topics.titles import optimise
from tests.topics.tables import MONDAY, of_rows, shop, told_by
from tests.topics.titles.test_optimise import KNIT, shelf

titles = told_by(optimise.titles)

STEADY = {"针织开衫女": 300.0, "短款开衫": 120.0, "法式开衫": 60.0}


def asked(term: str, visits: Callable[[int], float], rate: float = 0.05) -> Answer:
    """Four weeks of searches; ``visits`` gives the term's by how many days back."""
    rows: list[dict[str, object]] = []
    for back in range(28, 0, -1):
        for name, n in (*STEADY.items(), (term, visits(back))):
            seen = round(n * (1 + 0.08 * ((back * 7) % 5 - 2) / 2))
            rows.append({"date": MONDAY - timedelta(days=back), "term": name, "visitors": float(seen),
                         "buyers": float(round(seen * rate))})  # fmt: skip
    return titles(shelf({"a": KNIT}), of_rows(SearchTerms, rows), shop=shop(margin=0.5), today=MONDAY)


def rising(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith("optimise/rising/")]


def test_terms_that_go_up_and_down_are_left_alone() -> None:
    assert rising(asked("小香风针织开衫", lambda _: 40.0)) == []


def test_one_loud_day_is_no_rise() -> None:
    assert rising(asked("小香风针织开衫", lambda back: 400.0 if back == 6 else 8.0)) == []


def test_a_falling_term_is_no_rise() -> None:
    assert rising(asked("小香风针织开衫", lambda back: 3.0 * back)) == []


def test_a_rising_term_goes_into_the_title_it_fits() -> None:
    answer = asked("小香风针织开衫", lambda back: 90.0 - 3.0 * back)
    assert rising(answer) == ["optimise/rising/小香风针织开衫"]
    told = next(one for one in answer.findings if one.key.startswith("optimise/rising/"))
    assert (told.level, told.kind, told.about) == ("watch", "rising", About(word="小香风针织开衫"))
    assert "Start by adding “小香风” to the title of 法式针织开衫." in told.text
    assert any("+小香风" in one.text or "room for 小香风" in one.text for one in answer.findings)


def test_a_rising_term_nothing_of_ours_serves_is_said_and_left_to_people() -> None:
    answer = asked("冲锋衣三合一", lambda back: 90.0 - 3.0 * back)
    told = next(one for one in answer.findings if one.key == "optimise/rising/冲锋衣三合一")
    assert (told.level, told.proposals) == ("info", ())
    assert "No title contains it;" in told.text
