"""A decision is told in its own words; what was proposed instead is named, never its price as if decided."""

from __future__ import annotations

import pytest

from core.actions import decisions
from core.answers.answer import About, Answer, Finding, Proposal, Verdict
from core.journal import projections
from core.journal.projections import Past
from core.language import wording
from core.language.speech import Language, speak
from core.language.wording import text
from core.reports.step_sections import decision_words
from core.topics.evening.tally import first_tomorrow, tally
from core.topics.sales.month.findings import share_words
from core.topics.team.meeting.agenda import MOST, AgendaItem, pooled
from core.topics.titles import optimise
from tests.topics.tables import MONDAY, shop
from tests.topics.writing import Journal

DETAIL = {"Word": "牛仔裤女", "Decision": "lower", "CPC": "¥1.52", "Next CPC": "¥1.37"}


def taken(choice: str) -> projections.Decision:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/牛仔裤女", choice=choice, detail=DETAIL)
    return projections.decisions(journal.days[MONDAY])[0]


def test_a_decision_against_the_proposal_names_it_and_not_its_price() -> None:
    text = decision_words(taken("raise"))
    assert text.startswith("raise: 牛仔裤女 (proposed: lower")
    assert "1.37" not in text


def test_a_decision_as_proposed_keeps_its_price() -> None:
    assert decisions.proposed(taken("lower")) == ""
    assert "¥1.37" in decision_words(taken("lower"))


BY_IDS = {
    "item": "法式针织开衫",
    "decision": "lower",
    "cpc": 1.52,
    "next_cpc": 1.37,
    "orders": 42,
}


def by_ids(choice: str, word: str = "牛仔裤女") -> projections.Decision:
    """Return the decision as it is written now: column ids, raw numbers, choice ids."""
    about = {"item": "7365", "word": word}
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key=f"paid/word/7365/{word}", choice=choice, about=about, detail=BY_IDS)
    return projections.decisions(journal.days[MONDAY])[0]


@pytest.mark.parametrize(
    ("lang", "followed", "against"),
    [
        (
            "en",
            "lower: 牛仔裤女 (Item 法式针织开衫, CPC ¥1.52, New cost per click ¥1.37, Orders 42)",
            "raise: 牛仔裤女 (proposed: lower, Item 法式针织开衫, CPC ¥1.52, Orders 42)",
        ),
        (
            "zh",
            "降价：牛仔裤女（商品 法式针织开衫、点击单价 ¥1.52、点击单价调到 ¥1.37、成交笔数 42）",
            "加价：牛仔裤女（建议降价、商品 法式针织开衫、点击单价 ¥1.52、成交笔数 42）",
        ),
    ],
)
def test_a_decision_kept_by_ids_is_told_in_the_language_of_its_reader(
    lang: Language, followed: str, against: str
) -> None:
    speak(lang)
    assert decision_words(by_ids("lower")) == followed
    assert decision_words(by_ids("raise")) == against
    assert (decisions.proposed(by_ids("lower")), decisions.proposed(by_ids("raise"))) == ("", "lower")


@pytest.mark.parametrize(("proposal", "titled"), [("lower", "Decision"), ("降价", "决定")])
def test_a_proposal_kept_in_words_is_read_in_either_language(proposal: str, titled: str) -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/word/1/裙", choice="raise", detail={titled: proposal})
    (one,) = projections.decisions(journal.days[MONDAY])
    assert decisions.proposed(one) == "lower"
    assert decisions.figures(one) == ()


def test_a_word_with_a_slash_is_told_whole() -> None:
    assert by_ids("keep", "毛衣/开衫").which == "毛衣/开衫"
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/word/7365/毛衣/开衫", choice="keep")
    journal.write("decision", "stock", key="stock/unheard-of/a", choice="keep")
    journal.write("decision", "paid", key="paid/word/1/裙", choice="keep", about={"word": 3, "colour": "red"})
    old, unknown, damaged = projections.decisions(journal.days[MONDAY])
    assert (old.which, old.about) == ("毛衣/开衫", About(item="7365", word="毛衣/开衫"))
    assert unknown.which == "a"
    assert (damaged.which, damaged.about) == ("裙", About())


def kept_day() -> Past:
    journal = Journal(MONDAY)
    created = journal.write(
        "action",
        "paid",
        day=MONDAY.replace(day=MONDAY.day - 3),
        text="Lower the bid",
        owner="周岩",
        role="promotion",
        due=MONDAY.replace(day=MONDAY.day - 1).isoformat(),
    )
    finding = Finding(f"standup/promise/{created}", "good", "Kept.")
    journal.shown("standup", Answer(Verdict("good", "So."), (finding,)))
    return Past(MONDAY, {day: tuple(found) for day, found in sorted(journal.days.items())})


def test_kept_by_its_figure_is_to_be_ticked_off_and_not_overdue() -> None:
    past = kept_day()
    done = tally(past)
    assert [one.text for one in done.reached] == ["Lower the bid"]
    assert not done.open
    assert not done.overdue
    assert first_tomorrow(past, shop()) == ()


def test_a_small_miss_never_reads_as_all_of_it() -> None:
    assert wording.text(share_words(0.9957)) == "99.6%"
    assert wording.text(share_words(0.99996)) == "99.9%"
    assert wording.text(share_words(1.0)) == "100%"
    assert wording.text(share_words(0.78)) == "78%"


def test_a_meeting_holds_a_dozen_topics() -> None:
    found = pooled([AgendaItem(str(n), "", "", 1.0) for n in range(20)])
    assert len(found) == MOST
    assert text(found[-1].topic) == "9 more topics; see their steps"


def test_with_a_failing_page_more_traffic_waits() -> None:
    one = Finding("optimise/hero/1", "good", "Next to push.", (Proposal("promotion", "Buy"),))
    (told,) = optimise._waiting([one], 0.75)
    assert not told.proposals
    assert "page meets its limits again" in text(told.text)
    assert optimise._waiting([one], None) == [one]
