"""A decision is told in its own words; what was proposed instead is named, never its price as if decided."""

from __future__ import annotations

from core.actions import decisions
from core.answers.answer import Answer, Finding, Proposal, Verdict
from core.journal import projections
from core.journal.projections import Past
from core.language import wording
from core.reports.step_sections import decision_words
from core.topics.evening.tally import first_tomorrow, tally
from core.topics.page import page_gate
from core.topics.sales.month.findings import share_words
from core.topics.team.meeting.agenda import MOST, Point, pooled
from tests.topics.tables import MONDAY
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
    assert first_tomorrow(past) == ()


def test_a_small_miss_never_reads_as_all_of_it() -> None:
    assert wording.text(share_words(0.9957)) == "99.6%"
    assert wording.text(share_words(0.99996)) == "99.9%"
    assert wording.text(share_words(1.0)) == "100%"
    assert wording.text(share_words(0.78)) == "78%"


def test_a_meeting_holds_a_dozen_topics() -> None:
    found = pooled([Point(str(n), "", "", 1.0) for n in range(20)])
    assert len(found) == MOST
    assert found[-1].topic == "9 more topics: see their steps"


def test_with_a_failing_page_more_traffic_waits() -> None:
    one = Finding("optimise/hero/1", "good", "Next to push.", (Proposal("promotion", "Buy"),))
    (told,) = page_gate.waiting([one], 0.75, "optimise/hero/")
    assert not told.proposals
    assert "page passes again" in told.text
    assert page_gate.waiting([one], None, "optimise/hero/") == [one]
