"""What was decided stays decided: each matter has one state, and every step reads that one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions.answers_with_states import shown_today, with_states
from core.actions.decision_states import DecisionStates, decision_states, open_elsewhere
from core.actions.deeds import DEEDS, matter_of
from core.answers.answer import LEVELS, About, Answer, Deed, Finding, Proposal, Verdict, finding
from core.language.message import Words, plain
from core.language.wording import text
from tests.topics.tables import MONDAY, shop
from tests.topics.writing import Journal

TUESDAY = MONDAY + timedelta(days=1)
WORD = About(item="d1", word="毛衣女")
DELETE: Proposal[Words] = Proposal(
    "promotion", "Delete 毛衣女", "cost", "down", item="毛衣女", deed="delete_word", about=WORD
)
ORDER: Proposal[Words] = Proposal(
    "supply",
    "Order 1,055 jeans",
    due=MONDAY.isoformat(),
    deed="order",
    about=About(item="d2"),
    quantity=1055.0,
)
COMPLAIN: Proposal[Words] = Proposal(
    "design", "File the complaint", deed="complain", about=About(item="d1", rival="仿店")
)
CALL: Proposal[Words] = Proposal("service", "Call the buyers", due=MONDAY.isoformat())


def paid(*asks: Proposal[Words], level: Any = "act") -> Answer[Words]:
    """One finding for each proposal, and a verdict that calls for them."""
    found = tuple(
        finding("paid", f"p{n}", level, f"It costs money {n}.", ask, about=ask.about)
        for n, ask in enumerate(asks)
    )
    return Answer(Verdict(level, "Delete it, then the others.", asks=True), found)


def agreed(journal: Journal, ask: Proposal[Words], *, day: date = MONDAY, **fields: Any) -> str:
    """Make an action of a proposal, as the workday keeps it."""
    named = {name: getattr(ask.about, name) for name in About.__slots__ if getattr(ask.about, name)}
    kept = {"deed": ask.deed, "about": named, "quantity": ask.quantity, "price": ask.price}
    given: dict[str, Any] = {
        "text": plain(ask.text),
        "role": ask.role,
        "owner": "周岩",
        "due": ask.due or day.isoformat(),
        **{name: value for name, value in kept.items() if value},
        **fields,
    }
    return journal.write("action", "paid", day=day, at="08:36", **given)


def update(
    journal: Journal, action: str, state: str, *, day: date = MONDAY, at: str = "08:40", **more: Any
) -> None:
    journal.write("action-update", "paid", day=day, at=at, action=action, state=state, **more)


def chose(
    journal: Journal, choice: str, proposed: str = "delete", *, day: date = MONDAY, **detail: Any
) -> None:
    """Decide on the word on the keyword board."""
    about = {"item": "d1", "word": "毛衣女"}
    kept = {"decision": proposed, **detail}
    journal.write(
        "decision", "paid", day=day, key="paid/word/d1/毛衣女", choice=choice, about=about, detail=kept
    )


def on(journal: Journal, day: date) -> DecisionStates:
    return decision_states(replace(journal.past, today=day).known(), shop(), day)


def told(journal: Journal, answer: Answer[Words], day: date) -> Answer[Words]:
    return with_states(answer, on(journal, day))


def first(answer: Answer[Words]) -> str:
    return text(answer.findings[0].text)


def test_a_word_deleted_on_the_board_is_not_proposed_again_the_next_morning() -> None:
    journal = Journal(MONDAY)
    assert told(journal, paid(DELETE), MONDAY) == paid(DELETE)
    chose(journal, "delete")
    now = told(journal, paid(DELETE), TUESDAY)
    assert (now.findings[0].proposals, now.findings[0].level) == ((), "info")
    assert first(now) == "Decided 15 Jun: delete (小兰); not done yet. It costs money 0."
    journal.write("decision", "hands_on", key="paid/word/d1/毛衣女", choice="done", at="11:00")
    assert first(told(journal, paid(DELETE), TUESDAY)) == (
        "Delete 毛衣女: Keyword deleted 15 Jun. Waiting for figures until 25 Jun."
    )


def test_its_verdict_gives_way_to_what_is_left() -> None:
    journal = Journal(MONDAY)
    chose(journal, "delete")
    left = told(journal, paid(DELETE, CALL), TUESDAY).verdict
    assert (left.level, left.text) == ("act", "It costs money 1.")
    nothing = told(journal, paid(DELETE), TUESDAY).verdict
    assert nothing.level == "info"
    assert text(nothing.text) == "Nothing new to decide. Decided 15 Jun: delete (小兰); not done yet."


def test_a_verdict_that_tells_the_facts_stays() -> None:
    journal = Journal(MONDAY)
    chose(journal, "delete")
    facts = replace(paid(DELETE), verdict=Verdict("act", "78 % of target."))
    assert told(journal, facts, TUESDAY).verdict == facts.verdict


@pytest.mark.parametrize(("days", "asked"), [(9, False), (10, True)])
def test_when_the_figures_are_in_and_still_ask_for_it_it_is_proposed_and_says_so(
    days: int, *, asked: bool
) -> None:
    journal = Journal(MONDAY)
    done = agreed(journal, DELETE)
    update(journal, done, "done")
    now = told(journal, paid(DELETE), MONDAY + timedelta(days=days))
    assert bool(now.findings[0].proposals) is asked
    assert ("The new figures still call for this action." in first(now)) is asked


@pytest.mark.parametrize(
    ("quantity", "asked"), [(1055.0, False), (1160.0, False), (1161.0, True), (949.0, True)]
)
def test_an_order_is_proposed_again_only_when_it_is_off_by_more_than_a_tenth(
    quantity: float, *, asked: bool
) -> None:
    journal = Journal(MONDAY)
    agreed(journal, ORDER)
    now = told(journal, paid(replace(ORDER, quantity=quantity)), TUESDAY)
    assert bool(now.findings[0].proposals) is asked
    assert ("Things have changed: 1,055 at that time" in first(now)) is asked
    assert "Assigned to 周岩, overdue since 15 Jun." in first(now)


def test_what_was_assigned_and_is_overdue_is_as_urgent_as_before_and_leads_again() -> None:
    journal = Journal(MONDAY)
    agreed(journal, ORDER)
    asking = paid(ORDER, CALL)
    asking = replace(asking, findings=(asking.findings[0], replace(asking.findings[1], level="watch")))
    on_time = told(journal, asking, MONDAY)
    assert on_time.findings[0].level == "info"
    assert text(on_time.verdict.text) == "It costs money 1."
    late = told(journal, asking, TUESDAY)
    assert (late.findings[0].level, late.findings[0].proposals) == ("act", ())
    assert text(late.verdict.text) == "Assigned to 周岩, overdue since 15 Jun. It costs money 0."


@pytest.mark.parametrize(("price", "asked"), [(1.37, False), (1.50, False), (1.51, True)])
def test_a_bid_is_proposed_again_only_when_its_price_is_off_by_more_than_a_tenth(
    price: float, *, asked: bool
) -> None:
    journal = Journal(MONDAY)
    chose(journal, "lower", "lower", next_cpc=1.37)
    lower = replace(DELETE, deed="lower_bid", price=price)
    now = told(journal, paid(lower), TUESDAY)
    assert bool(now.findings[0].proposals) is asked
    assert ("Things have changed: ¥1.37 at that time" in first(now)) is asked


def test_another_deed_on_the_same_word_is_proposed_and_says_that_it_changed() -> None:
    journal = Journal(MONDAY)
    chose(journal, "lower", "lower", next_cpc=1.37)
    now = told(journal, paid(DELETE), TUESDAY)
    assert now.findings[0].proposals == (DELETE,)
    assert "Things have changed: the figures now ask for something else." in first(now)


def test_to_keep_a_word_against_the_advice_is_a_decision_too() -> None:
    journal = Journal(MONDAY)
    chose(journal, "keep")
    now = told(journal, paid(DELETE), TUESDAY)
    assert now.findings[0].proposals == ()
    assert first(now).startswith("小兰 decided “keep” 15 Jun instead of this advice.")
    lower = replace(DELETE, deed="lower_bid", price=1.0)
    assert told(journal, paid(lower), TUESDAY).findings[0].proposals == (lower,)


def test_goods_ordered_are_told_with_quantity_and_day_and_late_ones_as_late() -> None:
    journal = Journal(MONDAY)
    action = agreed(journal, ORDER)
    update(journal, action, "done", quantity=1000.0, arrives="2026-06-25")
    assert first(told(journal, paid(ORDER), TUESDAY)) == (
        "Order 1,055 jeans: Ordered 15 Jun: 1,000 pieces, expected 25 Jun."
    )
    (state,) = on(journal, date(2026, 6, 27)).by_matter.values()
    assert (state.quantity, state.arrives, state.arrived) == (1000.0, date(2026, 6, 25), None)
    late = told(journal, paid(replace(ORDER, quantity=1000.0)), date(2026, 6, 25))
    assert late.findings[0].proposals == ()
    update(journal, action, "done", day=date(2026, 6, 26), arrived="2026-06-26")
    (state,) = on(journal, date(2026, 6, 27)).by_matter.values()
    assert (state.done, state.arrived) == (MONDAY, date(2026, 6, 26))


def test_handed_over_it_is_agreed_on_still_and_dropped_it_is_not() -> None:
    journal = Journal(MONDAY)
    action = agreed(journal, ORDER)
    update(journal, action, "handed", owner="林夕", reason="出差")
    (state,) = on(journal, MONDAY).by_matter.values()
    assert (state.stage, state.owner, state.done, state.done_at) == ("agreed", "林夕", None, None)
    update(journal, action, "dropped", reason="不补了", at="08:50")
    (state,) = on(journal, MONDAY).by_matter.values()
    assert (state.stage, state.reason, state.done, state.done_at) == ("dropped", "不补了", None, None)


def test_a_tick_that_it_was_not_done_is_no_day_on_which_it_was() -> None:
    journal = Journal(MONDAY)
    chose(journal, "delete")
    journal.write("decision", "hands_on", key="paid/word/d1/毛衣女", choice="not done", at="11:00")
    (state,) = on(journal, MONDAY).by_matter.values()
    assert (state.stage, state.done, state.done_at) == ("undone", None, None)
    journal.write("decision", "hands_on", key="paid/word/d1/毛衣女", choice="done", at="11:30")
    (state,) = on(journal, MONDAY).by_matter.values()
    assert (state.stage, state.done) == ("done", MONDAY)
    assert f"{state.done_at:%H:%M}" == "11:30"


def test_an_action_that_belongs_to_no_finding_hides_none_after_it() -> None:
    journal = Journal(MONDAY)
    journal.write("action", "standup", text="买咖啡", owner="周岩", role="", at="08:20")
    agreed(journal, ORDER)
    assert [state.deed for state in on(journal, MONDAY).by_matter.values()] == ["order"]


def test_answers_somebody_spoilt_by_hand_show_nothing_open() -> None:
    journal = Journal(MONDAY)
    spoilt: tuple[object, ...] = (
        None, [], {"findings": 3}, {"findings": [None, 3, {"proposals": 3}, {"proposals": [3]}]},
    )  # fmt: skip
    for answer in spoilt:
        journal.write("answered", "reviews", answer=answer)
        assert open_elsewhere(journal.entries, "design") == {}


def test_a_complaint_filed_today_is_told_with_its_hour() -> None:
    journal = Journal(MONDAY)
    update(journal, agreed(journal, COMPLAIN), "done", at="08:36")
    assert first(told(journal, paid(COMPLAIN), MONDAY)).startswith(
        "File the complaint: Complaint filed today 08:36."
    )


def test_what_was_not_done_is_asked_again_the_next_day_with_its_reason() -> None:
    journal = Journal(MONDAY)
    chose(journal, "delete")
    journal.write(
        "decision", "hands_on", key="paid/word/d1/毛衣女", choice="not done", detail="没时间", at="11:00"
    )
    assert told(journal, paid(DELETE), MONDAY).findings[0].proposals == ()
    now = told(journal, paid(DELETE), TUESDAY)
    assert now.findings[0].proposals == (DELETE,)
    assert first(now).startswith("Not done 15 Jun: 没时间.")


def test_a_finding_without_a_deed_is_known_by_its_key_and_its_role() -> None:
    journal = Journal(MONDAY)
    key = paid(CALL).findings[0].key
    agreed(journal, CALL, finding=key)
    assert told(journal, paid(CALL), MONDAY).findings[0].proposals == ()
    other = replace(CALL, role="supply")
    assert told(journal, paid(other), MONDAY).findings[0].proposals == (other,)


def test_a_wide_decision_covers_the_narrow_ones_and_not_the_other_way() -> None:
    wide: Proposal[Words] = Proposal("promotion", "Ads down", deed="lower_spend", about=About(item="d1"))
    narrow = replace(wide, about=About(item="d1", scene="搜索"))
    journal = Journal(MONDAY)
    agreed(journal, wide)
    assert told(journal, paid(narrow), MONDAY).findings[0].proposals == ()
    journal = Journal(MONDAY)
    agreed(journal, narrow)
    assert told(journal, paid(wide), MONDAY).findings[0].proposals == (wide,)


def test_two_who_decide_at_once_leave_two_entries_and_one_state() -> None:
    journal = Journal(MONDAY)
    agreed(journal, DELETE, owner="周岩")
    agreed(journal, DELETE, owner="林夕")
    assert len([one for one in journal.entries if one.kind == "action"]) == 2
    (state,) = on(journal, MONDAY).by_matter.values()
    assert state.owner == "林夕"


def test_laying_it_on_again_says_what_is_so_now_and_taking_back_opens_it() -> None:
    journal = Journal(MONDAY)
    chose(journal, "delete")
    once = told(journal, paid(DELETE), MONDAY)
    assert told(journal, once, MONDAY) == once
    journal.write("decision", "hands_on", key="paid/word/d1/毛衣女", choice="done", at="11:00")
    assert first(told(journal, once, MONDAY)).startswith("Delete 毛衣女: Keyword deleted today 11:00.")
    chose(journal, "")
    assert told(journal, once, MONDAY).findings == paid(DELETE).findings


def test_the_same_proposal_of_two_steps_is_open_in_the_first_and_named_in_the_second() -> None:
    journal = Journal(MONDAY)
    journal.shown("reviews", paid(COMPLAIN))
    later = with_states(
        paid(COMPLAIN),
        decision_states(journal.entries, shop(), MONDAY, elsewhere=open_elsewhere(journal.entries, "design")),
        {"reviews": "Reviews"},
    )
    assert later.findings[0].proposals == ()
    assert first(later).startswith("This was already proposed in “Reviews”; deal with it there.")
    assert open_elsewhere(journal.entries, "reviews") == {}
    assert open_elsewhere(journal.entries, "standup") == {}


def test_every_deed_that_is_declared_says_that_it_was_done() -> None:
    for deed, kind in DEEDS.items():
        about = About(**dict.fromkeys(kind.by, "x"))
        ask: Proposal[Words] = Proposal("operator", "Do it", deed=deed, about=about)  # type: ignore[arg-type]  # of the table
        journal = Journal(MONDAY)
        update(journal, agreed(journal, ask), "done", at="08:36", arrives="2026-06-25", quantity=5.0)
        assert "today 08:36" in first(told(journal, paid(ask), MONDAY)), deed


# -- random days -----------------------------------------------------------------------------------

STEPS = ("target", "stock", "paid", "reviews", "design")
SUBJECTS = (WORD, About(item="d2"), About(item="d1", rival="仿店"), About())
DEEDS_TRIED: tuple[Deed, ...] = ("delete_word", "lower_bid", "order", "complain", "top_up", "answer_reviews")


@st.composite
def proposals(draw: st.DrawFn) -> Proposal[Words]:
    deed = draw(st.sampled_from(DEEDS_TRIED))
    about = draw(st.sampled_from(SUBJECTS))
    quantity = draw(st.sampled_from((None, 100.0, 105.0, 200.0)))
    return Proposal("promotion", f"{deed} {about}", deed=deed, about=about, quantity=quantity)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.lists(proposals(), max_size=4)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(("open", "done", "dropped"))), max_size=8),
    st.integers(0, 12),
)
def test_nothing_decided_and_unchanged_is_proposed_and_what_is_open_is_open_once(
    looks: list[tuple[str, list[Proposal[Words]]]], deeds: list[tuple[int, str]], later: int
) -> None:
    """Whatever is proposed, taken, done and dropped in whatever order, today and some days later."""
    journal = Journal(MONDAY)
    taken: list[Proposal[Words]] = []
    for number, (step, asks) in enumerate(looks):
        states = decision_states(
            journal.entries, shop(), MONDAY, elsewhere=open_elsewhere(journal.entries, step)
        )
        now = with_states(paid(*asks), states)
        journal.shown(step, now)
        offered = [(one.key, ask) for one in now.findings for ask in one.proposals]
        for at, state in deeds[number : number + 2]:
            if offered:
                key, ask = offered[at % len(offered)]
                taken.append(ask)
                name = agreed(journal, ask, finding=key)
                if state != "open":
                    update(journal, name, state, reason="算了")
    states = on(journal, MONDAY)
    shown: dict[Any, list[str]] = {}
    for step, answer in shown_today(journal.past, shop()).items():
        for one in answer.findings:
            for ask in one.proposals:
                decided = states.of(ask, one.key)
                assert decided is None or not decided.stands(ask, MONDAY)
                shown.setdefault(matter_of(ask.deed, ask.about), []).append(step)
    assert all(len(set(steps)) == 1 for steps in shown.values()), shown
    day = MONDAY + timedelta(days=later)
    again = told(journal, paid(*taken), day)
    for one in again.findings:
        for ask in (*one.proposals, *one.settled):
            decided = on(journal, day).of(ask, one.key)
            assert decided is not None
            assert (ask in one.settled) is decided.stands(ask, day)
        assert bool(one.states)
        assert one.level in LEVELS


def test_what_is_asked_for_is_told_by_a_finding() -> None:
    """A finding that proposes nothing is never touched."""
    quiet: Answer[Words] = Answer(Verdict("watch", "x"), (Finding("paid/a", "watch", "x"),))
    journal = Journal(MONDAY)
    chose(journal, "delete")
    assert told(journal, quiet, MONDAY) == quiet
