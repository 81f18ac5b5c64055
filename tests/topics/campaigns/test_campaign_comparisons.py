"""How sure a campaign's effect is: chance first, then what was not on offer, then a year ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.records.month import CampaignResult
from core.records.records import CampaignEntry
from core.shop.settings import CalendarDay, Shop
from core.topics.campaigns import campaigns
from tests.topics.answer_parts import rows_of
from tests.topics.recorded import typed
from tests.topics.tables import of_rows, shop, told_by

progress = told_by(campaigns.progress)

FIRST, LAST = date(2026, 6, 13), date(2026, 6, 14)
TODAY = LAST + timedelta(days=16)
KEY = "campaigns/review/周末"


def entry(items: str = "", kind: str = "own") -> CampaignEntry:
    return CampaignEntry(name="周末", kind=kind, state="over", start=FIRST, end=LAST, items=items)


def daily(days: int, sold: dict[date, float] | None = None, wobble: float = 0.05, seed: int = 1) -> ShopDay:
    """Return so many days up to yesterday of 10,000 yuan, a little off every day; ``sold`` sizes some."""
    chance = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for back in range(days, 0, -1):
        day = TODAY - timedelta(days=back)
        gmv = 10_000 * float(np.exp(chance.normal(0, wobble))) * (sold or {}).get(day, 1.0)
        rows.append({"date": day, "gmv": gmv, "visitors": 1000.0, "buyers": 50.0})
    return of_rows(ShopDay, rows)


def shelf(on_offer: float, others: float, price: float = 80.0) -> Items:
    """Return 70 days of two items of 100 yuan; on the campaign they sell so many times as much."""
    chance, rows = np.random.default_rng(3), []
    for back in range(70, 0, -1):
        day = TODAY - timedelta(days=back)
        on = FIRST <= day <= LAST
        for item, name, lift, asked in (("1", "开衫", on_offer, price), ("2", "长裤", others, 100.0)):
            units = 50 * float(np.exp(chance.normal(0, 0.04))) * (lift if on else 1.0)
            rows.append({"date": day, "item": item, "title": name, "units": units, "visitors": 500.0,
                         "gmv": units * (asked if on else 100.0)})  # fmt: skip
    return of_rows(Items, rows)


def asked(
    days: ShopDay,
    items: Items | None = None,
    *,
    one: CampaignEntry | None = None,
    results: tuple[tuple[date, CampaignResult], ...] = (),
    given: Shop | None = None,
) -> Answer:
    return progress(
        days, typed((LAST, one or entry())), items, None, None, typed(*results),
        shop=given or shop(margin=0.4), today=TODAY,
    )  # fmt: skip


def text(answer: Answer) -> str:
    return next(one.text for one in answer.findings if one.key == KEY)


def cells(answer: Answer) -> dict[str, object]:
    table = next(one for one in answer.evidence if one.name == "How reliable these figures are")
    assert isinstance(table, Table)
    return dict(zip([column.name for column in table.columns], table.rows[0], strict=True))


def big(times: float) -> dict[date, float]:
    return dict.fromkeys((FIRST, LAST), times)


# ---- no call


def test_a_campaign_without_effect_is_no_call_8_times_in_10() -> None:
    calls = [cells(asked(daily(120, seed=seed)))["Conclusion"] for seed in range(30)]
    assert calls.count("no call") >= 24


def test_what_weekends_bring_without_a_campaign_is_no_call() -> None:
    """Some weekends were great for no reason we know of; the eight just before it were not."""
    odd = {
        FIRST - timedelta(days=7 * back - n): 2.2
        for back in (9, 12, 15, 18, 21)
        for n in (0, 1)
    }  # fmt: skip
    answer = asked(daily(200, odd | big(1.5), wobble=0.02))
    assert cells(answer)["Conclusion"] == "no call"
    assert "similar periods without a campaign sold as much." in text(answer)
    assert next(one for one in answer.findings if one.key == KEY).level == "info"


def test_when_what_was_not_on_offer_rose_as_much_it_is_no_call() -> None:
    answer = asked(daily(120, big(1.6), wobble=0.02), shelf(2.0, 1.6), one=entry("开衫"))
    assert cells(answer)["Conclusion"] == "no call"
    assert "Effect cannot be told: items that were not on offer changed in the same way." in text(answer)


def test_with_too_little_past_nothing_is_counted_and_that_is_said() -> None:
    answer = asked(daily(60, big(2.0)))
    assert cells(answer)["Periods without campaign"] is None or cells(answer)["Periods without campaign"] < 4  # type: ignore[operator]
    assert any(
        ("earlier periods of the same length without a campaign, too few to say what happens by chance.")
        in limit
        for limit in answer.limits
    )


def test_everything_on_offer_leaves_nothing_to_hold_it_against() -> None:
    answer = asked(daily(120, big(2.0)), shelf(2.0, 2.0), one=entry("开衫 长裤"))
    assert cells(answer)["Items on offer vs. others"] is None
    assert any("all were on offer" in limit for limit in answer.limits)


def test_this_years_signature_is_not_taken_for_last_years() -> None:
    signed = (LAST + timedelta(days=9), CampaignResult(name="周末", uplift=9_000.0))
    assert cells(asked(daily(120, big(2.0)), results=(signed,)))["Signed-off result last year"] is None


# ---- called


def test_a_great_one_is_called_with_chance_and_the_rest_beside_it() -> None:
    answer = asked(daily(150, big(2.0)), shelf(2.5, 1.0), one=entry("开衫"))
    row = cells(answer)
    assert row["Conclusion"] == "up"
    assert row["Of these, sold as much as the campaign"] == 0
    assert row["Periods without campaign"] >= 4  # type: ignore[operator]
    assert row["Items on offer vs. others"] == pytest.approx(1.0, abs=0.25), "2.5 × as many at 80 of 100 yuan"
    assert "more than those that were not (80%:" in text(answer)


def test_a_lower_price_says_what_was_on_offer_where_nobody_wrote_it() -> None:
    row = cells(asked(daily(150, big(2.0)), shelf(2.5, 1.0)))
    assert row["Items on offer vs. others"] == pytest.approx(1.0, abs=0.25)


def test_last_year_is_told_from_its_days() -> None:
    then = {FIRST.replace(year=2025): 1.6, LAST.replace(year=2025): 1.6}
    calendar = (CalendarDay(start=FIRST, end=LAST, multiplier=2.0, note="618"),)
    answer = asked(
        daily(470, then | big(2.0), wobble=0.02),
        one=entry(kind="platform"),
        given=shop(margin=0.4, calendar=calendar),
    )
    assert cells(answer)["Last year"] == pytest.approx(0.6, abs=0.05)
    assert "Last year the same campaign sold" in text(answer)


def test_last_year_is_told_as_it_was_signed_where_no_days_reach() -> None:
    signed = (FIRST - timedelta(days=350), CampaignResult(name="周末", uplift=12_000.0, lesson="备货"))
    answer = asked(daily(120, big(2.0)), results=(signed,))
    assert cells(answer)["Signed-off result last year"] == 12_000
    assert "Result signed off last year: +¥12,000 including quiet days; this year" in text(answer)
    assert next(one for one in answer.findings if one.key == KEY).proposals, (
        "this year's is still to be signed"
    )


def test_every_column_of_how_sure_a_number_is() -> None:
    then = (FIRST - timedelta(days=350), CampaignResult(name="周末", uplift=12_000.0))
    answer = asked(daily(150, big(2.0)), shelf(2.5, 1.0), one=entry("开衫"), results=(then,))
    (row,) = rows_of(answer, "How reliable these figures are")
    assert (row["campaign"], row["call"], row["as_large"]) == ("周末", "up", 0)
    assert row["share"] == pytest.approx(1.0, abs=0.2)
    assert row["windows"] >= 4
    assert row["called"] <= row["windows"]
    assert row["against_the_rest"] == pytest.approx(1.0, abs=0.25)
    assert re.fullmatch(r"\+\d+% … \+\d+%", row["interval"])
    assert (row["last_year"], row["signed_last_year"]) == (None, 12_000)


def test_a_call_is_a_word_in_the_language_of_the_reader_and_an_id_in_the_table() -> None:
    table = asked(daily(150, big(2.0)), shelf(2.5, 1.0)).evidence[-1]
    assert isinstance(table, Table)
    column = next(one for one in table.columns if one.id == "call")
    assert dict(column.words) == {
        "up": "sold more than usual", "down": "sold less than usual",
        "no call": "cannot tell", "unknown": "cannot tell",
    }  # fmt: skip


def test_under_three_clean_weeks_a_call_cannot_be_told() -> None:
    (row,) = rows_of(asked(daily(33, big(2.0))), "How reliable these figures are")
    assert row["call"] == "unknown"
