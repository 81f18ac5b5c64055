"""A person at work in a day: begins, writes, decides, hands out, and finds it all on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from core.answers.answer import About, Answer, Finding, Proposal, Table, TableColumn, Verdict
from core.errors import BadSettings, UsageError
from core.journal.day_files.file_store import FileStore
from core.records.records import RivalSeen
from routines.io.day_report import day_report, render
from routines.workday.workday import Workday
from tests.conftest import FILES_ONLY
from tests.routines.days import TUESDAY, at, shop_folder

pytestmark = pytest.mark.usefixtures("any_store")

SHOP = """
name = "Lanting"
language = "en"

[[team]]
name = "沈岚"
roles = ["operator"]
user = "lan"

[[team]]
name = "周岩"
roles = ["promotion"]

[[team]]
name = "陆正"
roles = ["viewer"]
user = "boss"
"""


class Morning:
    """A shop folder and a clock on the wall."""

    def __init__(self, folder: Path) -> None:
        self.folder = shop_folder(folder / "lanting", SHOP)
        self.time = at("08:30")

    def clock(self) -> datetime:
        return self.time

    def by(self, who: str = "lan", *, read_only: bool = False) -> Workday:
        return Workday.open(self.folder, clock=self.clock, who=who, lang="en", read_only=read_only)

    def at(self, text: str) -> None:
        self.time = at(text)


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    return Morning(tmp_path)


def kinds(day: Workday) -> list[str]:
    return [entry.kind for entry in day.entries()]


def test_opening_a_day_writes_nothing(morning: Morning) -> None:
    day = morning.by()
    assert (day.day, day.who, day.lang, day.plan.kind) == (TUESDAY, "沈岚", "en", "weekday")
    assert day.agenda().current is not None
    assert day.entries() == ()
    assert not (morning.folder / "journal").exists()


def test_the_first_write_puts_the_plan_before_itself(morning: Morning) -> None:
    day = morning.by()
    day.begin("target")
    assert kinds(day) == ["opened", "started"]
    assert day.entries()[0].data["plan"][0] == {"id": "target", "at": "08:30", "minutes": 15, "must": True}
    day.finish("target")
    assert kinds(day) == ["opened", "started", "done"]


def test_a_step_from_beginning_to_end(morning: Morning) -> None:
    day = morning.by()
    day.begin("target")
    morning.at("08:41")
    day.leave("target")
    morning.at("08:50")
    day.begin("target")
    morning.at("08:52")
    day.finish("target")
    line = day.agenda().line("target")
    assert (line.state, line.used_minutes) == ("done", 13)
    assert day.leave("target") is None


EVERYTHING: list[Callable[[Workday], object]] = [
    lambda day: day.begin("target"),
    lambda day: day.note("target", "大盘在跌"),
    lambda day: day.reply("target", day.step("target").ask[0], "双11余温"),
    lambda day: day.decide("paid", "paid/word/1", "lower", {"from": 1.2, "to": 1.0}),
    lambda day: day.act("stock", Proposal("supply", "Order 300", "on_hand", "up"), finding="stock/reorder/1"),
    lambda day: day.record("rivals", "rival", {"rival": "r01", "new_listings": "2"}),
    lambda day: day.shown("stock", Answer(Verdict("good", "Nothing to do today."))),
    lambda day: day.skip("campaigns", "none open"),
    lambda day: day.accept_drop(["campaigns"]),
    lambda day: day.extend("target", 5),
    lambda day: day.finish("target"),
    lambda day: day.write_report("# Day\n", "draft"),
]


def test_pressing_a_key_twice_writes_once(morning: Morning) -> None:
    day = morning.by()
    for press in EVERYTHING:
        assert press(day) == press(day)
    assert len(day.entries()) == 1 + len(EVERYTHING)


def test_a_boss_looks_and_cannot_write(morning: Morning) -> None:
    morning.by().note("target", "hello")
    for day in (morning.by("boss"), morning.by(read_only=True)):
        assert [note.text for note in day.notes()] == ["hello"]
        for press in EVERYTHING[:8]:
            with pytest.raises(UsageError, match=r"only view this day|can only view this shop"):
                press(day) if press is not EVERYTHING[1] else day.note("target", "other")


def test_two_people_in_one_day_see_each_other(morning: Morning) -> None:
    lan, zhou = morning.by(), morning.by("zhou")
    assert zhou.changed() == frozenset()
    lan.note("stock", "牛仔裤快断货")
    assert zhou.changed() == {"journal"}
    assert zhou.changed() == frozenset()
    assert [(note.text, note.who) for note in zhou.notes("stock")] == [("牛仔裤快断货", "沈岚")]


def test_settings_and_facts_that_change_are_noticed(morning: Morning) -> None:
    day = morning.by()
    (morning.folder / "routine.toml").write_text('drop = ["network"]\n', encoding="utf-8")
    (morning.folder / "facts").mkdir()
    (morning.folder / "facts" / "ledger.json").write_text("{}", encoding="utf-8")
    assert day.changed() == {"settings", "facts"}
    day.reload()
    assert "network" not in [step.id for step in day.plan.steps]


def test_settings_gone_wrong_leave_the_day_as_it_was(morning: Morning) -> None:
    day = morning.by()
    (morning.folder / "routine.toml").write_text('drop = ["netwrok"]\n', encoding="utf-8")
    with pytest.raises(BadSettings, match="network"):
        day.reload()
    assert "network" in [step.id for step in day.plan.steps]
    assert day.agenda().current is not None


def test_notes_are_edited_and_taken_back(morning: Morning) -> None:
    day = morning.by()
    first = day.note("target", "one")
    second = day.note("target", "one, better", replaces=first.id)
    assert [note.text for note in day.notes("target")] == ["one, better"]
    day.note("target", "", replaces=second.id)
    assert day.notes() == ()
    with pytest.raises(UsageError, match="nothing to save"):
        day.note("target", "  ")
    with pytest.raises(UsageError, match="in the meantime"):
        day.note("target", "x", replaces=first.id)


def test_a_decision_is_changed_and_taken_back(morning: Morning) -> None:
    day = morning.by()
    day.decide("paid", "paid/word/1", "raise")
    day.decide("paid", "paid/word/1", "lower")
    assert {key: one.choice for key, one in day.decisions("paid").items()} == {"paid/word/1": "lower"}
    day.decide("paid", "paid/word/1", "")
    assert day.decisions() == {}


def test_a_decision_keeps_what_it_is_about_by_ids_and_its_figures_as_numbers(morning: Morning) -> None:
    day = morning.by()
    about = About(item="7365", word="毛衣女")
    made = day.decide("paid", "paid/word/7365/毛衣女", "lower", {"clicks": 2126, "cpc": 1.69}, about)
    assert made.data == {
        "key": "paid/word/7365/毛衣女",
        "choice": "lower",
        "about": {"item": "7365", "word": "毛衣女"},
        "detail": {"clicks": 2126, "cpc": 1.69},
    }
    assert day.decide("paid", "paid/word/7365/毛衣女", "lower", dict(made.data["detail"]), about) == made
    (kept,) = day.decisions("paid").values()
    assert (kept.about, kept.which) == (about, "毛衣女")


def test_an_action_has_an_owner_a_day_and_a_life(morning: Morning) -> None:
    day = morning.by()
    made = day.act("paid", Proposal("promotion", "Lower 毛衣女", "cost", "down"), finding="paid/word/1")
    action = day.actions()[0]
    assert (action.owner, action.due, action.role, action.id) == ("周岩", TUESDAY, "promotion", made.id)
    day.update_action(made.id, "handed", owner="沈岚", due="2026-11-18")
    assert day.actions(open_only=True)[0].owner == "沈岚"
    with pytest.raises(UsageError, match="short reason for dropping"):
        day.update_action(made.id, "dropped")
    with pytest.raises(UsageError, match="“someday” is not a date"):
        day.update_action(made.id, "open", due="someday")
    with pytest.raises(UsageError, match="is in the past"):
        day.update_action(made.id, "open", due="2026-11-01")
    day.update_action(made.id, "done")
    assert day.actions(open_only=True) == ()
    with pytest.raises(UsageError, match="no such action"):
        day.update_action("nobody", "done")


def test_yesterdays_action_can_be_closed_today(morning: Morning) -> None:
    made = morning.by().act("standup", text="order pictures", role="design")
    morning.at("33:00")
    tomorrow = morning.by()
    assert tomorrow.day.day == 18
    tomorrow.update_action(made.id, "done")
    assert tomorrow.actions()[0].state == "done"


def test_records_are_typed_and_corrected(morning: Morning) -> None:
    day = morning.by()
    first = day.record("rivals", "rival", {"rival": "r01", "new_listings": "2"})
    day.record("rivals", "rival", {"rival": "r01", "new_listings": 4}, replaces=first.id)
    assert [row.value for row in day.records("rival")] == [RivalSeen(rival="r01", new_listings=4)]
    with pytest.raises(UsageError, match="Rival"):
        day.record("rivals", "rival", {"new_listings": "2"})
    with pytest.raises(UsageError, match="no form"):
        day.record("rivals", "rivals", {})


def test_a_campaign_recorded_yesterday_is_brought_up_to_date_today(morning: Morning) -> None:
    first = morning.by().record("campaigns", "campaign", {"name": "双12", "state": "applied"})
    morning.at("33:00")
    day = morning.by()
    day.record("campaigns", "campaign", {"name": "双12", "state": "accepted"}, replaces=first.id)
    assert [row.value.state for row in day.records("campaign", days=30)] == ["accepted"]


def test_skipping_needs_a_reason_and_must_steps_are_not_dropped(morning: Morning) -> None:
    day = morning.by()
    with pytest.raises(UsageError, match="why"):
        day.skip("target", " ")
    with pytest.raises(UsageError, match="not optional"):
        day.accept_drop(["campaigns", "target"])
    assert day.entries() == ()


def test_a_finished_step_can_be_looked_at_and_taken_up_again(morning: Morning) -> None:
    day = morning.by()
    day.finish("target", quick=True)
    assert day.begin("target").kind == "done"
    with pytest.raises(UsageError, match="done already"):
        day.skip("target", "x")
    day.reopen("target")
    assert day.agenda().line("target").state == "running"
    day.finish("target")
    assert day.agenda().line("target").state == "done"


def test_a_broken_session_is_ended_when_the_person_comes_back(morning: Morning) -> None:
    day = morning.by()
    day.begin("rivals")
    morning.at("08:40")
    day.note("rivals", "x")
    morning.at("11:00")
    again = morning.by()
    assert again.enter() is not None
    assert again.enter() is None
    line = again.agenda().line("rivals")
    assert (line.state, line.used_minutes) == ("late", 10)


def test_a_wrong_name_names_the_closest(morning: Morning) -> None:
    day = morning.by()
    with pytest.raises(UsageError, match="target"):
        day.begin("targt")
    with pytest.raises(UsageError, match="target"):
        day.note("targt", "x")
    with pytest.raises(UsageError, match="stock"):
        day.finish("stok")


def test_after_midnight_it_is_still_the_same_day_then_it_is_late(morning: Morning) -> None:
    morning.at("24:20")
    day = morning.by()
    assert (day.day, day.turned()) == (TUESDAY, False)
    assert not day.note("summary", "end").late
    morning.at("33:00")
    assert day.turned()
    assert day.note("summary", "forgot this").late


def test_what_was_shown_is_kept_as_a_screenful_with_its_batches(morning: Morning) -> None:
    day = morning.by()
    rows = tuple((str(number),) for number in range(500))
    table = Table("words", (TableColumn("word"),), rows, tuple(map(str, range(500))))
    answer = Answer(Verdict("act", "x"), (Finding("paid/word/1", "act", "x"),), (table,), batches=("b1",))
    kept = day.shown("paid", answer).data
    assert len(kept["answer"]["evidence"][0]["rows"]) == 30
    assert kept["batches"] == ["b1"]
    assert day.past().answers("paid") is not None


def test_the_report_builds_itself_and_a_finished_one_is_a_file(morning: Morning) -> None:
    day = morning.by()
    day.begin("target")
    day.note("target", "大盘在跌")
    day.finish("target")
    report = day_report(day)
    text = render(report)
    assert "大盘在跌" in text
    assert "<html" in render(report, "html")
    assert "大盘在跌" in render(report, "txt")
    day.write_report(text, "finished")
    assert (morning.folder / "reports" / "2026-11-17.md").read_text(encoding="utf-8") == text


def test_help_is_the_question_and_the_steps_own_words(morning: Morning) -> None:
    own = (
        '[[add]]\nid = "parcels"\nat = "17:00"\nminutes = 5\ntitle = "Parcels"\nhelp = "Look at the shelf."\n'
    )
    (morning.folder / "routine.toml").write_text(own, encoding="utf-8")
    day = morning.by()
    assert day.question("stock").startswith("Which items will run out")
    assert day.help("hands_on").endswith("nothing is left until after 12:00.")
    assert (day.question("parcels"), day.help("parcels")) == ("", "Look at the shelf.")


@FILES_ONLY
def test_a_damaged_day_is_told_once_and_work_goes_on(morning: Morning) -> None:
    day = morning.by()
    day.note("target", "x")
    FileStore(day.folder).path(TUESDAY).write_bytes(b"garbage")
    assert day.entries() == ()
    assert len(day.told()) == 1
    assert day.told() == ()
    day.note("target", "y")
    assert [note.text for note in day.notes()] == ["y"]
