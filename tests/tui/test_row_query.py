"""Rows of a table as an operator looks through them: filtered by words and figures, sorted either way."""

from __future__ import annotations

import pytest

from core.answers.answer import Table, TableColumn
from core.errors import UsageError
from tui.widgets.row_query import Filter, Sort, next_sort, read_filter, rows_shown

WORDS = Table(
    "Keywords",
    (
        TableColumn("Keyword", "text", "word"),
        TableColumn("Advice", "word", "advice", words=(("delete", "Delete"), ("keep", "Keep"))),
        TableColumn("Sales", "money", "sales"),
        TableColumn("Conversion rate", "rate", "conversion"),
        TableColumn("Clicks", "count", "clicks"),
    ),
    (
        ("毛衣女", "delete", 900.0, 0.005, 1_841),
        ("牛仔裤女", "keep", 12_000.0, 0.02, 2_126),
        ("风衣 女", "keep", None, None, 40),
        ("毛衣女秋冬", "keep", 5_300.0, 0.016, 1_361),
    ),
)


def found(text: str, sort: Sort | None = None) -> list[str]:
    return [str(WORDS.rows[number][0]) for number in rows_shown(WORDS, read_filter(text, WORDS), sort)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ["毛衣女", "牛仔裤女", "风衣 女", "毛衣女秋冬"]),
        ("毛衣", ["毛衣女", "毛衣女秋冬"]),
        ("毛衣 秋冬", ["毛衣女秋冬"]),
        ("DELETE", ["毛衣女"]),
        ("sales>5300", ["牛仔裤女"]),
        ("sales>=5300", ["牛仔裤女", "毛衣女秋冬"]),
        ("sales≥5,300", ["牛仔裤女", "毛衣女秋冬"]),
        ("sales>1万", ["牛仔裤女"]),
        ("conversion<2", ["毛衣女", "毛衣女秋冬"]),
        ("conversion rate<=2%", ["毛衣女", "牛仔裤女", "毛衣女秋冬"]),
        ("毛衣 clicks>1400", ["毛衣女"]),
        ("clicks<100 sales<1", []),
    ],
)  # fmt: skip
def test_rows_are_found_by_words_and_figures(text: str, rows: list[str]) -> None:
    assert found(text) == rows


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"“profit”.*Sales, Conversion rate, Clicks"):
        read_filter("毛衣 profit>1", WORDS)


def test_a_column_of_words_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="no column of figures called “keyword”"):
        read_filter("keyword>1", WORDS)


def test_unknown_figures_come_last_whichever_way_it_is_sorted() -> None:
    assert found("", Sort(2, down=True)) == ["牛仔裤女", "毛衣女秋冬", "毛衣女", "风衣 女"]
    assert found("", Sort(2, down=False)) == ["毛衣女", "毛衣女秋冬", "牛仔裤女", "风衣 女"]


def test_words_are_sorted_as_they_are_displayed_and_ties_stay_in_order() -> None:
    assert found("", Sort(1, down=False)) == ["毛衣女", "牛仔裤女", "风衣 女", "毛衣女秋冬"]
    assert found("", Sort(1, down=True)) == ["牛仔裤女", "风衣 女", "毛衣女秋冬", "毛衣女"]


def test_figures_begin_with_the_largest_and_words_with_a_and_a_third_press_takes_it_back() -> None:
    first = next_sort(WORDS, 2, None)
    assert first == Sort(2, down=True)
    second = next_sort(WORDS, 2, first)
    assert second == Sort(2, down=False)
    assert next_sort(WORDS, 2, second) is None
    assert next_sort(WORDS, 0, second) == Sort(0, down=False)
    assert rows_shown(WORDS, Filter(), None) == [0, 1, 2, 3]
