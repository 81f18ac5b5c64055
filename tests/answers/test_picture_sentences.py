"""Each picture in one sentence, for who cannot see it."""

from __future__ import annotations

from core.answers.answer import Answer, Bar, Bars, Number, Part, Series, Split, Verdict
from core.answers.picture_sentences import said
from core.language.speech import speak

DAYS = ("2026-11-13", "2026-11-14", "2026-11-15")


def test_a_trend_tells_its_newest_day_and_how_many_reached_their_target() -> None:
    sales = Series("Sales", "CNY", DAYS, (50_000.0, 40_000.0, None), targets=(45_000.0,) * 3)
    assert said(sales) == "Sales: latest ¥40,000 on 14 Nov; target reached on 1 of 2 days"
    rate = Series("Bounce rate", "rate", DAYS, (0.69, 0.7, 0.75), targets=(0.7,) * 3, limit=True)
    assert said(rate) == "Bounce rate: latest 75.0% on 15 Nov; within the limit on 2 of 3 days"
    speak("zh")
    assert said(rate) == "Bounce rate：最近 11月15日 75.0%；3 天里 2 天没超线"


def test_a_series_without_targets_tells_its_ends() -> None:
    assert said(Series("Visitors", "count", DAYS, (3.0, 1.0, 2.0))) == (
        "Visitors: from 1 to 3, latest 2 on 15 Nov"
    )
    assert said(Series("Visitors", "count", DAYS, (None, None, float("nan")))) == "Visitors: no values"


def test_a_waterfall_tells_its_totals_and_parts_in_order() -> None:
    parts = (Part("Visitors", -1_000.0), Part("Order value", 200.0))
    start, end = Part("A usual day", 5_000.0), Part("Yesterday", 4_200.0)
    assert said(Split("Gap", "CNY", -800.0, parts, start=start, end=end)) == (
        "A usual day ¥5,000; Visitors -¥1,000, Order value ¥200; Yesterday ¥4,200"
    )
    assert said(Split("Gap", "CNY", -800.0, parts)) == "Gap: Visitors -¥1,000, Order value ¥200; total -¥800"


def test_bars_tell_those_that_are_short_or_else_the_first_three() -> None:
    short = Bar("jeans", 3.5, 9.0, state="missed")
    others = tuple(Bar(f"coat {n}", 20.0, 9.0, state="met") for n in range(4))
    assert said(Bars("Cover", "days", (*others, short), "lead time")) == (
        "Cover: jeans 3.5 days (lead time 9.0 days)"
    )
    assert said(Bars("Orders", "count", (Bar("we", 80.0), Bar("rival", None, None, 90.0, 120.0)))) == (
        "Orders: we 80, rival 90-120"
    )


def test_the_lead_is_the_picture_that_is_said_to_be_it() -> None:
    other, lead = (Series(name, "count", DAYS, (1.0,) * 3, lead=name == "b") for name in "ab")
    assert Answer(Verdict("info", "x"), evidence=(Number("n", "count", 1.0), other, lead)).lead is lead
    assert Answer(Verdict("info", "x"), evidence=(other,)).lead is None
