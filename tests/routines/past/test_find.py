"""The past of the sample shop answers: words, figures, what came of what was agreed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from core.errors import UsageError
from routines.past.find import Finder
from routines.past.find_results import Result, count_words, figure, from_shape, shape

MONDAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def finder(sample_shop: Path) -> Finder:
    return Finder(sample_shop)


def find(finder: Finder, words: str, **bounds: date) -> Result:
    return finder.find(words, today=MONDAY, lang="en", **bounds)


def dates(result: Result) -> list[str]:
    return [day.date for day in result.days]


def test_a_word_a_figure_and_what_became_of_the_promise(finder: Finder) -> None:
    result = find(finder, "跳失率 转化率<2.1%")
    assert result.asked == "“跳失率”, conversion < 2.10%"
    assert dates(result) == ["2026-11-15", "2026-11-12"]
    (action,) = result.days[1].lines
    assert (action.kind, action.who, action.title) == ("action", "沈岚", "Stand-up")
    assert action.outcome.startswith("Missed: 林夕, ")
    (conversion,) = result.days[1].figures
    assert conversion.name == "conversion"
    assert conversion.value is not None and conversion.next is not None  # noqa: PT018 - of one figure
    assert conversion.value < 0.021 < conversion.next


def test_of_an_action_without_a_number_its_end_is_told(finder: Finder) -> None:
    (day,) = find(finder, "新抢先看 2026-11-08").days
    assert [line.outcome for line in day.lines if line.kind == "action"] == [
        "Done Wed 11 Nov. 周三发了第一期"
    ]


def test_a_rival_is_found_by_its_name_and_told_with_labels(finder: Finder) -> None:
    result = find(finder, "素年锦时 2026-11-15")
    record = next(line for line in result.days[0].lines if line.step == "rivals")
    assert "素年锦时" in record.text
    assert "169-899" in record.text
    assert "r01" not in record.text


def test_a_decision_is_found_in_either_language_and_told_in_the_readers(finder: Finder) -> None:
    for words in ("lower 羊毛大衣女", "降价 羊毛大衣女"):
        (day,) = find(finder, f"{words} 2026-11-13").days
        assert [line.text for line in day.lines] == ["lower: 羊毛大衣女 出价下调 20%"]
    told = finder.find("lower 羊毛大衣女 2026-11-13", today=MONDAY, lang="zh")
    assert told.days[0].lines[0].text.startswith("降价: 羊毛大衣女")
    assert told.days[0].lines[0].title == "付费推广"


def test_days_after_today_are_not_known_yet(finder: Finder) -> None:
    result = finder.find("双11", today=date(2026, 11, 11), lang="en")
    assert max(dates(result)) <= "2026-11-11"


def test_days_the_wrong_way_round_are_said(finder: Finder) -> None:
    with pytest.raises(UsageError, match="last day is before the first"):
        find(finder, "双11 2026-11", first=date(2026, 12, 1))


def test_nothing_is_an_answer_too(finder: Finder) -> None:
    result = find(finder, "不存在的词")
    assert (result.days, count_words(result)) == ((), "Nothing was found.")


def test_days_without_the_figure_are_counted_instead_of_hidden(finder: Finder) -> None:
    assert "days are left out because the figure is missing." in count_words(find(finder, "转化率<2%"))


def test_the_result_travels_as_json(finder: Finder) -> None:
    result = find(finder, "跳失率")
    assert from_shape(json.loads(json.dumps(shape(result)))) == result


def test_figures_read_as_people_write_them() -> None:
    shown = {"conversion": 0.0188, "gmv": 37_460.0, "roi": 2.5, "visitors": None}
    assert [figure(metric, value) for metric, value in shown.items()] == ["1.88%", "¥37,460", "2.50", "—"]
