"""A range as people write it."""

from __future__ import annotations

import pytest

from core.language.wording import text
from core.statistics.distributions import Interval
from core.topics.rivals.spans import span


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (600.0, 699.0, "600–699"),
        (87.0, 87.0, "87"),
        (12.6, 13.4, "13"),
        (12.4, 12.6, "12–13"),
        (1000.0, float("inf"), "1,000–—"),
    ],
)
def test_a_range_has_one_number_where_both_ends_are_written_alike(
    low: float, high: float, written: str
) -> None:
    assert text(span(Interval(low, high))) == written
