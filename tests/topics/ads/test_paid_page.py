"""While the page fails no traffic is bought on top: words that would be raised or added wait."""

from __future__ import annotations

from core.answers.answer import Answer
from core.topics.ads import paid
from tests.topics.ads.test_paid import EARNS, STEADY, bought
from tests.topics.tables import MONDAY, told_by, usual_shop

judged = told_by(paid.words)
CHEAP = bought(*STEADY, ("法式连衣裙", 400, 18, 0.80), ("裙子", 900, 2, 2.00))


def asked(answer: Answer, start: str) -> list[str]:
    return [one.text for found in answer.findings if found.key.startswith(start) for one in found.proposals]


def test_with_a_page_that_passes_nothing_waits() -> None:
    answer = judged(CHEAP, days=usual_shop(bounce_rate=0.62), shop=EARNS, today=MONDAY)
    assert asked(answer, "paid/raise/")
    assert not [one for one in answer.findings if one.key == "paid/page"]


def test_with_a_page_that_fails_words_are_lowered_and_deleted_not_raised() -> None:
    answer = judged(CHEAP, days=usual_shop(bounce_rate=0.76), shop=EARNS, today=MONDAY)
    page = next(one for one in answer.findings if one.key == "paid/page")
    assert page.level == "watch"
    assert page.text.startswith("The bounce rate is 76.0%, above its limit.")
    assert not asked(answer, "paid/raise/")
    assert asked(answer, "paid/delete/")
    assert "to raise" not in answer.verdict.text
    assert "on hold until the bounce rate is under 70%" in answer.verdict.text
