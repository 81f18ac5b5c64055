"""Stand-up, breakdown, wrap-up, summary and report take the morning in one order, in every language."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.answers.answer import About, Answer, Impact, Proposal, Table, Verdict, finding
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, say
from core.language.speech import Language, speak
from core.language.wording import text
from core.reports.gather import report
from core.shop.settings import Person
from core.topics.evening.tally import first_tomorrow
from core.topics.team import breakdown, standup, wrapup
from tests.topics.tables import MONDAY, shop
from tests.topics.writing import ZONE, Journal

TEAM = (
    Person(name="小兰", roles=("operator", "owner", "service")),
    Person(name="周岩", roles=("promotion",)),
    Person(name="许舟", roles=("supply", "design", "content")),
)
SHOP = shop(margin=0.4, team=TEAM)
EVENING = datetime(2026, 6, 15, 17, 30, tzinfo=ZONE)
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def losing_word() -> Words:
    return say(
        "“{word}” loses about {money} a day: delete it. Then {counts}.",
        word="毛衣女",
        money=message.money(110),
        counts="1",
    )


def stock_out() -> Words:
    return say("{name} is sold out at about {a_day} a day.", name="连衣裙", a_day=20)


def paid() -> Answer[Words]:
    """A word that loses ¥110 a day, and a smaller thing that only its sentence knows the money of."""
    ask = Proposal("promotion", "删词“毛衣女”", "cost", "down", item="毛衣女")
    word = finding(
        "paid", "delete", "act", losing_word(), ask,
        about=About(item="d1", word="毛衣女"), impact=Impact(110, "day", of="margin"),
    )  # fmt: skip
    source = finding("paid", "scarce", "act", "短视频没了")
    return Answer(Verdict("act", losing_word()), (source, word))


def stock() -> Answer[Words]:
    ask = Proposal("supply", "补货 200 件", "on_hand", "up", item="d1", deed="order")
    goods = finding(
        "stock", "order", "act", stock_out(), ask,
        about=About(item="d1"), impact=Impact(12_000, "once", of="margin"),
    )  # fmt: skip
    watched = finding(
        "stock", "slow", "watch", "大衣很多",
        about=About(item="d9"), impact=Impact(900_000, "once", of="capital"),
    )  # fmt: skip
    return Answer(Verdict("act", stock_out()), (watched, goods))


RANKED = ["stock/order/d1", "paid/delete/d1/毛衣女", "paid/scarce", "stock/slow/d9"]


def morning() -> Journal:
    journal = Journal(MONDAY)
    journal.shown("paid", paid())
    journal.shown("stock", stock())
    return journal


def evening(past: Past) -> Answer[Words]:
    return wrapup.evening(past, shop=SHOP, today=MONDAY, now=EVENING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standup_takes_the_stock_out_before_the_losing_word(language: Language) -> None:
    speak(language)
    answer = standup.agenda(morning().past, shop=SHOP, today=MONDAY)
    assert [one.key for one in answer.findings] == RANKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_breakdown_and_wrapup_hand_out_in_the_same_order(language: Language) -> None:
    speak(language)
    past = morning().past
    owners = breakdown.owners(past, shop=SHOP, today=MONDAY)
    assert [one.key for one in owners.findings if one.key in RANKED] == RANKED
    table = next(piece for piece in owners.evidence if isinstance(piece, Table))
    assert table.keys[0] == "breakdown/supply/stock/order/d1"
    free = [one.key for one in evening(past).findings if one.key in RANKED]
    assert free == RANKED[:3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_and_the_summary_begin_with_the_stock_out(language: Language) -> None:
    speak(language)
    journal = morning()
    told = report(journal.entries, shop=SHOP, day=MONDAY)
    assert list(told.improve[:2]) == [text(stock_out()), text(losing_word())]
    assert list(told.tomorrow[:2]) == [text(stock_out()), text(losing_word())]
    assert tuple(map(text, first_tomorrow(journal.past, SHOP))) == told.tomorrow


def test_sales_at_stake_count_with_the_margin() -> None:
    journal = Journal(MONDAY)
    sold = finding("target", "mtd", "act", "a", impact=Impact(1000, "once", of="sales"))
    earned = finding("target", "day", "act", "b", impact=Impact(500, "once", of="margin"))
    journal.shown("target", Answer(Verdict("act", "…"), (sold, earned)))
    keys = [one.key for one in standup.agenda(journal.past, shop=SHOP, today=MONDAY).findings]
    assert keys == ["target/day", "target/mtd"]
    bare = standup.agenda(journal.past, shop=shop(), today=MONDAY)
    assert [one.key for one in bare.findings] == ["target/mtd", "target/day"]


def test_of_the_causes_of_a_target_and_equal_findings_the_causes_come_last_in_the_report() -> None:
    journal = Journal(MONDAY)
    cause = finding("target", "cause", "watch", "A cause", about=About(aspect="ads"))
    plain = finding("drivers", "source", "watch", "A source", about=About(source="x"))
    journal.shown("target", Answer(Verdict("watch", "…"), (cause,)))
    journal.shown("drivers", Answer(Verdict("watch", "…"), (plain,)))
    assert report(journal.entries, shop=SHOP, day=MONDAY).improve == ("A source", "A cause")
