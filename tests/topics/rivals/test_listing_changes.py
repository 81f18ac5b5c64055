"""A shelf from look to look: what nobody saw is not concluded."""

from __future__ import annotations

from datetime import date

from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import displayed_count
from core.topics.rivals.listing_changes import ListingSnapshot, Moves, moves


def day(number: int) -> date:
    return date(2026, 11, number)


def shown(
    title: str = "针织开衫女秋季新款外搭", price: float | None = 199.0, sold: str = "87"
) -> ListingSnapshot:
    return ListingSnapshot(title, price, displayed_count(sold) if sold else None)


def last(**looks: dict[str, ListingSnapshot]) -> Moves:
    return moves({day(int(name[1:])): shelf for name, shelf in looks.items()})[-1]


def test_one_look_says_nothing() -> None:
    assert moves({day(1): {"a": shown()}}) == []
    assert moves({}) == []


def test_an_unchanged_shelf() -> None:
    found = last(d1={"a": shown()}, d2={"a": shown()})
    assert (found.new, found.gone, found.repriced, found.renamed, found.missing) == ((), (), (), (), 0)
    assert found.sold == Interval(0.0, 0.0)


def test_missing_once_is_not_gone() -> None:
    found = last(d1={"a": shown(), "b": shown()}, d2={"a": shown()})
    assert found.gone == ()
    assert found.missing == 1


def test_a_day_without_a_look_is_no_miss() -> None:
    found = last(d1={"a": shown(), "b": shown()}, d9={"a": shown()})
    assert found.gone == ()


def test_two_looks_without_it_is_gone_and_said_once() -> None:
    both, one = {"a": shown(), "b": shown()}, {"a": shown()}
    assert last(d1=both, d2=one, d3=one).gone == ("b",)
    assert last(d1=both, d2=one, d3=one, d4=one).gone == ()


def test_back_after_one_miss_is_neither_new_nor_back() -> None:
    both, one = {"a": shown(), "b": shown()}, {"a": shown()}
    found = last(d1=both, d2=one, d3=both)
    assert (found.new, found.back, found.gone) == ((), (), ())


def test_back_after_it_was_gone_is_not_new() -> None:
    both, one = {"a": shown(), "b": shown()}, {"a": shown()}
    found = last(d1=both, d2=one, d3=one, d4=both)
    assert (found.new, found.back) == ((), ("b",))


def test_new() -> None:
    assert last(d1={"a": shown()}, d2={"a": shown(), "b": shown()}).new == ("b",)


def test_a_price_off_by_less_than_a_hundredth_is_the_same() -> None:
    assert not last(d1={"a": shown(price=301.0)}, d2={"a": shown(price=300.0)}).repriced
    assert not last(d1={"a": shown(price=None)}, d2={"a": shown(price=300.0)}).repriced


def test_a_changed_price() -> None:
    found = last(d1={"a": shown(price=200.0)}, d2={"a": shown(price=160.0)})
    assert round(found.repriced[0].price_step, 3) == -0.2


def test_a_price_changed_while_nobody_saw_it_counts_when_it_is_seen_again() -> None:
    found = last(d1={"a": shown(price=200.0), "b": shown()}, d2={"b": shown()}, d3={"a": shown(price=160.0)})
    assert [one.item for one in found.repriced] == ["a"]
    assert found.compared == 0, "its count was not seen at the look before"


def test_words_in_another_order_are_another_title_but_spaces_are_not() -> None:
    assert not last(d1={"a": shown("针织 开衫女")}, d2={"a": shown("针织开衫女")}).renamed
    assert last(d1={"a": shown("针织开衫女秋季")}, d2={"a": shown("羊毛大衣女冬季")}).renamed


def test_a_count_that_falls_is_unknown_never_negative() -> None:
    found = last(
        d1={"a": shown(sold="500"), "b": shown(sold="80")}, d2={"a": shown(sold="120"), "b": shown(sold="87")}
    )
    assert found.fell == 1
    assert found.sold == Interval(7.0, 7.0)
    assert found.compared == 1


def test_only_fallen_counts_leave_nothing_known() -> None:
    found = last(d1={"a": shown(sold="500")}, d2={"a": shown(sold="120")})
    assert (found.sold, found.fell) == (None, 1)


def test_floors_stay_ranges() -> None:
    found = last(d1={"a": shown(sold="1000+")}, d2={"a": shown(sold="2000+")})
    assert found.sold == Interval(1.0, 1999.0)


def test_a_count_that_is_not_shown_is_not_nothing() -> None:
    found = last(d1={"a": shown(sold="")}, d2={"a": shown(sold="50")})
    assert (found.sold, found.unread, found.fell) == (None, 1, 0)
