"""The steps of the team say the same in every language, and what they hand on can be read in any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from core.answers.answer import Answer, Finding
from core.answers.answer_codec import encode, rendered
from core.language.message import Words
from core.language.speech import Language, speak
from core.language.wording import text
from core.topics.team import breakdown, hands_on, standup, summary, wrapup
from tests.topics.tables import MONDAY, SUNDAY, usual_shop
from tests.topics.team.test_hands_on_and_summary import hours
from tests.topics.team.test_order_of_findings import SHOP, losing_word, morning, stock_out
from tests.topics.writing import ZONE, Journal

NINE = datetime(2026, 6, 15, 21, 50, tzinfo=ZONE)


def full_day() -> Journal:
    """A morning with messages, decisions, promises kept and broken, and things done and handed on."""
    journal = morning()
    journal.opened({"stock": 10, "paid": 20, "standup": 15, "summary": 10})
    journal.promise("访客拉到 900", back=3, metric="visitors", direction="up", expected=900, due=str(SUNDAY))
    journal.promise("催货", back=3, due=str(SUNDAY))
    journal.write("decision", "paid", key="paid/word/d1/法式连衣裙", choice="raise")
    journal.write("decision", "paid", key="paid/word/d2/半身裙", choice="observe")
    done = journal.promise("换主图", owner="林夕", due=str(MONDAY))
    journal.write("action-update", "hands_on", action=done, state="done")
    handed = journal.promise("补货", due=str(MONDAY))
    journal.write("action-update", "hands_on", action=handed, state="handed", owner="许舟")
    return journal


ASKED: dict[str, Callable[[Journal], Answer[Words]]] = {
    "standup": lambda day: standup.agenda(
        day.past, usual_shop(ads_keyword=300.0), shop=SHOP, today=MONDAY
    ),
    "hands_on": lambda day: hands_on.decisions(
        day.past, shop=SHOP, today=MONDAY, now=datetime(2026, 6, 15, 11, 0, tzinfo=ZONE)
    ),
    "breakdown": lambda day: breakdown.owners(day.past, shop=SHOP, today=MONDAY),
    "wrapup": lambda day: wrapup.evening(
        day.past, hours(dict.fromkeys(range(17), 250.0)), usual_shop(), shop=SHOP, today=MONDAY,
        now=NINE - timedelta(hours=4),
    ),
    "summary": lambda day: summary.day(
        day.past, usual_shop(), hours(dict.fromkeys(range(21), 100.0)), shop=SHOP, today=MONDAY, now=NINE
    ),
}  # fmt: skip


def asked(step: str, language: Language) -> Answer[Words]:
    speak(language)
    return ASKED[step](full_day())


def sentences(answer: Answer) -> str:
    return "\n".join([answer.verdict.text, *answer.limits, *(one.text for one in answer.findings)])


@pytest.mark.parametrize("step", ASKED)
def test_the_answer_does_not_depend_on_the_language(step: str) -> None:
    assert encode(asked(step, "en")) == encode(asked(step, "zh"))


@pytest.mark.parametrize("step", ASKED)
def test_every_finding_says_its_kind_and_every_column_its_id(step: str) -> None:
    answer = asked(step, "en")
    assert answer.findings
    assert all(one.kind for one in answer.findings)
    columns = [column.id for piece in answer.evidence if piece.kind == "table" for column in piece.columns]
    assert columns
    assert all(columns)


@pytest.mark.parametrize("step", ["standup", "breakdown", "wrapup", "summary"])
def test_what_the_morning_said_is_read_in_the_readers_language(step: str) -> None:
    english, chinese = rendered(asked(step, "en")), asked(step, "zh")
    read = sentences(rendered(chinese))
    speak("zh")
    assert text(losing_word()) in read
    assert text(stock_out()) in read
    speak("en")
    assert text(losing_word()) in sentences(english)
    assert text(losing_word()) not in read


def test_a_finding_handed_on_keeps_what_it_is_about_and_what_it_costs() -> None:
    wanted = {one.key: (one.kind, one.about, one.impact) for one in shown_findings()}
    assert "paid/delete/d1/毛衣女" in wanted
    for step in ("standup", "breakdown", "wrapup"):
        handed = {one.key: one for one in asked(step, "en").findings if one.key in wanted}
        assert "paid/delete/d1/毛衣女" in handed
        for key, one in handed.items():
            assert (one.kind, one.about, one.impact) == wanted[key]


def shown_findings() -> list[Finding[Words]]:
    past = morning().past
    answers = [past.said("paid"), past.said("stock")]
    return [one for answer in answers if answer is not None for one in answer.findings]
