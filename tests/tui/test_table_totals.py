"""Totals of a table: sums of the shown rows, and rates of sums, never means of rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import Table, TableColumn
from tui.text.table_totals import totals

COLUMNS = (
    TableColumn("Item", id="item"),
    TableColumn("Visitors", "count", "visitors", total="sum"),
    TableColumn("Buyers", "count", "buyers", total="sum"),
    TableColumn("Conversion", "rate", "conversion", total="ratio:buyers/visitors"),
    TableColumn("Price", "money", "price"),
)


def table(*rows: tuple[object, ...]) -> Table:
    return Table("Items", COLUMNS, rows)  # type: ignore[arg-type]


def test_a_rate_is_the_rate_of_the_sums() -> None:
    small, large = ("a", 10, 5, 0.5, 9.0), ("b", 990, 5, 0.005, 9.0)
    assert totals(table(small, large), (0, 1)) == (None, 1000.0, 10.0, 0.01, None)


def test_only_the_rows_shown_count() -> None:
    found = totals(table(("a", 10, 5, 0.5, 1.0), ("b", 20, 5, 0.25, 1.0), ("c", 30, 6, 0.2, 1.0)), (0, 2))
    assert found is not None
    assert found[1:4] == (40.0, 11.0, 11 / 40)


def test_the_unknown_is_left_out_and_never_zero() -> None:
    found = totals(table(("a", 10, None, None, None), ("b", 90, 9, 0.1, None)), (0, 1))
    assert found == (None, 100.0, 9.0, 0.1, None), "the visitors whose buyers are unknown are not in the rate"
    assert totals(table(("a", None, None, None, None), ("b", None, None, None, None)), (0, 1)) == (None,) * 5


def test_one_row_or_a_table_without_totals_has_none() -> None:
    assert totals(table(("a", 1, 1, 1.0, 1.0)), (0,)) is None
    plain = Table("x", (TableColumn("Item", id="item"),), (("a",), ("b",)))
    assert totals(plain, (0, 1)) is None


COUNTS = st.integers(0, 10_000)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=30))
def test_a_total_rate_lies_between_the_rates(rows: list[tuple[int, int]]) -> None:
    made = table(*(("a", many, few, few / many if many else None, None) for many, few in rows))
    found = totals(made, range(len(rows)))
    rates = [few / many for many, few in rows if many]
    assert found is not None
    if rates and all(many for many, _ in rows):
        assert isinstance(found[3], float)
        assert min(rates) <= found[3] + 1e-9
        assert found[3] <= max(rates) + 1e-9
        assert found[3] == pytest.approx(sum(few for _, few in rows) / sum(many for many, _ in rows))
