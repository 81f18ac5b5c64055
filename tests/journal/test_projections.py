"""What a day's entries come to, told as people wrote them."""

from dataclasses import asdict, fields, replace
from datetime import date, datetime, timedelta
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer import About, Answer, Proposal, Verdict, finding
from core.answers.answer_codec import encode
from core.journal.actions import actions
from core.journal.entry import Entry, Kind
from core.journal.entry_codec import plain
from core.journal.projections import Past, answer, decisions, notes, records, replies, report
from core.journal.record_codec import typed
from core.records.records import RECORDS, CampaignEntry, ListingCopy, RivalSeen

MONDAY = date(2026, 11, 16)
SUNDAY = MONDAY - timedelta(days=1)


class Writing:
    """Entries, one after the other."""

    def __init__(self, day: date = MONDAY) -> None:
        self.day = day
        self.entries: list[Entry] = []

    def add(self, kind: Kind, who: str = "陈晓", step: str = "stock", **data: object) -> str:
        number = len(self.entries)
        at = datetime(
            self.day.year, self.day.month, self.day.day, 9, number, tzinfo=ZoneInfo("Asia/Shanghai")
        )
        entry = Entry(f"{self.day:%d}-{number}", at, who, kind, step, data, self.day)
        self.entries.append(entry)
        return entry.id


@pytest.fixture
def day() -> Writing:
    return Writing()


def test_an_edited_note_shows_its_last_wording_in_its_first_place(day: Writing) -> None:
    first = day.add("note", text="补 200 件")
    day.add("note", text="问工厂")
    second = day.add("note", text="补 300 件", replaces=first)
    day.add("note", text="补 350 件", replaces=second)

    assert [note.text for note in notes(day.entries)] == ["补 350 件", "问工厂"]
    assert notes(day.entries)[0].first == day.entries[0].at


def test_a_note_taken_back_is_gone(day: Writing) -> None:
    first = day.add("note", text="补 200 件")
    day.add("note", text="", replaces=first)

    assert notes(day.entries) == ()


def test_two_people_who_edit_the_same_note_at_once_both_keep_their_words(day: Writing) -> None:
    first = day.add("note", text="补 200 件")
    day.add("note", text="补 300 件", replaces=first)
    day.add("note", who="林薇", text="等工厂回话", replaces=first)

    assert [(note.text, note.who) for note in notes(day.entries)] == [
        ("补 300 件", "陈晓"),
        ("等工厂回话", "林薇"),
    ]


def test_notes_of_one_step_only(day: Writing) -> None:
    day.add("note", text="货品", step="stock")
    day.add("note", text="竞店", step="rivals")

    assert [note.text for note in notes(day.entries, "rivals")] == ["竞店"]


def test_each_persons_last_reply_to_a_question_stands(day: Writing) -> None:
    question = "Which reorder goes out today?"
    day.add("reply", question=question, text="开衫")
    day.add("reply", question=question, text="牛仔裤")
    day.add("reply", who="林薇", question=question, text="都不补")
    day.add("reply", question="Other?", text="x")
    day.add("reply", question="Other?", text="")

    assert [(reply.who, reply.text) for reply in replies(day.entries)] == [
        ("陈晓", "牛仔裤"),
        ("林薇", "都不补"),
    ]
    day.add("reply", question=question, text="都补")
    assert [reply.text for reply in replies(day.entries)] == ["都不补", "都补"], "in the order said last"
    assert replies(day.entries, "rivals") == ()


def test_everything_said_in_reply_to_a_person_stands(day: Writing) -> None:
    note = day.add("note", who="林薇", text="@陈晓 补多少？")
    day.add("reply", to=note, text="300")
    day.add("reply", to=note, text="还是 250")

    assert [(reply.to, reply.text) for reply in replies(day.entries)] == [(note, "300"), (note, "还是 250")]


def test_deciding_again_changes_a_decision_and_an_empty_choice_takes_it_back(day: Writing) -> None:
    day.add("decision", step="paid", key="paid/word/毛衣女", choice="lower", detail={"price": 1.2})
    day.add("decision", step="paid", key="paid/word/毛衣女", choice="delete", detail={"price": 0})
    day.add("decision", step="paid", key="paid/word/大衣", choice="raise")
    day.add("decision", step="paid", key="paid/word/大衣", choice="")

    assert [one.choice for one in decisions(day.entries)] == ["delete"]
    day.add("decision", step="paid", key="paid/word/大衣", choice="keep")
    day.add("decision", step="paid", key="paid/word/毛衣女", choice="delete", detail={"price": 0})
    assert [one.choice for one in decisions(day.entries)] == ["keep", "delete"], "in the order decided last"
    day.add("decision", step="paid", key="paid/word/大衣", choice="")

    (decision,) = decisions(day.entries, "paid")
    assert (decision.choice, decision.detail, decision.day) == ("delete", {"price": 0}, MONDAY)
    assert decisions(day.entries, "stock") == ()


def test_an_action_follows_everything_said_about_it(day: Writing) -> None:
    number = day.add(
        "action", text="拍新主图", role="design", owner="阿珂", due="2026-11-17",
        metric="ctr", direction="up", expected=0.05, item="736500100101", finding="paid/ctr",
    )  # fmt: skip
    day.add("action-update", action=number, state="handed", owner="林薇", reason="阿珂请假", due="2026-11-18")
    day.add("action-update", action=number, state="done")
    day.add("action-update", action="nobody's", state="done")

    (action,) = actions(day.entries)
    assert (action.owner, action.due, action.state, action.closed) == (
        "林薇",
        date(2026, 11, 18),
        "done",
        MONDAY,
    )
    assert (action.metric, action.direction, action.expected) == ("ctr", "up", 0.05)
    assert [update.reason for update in action.updates] == ["阿珂请假", ""]


def test_an_action_was_closed_when_it_was_first_done_whatever_is_added_later(day: Writing) -> None:
    number = day.add("action", text="补 300 件")
    assert actions(day.entries)[0].closed_at is None
    day.add("action-update", action=number, state="handed", owner="林薇")
    assert actions(day.entries)[0].closed_at is None
    day.add("action-update", action=number, state="done")
    day.add("action-update", action=number, state="done", arrived="2026-11-20")

    (action,) = actions(day.entries)
    assert (action.closed, action.closed_at) == (MONDAY, day.entries[2].at)
    day.add("action-update", action=number, state="open", reason="退回")
    (action,) = actions(day.entries)
    assert (action.closed, action.closed_at, action.arrived) == (None, None, None)
    day.add("action-update", action=number, state="dropped")
    assert actions(day.entries)[0].closed_at == day.entries[-1].at


def test_what_is_done_after_midnight_is_done_on_the_day_that_goes_on(day: Writing) -> None:
    number = day.add("action", text="补 300 件")
    day.add("action-update", action=number, state="done")
    late = day.entries[0].at + timedelta(hours=16)
    (action,) = actions([entry._replace(at=late) for entry in day.entries])

    assert (action.created, action.closed, action.closed_at) == (MONDAY, MONDAY, late)
    (undated,) = actions([entry._replace(at=late, day=None) for entry in day.entries])
    assert (undated.created, undated.closed) == (late.date(), late.date())


def test_goods_ordered_are_told_on_the_day_they_come(day: Writing) -> None:
    about = {"item": "7365", "word": 3}
    number = day.add(
        "action", text="补货", due="2026-11-17", deed="order", quantity=300, price=12.5, about=about
    )
    (action,) = actions(day.entries)
    assert (action.told_on, action.quantity, action.price) == (date(2026, 11, 17), 300, 12.5)
    assert action.about == About(item="7365")

    day.add("action-update", action=number, arrives="2026-11-25", quantity=250, price=11)
    (action,) = actions(day.entries)
    assert (action.state, action.told_on, action.due) == ("open", date(2026, 11, 25), date(2026, 11, 17))
    assert (action.quantity, action.price, action.updates[0].quantity) == (250, 11, 250)
    day.add("action-update", action=number, state="done", arrived="2026-11-24")
    (action,) = actions(day.entries)
    assert (action.arrives, action.arrived) == (date(2026, 11, 25), date(2026, 11, 24))
    assert (action.first_due, action.quantity, action.price) == (date(2026, 11, 17), 250, 11)


def test_an_action_with_half_of_it_missing_still_stands(day: Writing) -> None:
    day.add("action", text="问工厂", due="morgen", expected="viel")

    (action,) = actions(day.entries)
    assert (action.text, action.due, action.expected, action.state, action.closed) == (
        "问工厂",
        None,
        None,
        "open",
        None,
    )


def test_records_come_back_typed_and_in_their_last_form(day: Writing) -> None:
    first = day.add("record", form="rival", values={"rival": "r01", "new_listings": 3, "rank": 1})
    day.add("record", form="copy", values={"item": "1", "shop": "衣品汇"})
    day.add("record", who="林薇", form="rival", values={"rival": "r01", "new_listings": 5}, replaces=first)
    day.add("record", form="rival", values={"new_listings": 5})

    (seen,) = records(day.entries, RivalSeen)
    assert (seen.value, seen.who, seen.at) == (
        RivalSeen(rival="r01", new_listings=5),
        "林薇",
        day.entries[0].at,
    )
    assert [row.value.shop for row in records(day.entries, ListingCopy)] == ["衣品汇"]


def test_values_of_the_wrong_kind_count_as_not_given() -> None:
    assert typed(
        ListingCopy, {"item": "1", "shop": "x", "price": 89, "stolen_pictures": "yes", "what": 1}
    ) == ListingCopy(item="1", shop="x", price=89.0)
    assert typed(CampaignEntry, {"name": "双12", "deadline": "2026-11-18", "start": "soon"}) == CampaignEntry(
        name="双12", deadline=date(2026, 11, 18)
    )
    assert typed(RivalSeen, {"rival": "r01", "rank": 2.0, "reviews": True}) == RivalSeen(rival="r01", rank=2)
    assert typed(RivalSeen, None) is None


@pytest.mark.parametrize("kind", RECORDS)
def test_every_kind_of_record_goes_into_the_journal_and_comes_back(kind: type[object]) -> None:
    examples = {"str": "词", "int": 3, "float": 1.5, "bool": False, "date": MONDAY}
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]  # every record is a dataclass
    types = {name: next(iter(get_args(hints[name])), hints[name]) for name in names}
    record = kind(**{name: examples[plain_type.__name__] for name, plain_type in types.items()})

    assert typed(kind, plain(asdict(record))) == record  # type: ignore[call-overload]  # the same


def test_what_was_shown_last_comes_back_as_an_answer(day: Writing) -> None:
    shown = Answer(
        Verdict("act", "牛仔裤 4 天后断货"),
        (finding("stock", "order", "act", "…", Proposal("supply", "补"), about=About(item="7365")),),
    )
    day.add("answered", answer=encode(replace(shown, verdict=Verdict("info", "早些时候"))), batches=[])
    day.add("answered", answer=encode(shown), batches=["b1"])
    day.add("answered", step="reviews", answer={"verdict": "from the future"})

    assert answer(day.entries, "stock") == shown
    assert answer(day.entries, "reviews") is None
    assert answer(day.entries, "rivals") is None


def test_the_report_as_last_corrected(day: Writing) -> None:
    assert report(day.entries) is None
    day.add("report", step="", state="draft", text="一", figures={"gmv": 1})
    day.add("report", step="", state="finished", text="二")

    written = report(day.entries)
    assert written is not None
    assert (written.state, written.text, written.figures) == ("finished", "二", {})


def test_the_past_knows_yesterday_and_what_is_still_open(day: Writing) -> None:
    sunday = Writing(SUNDAY)
    number = sunday.add("action", text="拍新主图")
    sunday.add("note", text="昨天的")
    day.add("action-update", action=number, state="done")
    day.add("note", text="今天的")
    tuesday = Writing(MONDAY + timedelta(days=1))
    tuesday.add("action", text="later")

    past = Past(
        MONDAY,
        {SUNDAY: tuple(sunday.entries), MONDAY: tuple(day.entries), tuesday.day: tuple(tuesday.entries)},
    )
    assert past.yesterday == SUNDAY
    assert [(action.text, action.state) for action in past.actions] == [("拍新主图", "done")]
    assert [note.text for note in past.notes] == ["今天的"]
    assert [note.text for note in notes(past.entries(SUNDAY))] == ["昨天的"]
    assert (past.decisions, past.answers("stock"), len(past.records(RivalSeen))) == ((), None, 0)
    assert Past(MONDAY).yesterday is None
