"""Questions drawn from what was recorded, and when an answer from memory is right."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core.actions.spot_check import Question, drawn, number_in, questions
from core.answers.answer import Answer, Number, Verdict
from core.answers.answer_codec import encode
from core.journal.entry import Entry, Kind
from tests.routines.days import CHINA

MONDAY = date(2026, 11, 16)
NAMES = {"r01": "素年锦时"}


def entry(kind: Kind, step: str, data: dict[str, Any], number: int = 0) -> Entry:
    return Entry(f"e{number}", datetime(2026, 11, 16, 9, tzinfo=CHINA), "沈岚", kind, step, data, MONDAY)


def rival(**values: Any) -> Entry:
    return entry("record", "rivals", {"form": "rival", "values": {"rival": "r01", **values}})


def asked(*entries: Entry) -> dict[str, Question]:
    return {one.text: one for one in questions(entries, NAMES, ["target"])}


def test_nothing_recorded_nothing_asked() -> None:
    assert asked() == {}
    assert asked(entry("note", "rivals", {"text": "素年锦时 降价"}), rival()) == {}


def test_a_rival_is_asked_about_by_its_name_and_only_what_was_seen() -> None:
    found = asked(rival(price="129-199", rank=2, keyword="针织开衫女"))
    assert list(found) == [
        "素年锦时: what price band do they show?",
        "素年锦时: which ad rank did they have for “针织开衫女”?",
    ]


def test_a_corrected_record_is_asked_about_as_corrected() -> None:
    old = rival(price="129-199")
    data = {"form": "rival", "replaces": old.id, "values": {"rival": "r01", "price": "99-159"}}
    new = entry("record", "rivals", data, 1)
    (one,) = asked(old, new).values()
    assert one.recorded == "99-159"


def test_an_ad_place_must_be_the_same_and_a_figure_may_be_off_by_a_little() -> None:
    place = asked(rival(rank=2, keyword="词"))["素年锦时: which ad rank did they have for “词”?"]
    assert place.right("第 2", MONDAY)
    assert not place.right("3", MONDAY)

    answer = Answer(
        Verdict("info", "…"), evidence=(Number("Sales", "CNY", 37_460.0), Number("Rate", "rate", 0.0188))
    )
    shown = entry("answered", "target", {"answer": encode(answer)})
    sales, rate = asked(shown).values()
    assert sales.text == "Figures seen this morning: what was Sales?"
    for near in ("37460", "¥37,000", "3.7万", "38k"):
        assert sales.right(near, MONDAY), near
    for far in ("42000", "3.2万", "", "many"):
        assert not sales.right(far, MONDAY), far
    assert rate.right("1.9%", MONDAY)
    assert rate.right("1.9", MONDAY)
    assert not rate.right("2.9%", MONDAY)


def test_figures_of_the_morning_are_worded_by_their_unit_and_asked_of_who_saw_them() -> None:
    pieces = (
        Number("Sales", "CNY", 37_460.0), Number("Visitors", "count", 1234.0), Number("Rate", "rate", 0.0188),
        Number("Return", "ratio", 2.5), Number("Cover", "days", 9.0), Number("Unknown", "count", None),
    )  # fmt: skip
    shown = entry("answered", "target", {"answer": encode(Answer(Verdict("info", "…"), evidence=pieces))})
    found = list(asked(shown, entry("answered", "stock", {}, 1)).values())
    assert [one.recorded for one in found] == ["¥37,460", "1,234", "1.9%", "2.50", "9.00 days"]
    assert {one.who for one in found} == {"沈岚"}


def test_a_deadline_is_a_day_however_it_is_written() -> None:
    values = {"name": "双12", "deadline": "2026-11-18"}
    (deadline,) = asked(entry("record", "campaigns", {"form": "campaign", "values": values})).values()
    assert deadline.text == "Campaign “双12”: when does its sign-up close?"
    for right in ("2026-11-18", "11-18", "11月18日", "11/18"):
        assert deadline.right(right, MONDAY), right
    for wrong in ("11-19", "Wednesday", "18"):
        assert not deadline.right(wrong, MONDAY), wrong


@pytest.mark.parametrize("said", ["起球", "毛衣掉毛严重，起球", "掉毛严重", "起球掉毛"])
def test_words_are_right_when_they_say_the_same_in_part(said: str) -> None:
    (one,) = asked(rival(bad_reviews="起球，毛衣掉毛严重")).values()
    assert one.right(said, MONDAY)
    assert not one.right("发货慢", MONDAY)
    assert not one.right("", MONDAY)


def test_the_draw_is_by_chance_and_the_same_for_the_same_seed() -> None:
    many = [Question(f"q{n}", "x", "words") for n in range(30)]
    assert drawn(many, "a") == drawn(many, "a")
    assert len({drawn(many, seed) for seed in "abcdefgh"}) > 1
    assert len(drawn(many[:2], "a")) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [("3.7万", 37_000), ("¥1,234.5", 1234.5), ("1.9%", 0.019), ("约 20 个", 20), ("-3", -3), ("none", None)],
)
def test_numbers_as_people_say_them(text: str, number: float | None) -> None:
    assert number_in(text) == (None if number is None else pytest.approx(number))


def test_a_decision_is_asked_about_and_a_tick_is_none() -> None:
    decided = entry("decision", "paid", {"key": "paid/word/7365/毛衣女", "choice": "delete"})
    ticked = entry("decision", "standup", {"key": "stock/late/7365", "choice": "ticked"}, 1)
    found = asked(decided, ticked)
    assert list(found) == ["What was decided for “毛衣女”?"]
    assert found["What was decided for “毛衣女”?"].right("delete", MONDAY)
    assert not found["What was decided for “毛衣女”?"].right("raise", MONDAY)


def test_at_least_three_of_five_are_about_rivals_campaigns_and_decisions() -> None:
    learnt = [Question(f"rival {n}?", "x", "words", learnt=True) for n in range(4)]
    figures = [Question(f"figure {n}?", "1", "number", 1.0) for n in range(40)]
    for seed in map(str, range(50)):
        chosen = drawn([*figures, *learnt], seed)
        assert len(chosen) == len(set(chosen)) == 5
        assert sum(one.learnt for one in chosen) >= 3
    assert sum(one.learnt for one in drawn([*figures, *learnt[:2]], "a")) == 2, "there are no more"
    assert len(drawn(learnt[:1], "a")) == 1
