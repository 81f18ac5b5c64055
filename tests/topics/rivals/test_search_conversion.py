"""A rival's search conversion that was typed is held against ours."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from core.exports.kinds.sources import Sources
from core.language.wording import text
from core.records.records import RivalSeen
from core.shop.settings import Rival
from core.topics.rivals.followed import search_conversion
from core.topics.rivals.followed.sightings import Peer
from tests.topics.tables import MONDAY, of_rows, shop


def sources(buyers: float, visitors: float = 1_000.0) -> pd.DataFrame:
    rows = [
        {"date": MONDAY - timedelta(days=n), "level1": first, "level2": name, "level3": "", "level4": "",
         "source": name, "subtotal": True, "visitors": visitors, "buyers": bought}
        for n in range(1, 8)
        for first, name, bought in (("淘内免费", "手淘搜索", buyers), ("付费流量", "关键词推广", 500.0))
    ]  # fmt: skip
    return of_rows(Sources, rows).frame


def peer(*typed: str) -> Peer:
    looks = [
        (MONDAY - timedelta(days=10 * n), RivalSeen(rival="r01", search_conversion=one))
        for n, one in enumerate(reversed(typed))
    ]
    return Peer(rival=Rival(id="r01", name="素年锦时"), looks=tuple(reversed(looks)))


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2.1%", 0.021), ("约 3％", 0.03), ("", None), ("2%-3%", None), ("好", None), ("2.1", None)],
)
def test_one_percentage_is_read_and_nothing_is_guessed(typed: str, value: float | None) -> None:
    assert search_conversion.typed_rate(typed) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(("theirs", "asks"), [("5%", 1), ("2%", 0)])
def test_theirs_is_told_beside_our_free_search_and_asks_only_where_it_is_higher(
    theirs: str, asks: int
) -> None:
    ours = search_conversion.own_rate(sources(20.0), shop(), MONDAY)
    assert ours is not None
    assert ours.value == pytest.approx(0.02), "bought visitors are not in it"
    [said] = search_conversion.findings([peer(theirs)], ours, MONDAY)
    assert f"search conversion {theirs[0]}.0%" in text(said.text)
    assert (said.level, len(said.proposals)) == ("info", asks)


def test_old_looks_and_unknown_rates_say_nothing() -> None:
    ours = search_conversion.own_rate(sources(20.0), shop(), MONDAY)
    assert search_conversion.findings([peer("5%", "")], ours, MONDAY) == []
    assert search_conversion.findings([peer("5%")], None, MONDAY) == []
    assert search_conversion.own_rate(None, shop(), MONDAY) is None
