"""Findings are ranked by level, then by the money at stake, then by whether something is proposed."""

from __future__ import annotations

import pytest

from core.answers.answer import Finding, Impact, LevelName, Proposal
from core.answers.ranking import at_stake, ranked
from core.language.message import Words, money, say
from core.language.speech import Language, speak

MARGIN = 0.4
ASK = Proposal("operator", "Look at it")


def found(key: str, level: LevelName, impact: Impact | None = None, text: Words = "…") -> Finding[Words]:
    return Finding(key, level, text, impact=impact)


def keys(*findings: Finding[Words], margin: float | None = MARGIN) -> list[str]:
    return [one.key for one in ranked(findings, margin)]


def test_a_stock_out_stands_above_a_losing_word() -> None:
    word = found("word", "act", Impact(110, "day", of="margin"))
    goods = found("goods", "act", Impact(32_392, "once", of="margin"))
    assert keys(word, goods) == ["goods", "word"]


@pytest.mark.parametrize(("once", "first"), [(769, "word"), (771, "goods")])
def test_what_goes_on_counts_for_seven_days(once: float, first: str) -> None:
    word = found("word", "act", Impact(110, "day", of="margin"))
    goods = found("goods", "act", Impact(once, "once", of="margin"))
    assert keys(goods, word)[0] == first


def test_sales_count_with_the_margin_and_margin_in_full() -> None:
    sales, margin = Impact(1000, "once", of="sales"), Impact(500, "once", of="margin")
    assert keys(found("sales", "act", sales), found("margin", "act", margin)) == ["margin", "sales"]
    assert at_stake(found("sales", "act", sales), MARGIN) == 400
    assert at_stake(found("margin", "act", margin), MARGIN) == 500


@pytest.mark.parametrize("margin", [MARGIN, None])
def test_capital_tied_up_is_not_at_stake_however_much_it_is(margin: float | None) -> None:
    heap = found("heap", "watch", Impact(900_000, "once", of="capital"))
    word = found("word", "watch", Impact(1, "day", of="margin"))
    assert at_stake(heap, margin) == 0
    assert keys(heap, word, margin=margin) == ["word", "heap"]


def test_without_a_margin_sales_count_in_full() -> None:
    sales, margin = Impact(1000, "once", of="sales"), Impact(500, "once", of="margin")
    both = (found("margin", "act", margin), found("sales", "act", sales))
    assert keys(*both, margin=None) == ["sales", "margin"]


def test_the_level_comes_before_any_money() -> None:
    assert keys(
        found("nodata", "nodata"),
        found("info", "info"),
        found("good", "good", Impact(9, "once")),
        found("watch", "watch", Impact(90_000, "once")),
        found("act", "act"),
    ) == ["act", "watch", "good", "info", "nodata"]


def test_a_gain_and_a_loss_of_the_same_yuan_stand_as_they_came() -> None:
    gain, loss = Impact(50, "day", side="gain"), Impact(50, "day", side="loss")
    assert keys(found("gain", "act", gain), found("loss", "act", loss)) == ["gain", "loss"]
    assert keys(found("loss", "act", loss), found("gain", "act", gain)) == ["loss", "gain"]


def test_of_equals_that_ask_for_something_those_with_a_proposal_come_first() -> None:
    asking = Finding("asks", "act", "…", (ASK,))
    assert keys(found("silent", "act"), asking) == ["asks", "silent"]
    good = Finding("asks", "good", "…", (ASK,))
    assert keys(found("silent", "good"), good) == ["silent", "asks"]
    richer = found("silent", "act", Impact(1, "once"))
    assert keys(asking, richer) == ["silent", "asks"]


def test_money_in_a_sentence_is_not_read() -> None:
    assert at_stake(found("a", "act", text="Visitors down (-¥1,234.50), AOV (-¥9)"), MARGIN) == 0
    assert at_stake(found("a", "act", Impact(5, "once", of="margin"), "(-¥1,234)"), MARGIN) == 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_message_is_not_searched_for_money(language: Language) -> None:
    speak(language)
    text = say(
        "The day's ad spend and orders, and whether the balance lasts the night {money}",
        money=money(-660, sign=True),
    )
    assert at_stake(found("a", "act", text=text), MARGIN) == 0
