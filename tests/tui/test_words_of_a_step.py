"""What people wrote in a step, and keys and steps to go to, as the screen words them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.journal.actions import Action
from core.journal.projections import Note, Reply
from routines.days.weekday import DAY
from routines.plan.step import Step
from routines.workday.thinning import IdleStep
from tests.routines.days import MONDAY, at
from tui.keymap.keys import Key
from tui.screens.actions import metric_words
from tui.screens.help import key_lines
from tui.screens.imports import middle_cut
from tui.screens.palette import key_entries, step_entries
from tui.screens.step.step_texts import made_words, note_words, question_words
from tui.screens.today.carried_over_panel import carried_over_rows
from tui.text.sanitize import width
from tui.text.text_layout import Block, Prose

STOCK = next(part for part in DAY if isinstance(part, Step) and part.id == "stock")
NINE = at("09:00", MONDAY)


def plain(shown: Prose | Sequence[Block]) -> list[str]:
    prose = shown if isinstance(shown, Prose) else Prose(shown)
    return [one.plain.rstrip() for one in prose.lines(100)]


def reply(question: str, text: str, who: str = "沈岚", to: str = "") -> Reply:
    return Reply("r", "stock", question, text, who, NINE, to)


def test_questions_stand_with_what_everybody_answered() -> None:
    first, second, third = STOCK.ask
    said = [reply(first, "开衫"), reply(first, "牛仔裤", "林夕"), reply(second, "x", to="n1")]
    assert plain(question_words(STOCK, said)) == [
        "Questions", f"✓ {first}", "  开衫", "  沈岚 09:00", "  牛仔裤", "  林夕 09:00",
        f"? {second}", f"? {third}",
    ]  # fmt: skip
    assert not question_words(STOCK._replace(ask=()), said)


def test_notes_stand_with_what_was_replied_and_whether_they_were_changed() -> None:
    notes = [
        Note("n1", "stock", "补 300 件", "沈岚", NINE, NINE),
        Note("n2", "stock", "问工厂", "林夕", NINE + timedelta(minutes=5), NINE),
    ]
    assert plain(note_words(notes, [reply("", "好", "林夕", to="n1")])) == [
        "Notes", "补 300 件", "  沈岚 09:00", "  好", "  林夕 09:00", "问工厂", "  林夕 09:05 changed",
    ]  # fmt: skip
    assert not note_words([])


def action(**fields: object) -> Action:
    given = {
        "id": "a", "words": "Order jeans", "role": "supply", "owner": "", "due": None, "metric": None,
        "direction": None, "expected": None, "item": None, "state": "open", "created": MONDAY, "at": NINE,
        "who": "沈岚", "step": "stock", "finding": "",
    }  # fmt: skip
    return Action(**(given | fields))  # type: ignore[arg-type]  # as given


def test_actions_stand_with_who_does_them_by_when() -> None:
    made = [action(), action(owner="周岩", due=date(2026, 11, 18)), action(state="done")]
    assert plain(made_words(made)) == [
        "Actions", "- supply: Order jeans", "- 周岩: Order jeans  by 18 Nov", "✓ supply: Order jeans",
    ]  # fmt: skip
    assert not made_words([])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "-"),
        ({"metric": "visitors"}, "visitors"),
        ({"metric": "visitors", "direction": "up", "expected": 1200.0}, "visitors up 1,200"),
        ({"metric": "conversion", "direction": "hold", "expected": 0.025}, "conversion steady 2.5%"),
        ({"metric": "gmv", "direction": "down"}, "sales down"),
        ({"metric": "made up"}, "made up"),
    ],
)
def test_the_number_that_should_move(fields: dict[str, object], words: str) -> None:
    assert metric_words(action(**fields)) == words


def test_a_long_file_name_keeps_its_beginning_and_its_date() -> None:
    name = "【生意参谋平台】商品_全部_很长很长的名字_2026-11-15.xls"
    assert middle_cut(name, 100) == name
    cut = middle_cut(name)
    assert width(cut) == 36
    assert cut.startswith("【生意参谋平台】")
    assert cut.endswith("2026-11-15.xls")
    assert middle_cut("x" * 36) == "x" * 36
    assert middle_cut("x" * 37) != "x" * 37


KEYS = (
    Key("ctrl+s", "save", "save", "Keep it."),
    Key("question_mark", "help", "help", "Help."),
    Key("x", "drop", "长"),
)


def test_keys_are_listed_in_columns() -> None:
    assert plain(key_lines(KEYS)) == ["^S  save  Keep it.", "?   help  Help.", "x   长"]
    assert key_lines(()) == []


def test_one_can_go_to_every_step_and_press_every_key_but_help_and_the_palette_itself() -> None:
    page = STOCK._replace(id="page", title="Page check")
    entries = step_entries([STOCK], [page])
    assert [(one[0], one[1].plain, one[2]) for one in entries] == [
        (("step", "stock"), "08:45  Stock", "stock Stock"),
        (("step", "page"), "not planned today  Page check", "page Page check"),
    ]
    assert [(one[0], one[1].plain, one[2]) for one in key_entries(KEYS)] == [
        (("key", "save"), "^S  save", "save save"),
        (("key", "drop"), "x  长", "drop 长"),
    ]


def test_what_earlier_days_left_is_a_line_each_with_its_key() -> None:
    assert carried_over_rows([], MONDAY, promises=[], idle=[]) == []
    left = [action(due=MONDAY - timedelta(days=n)) for n in (1, 2, 3)]
    idle = [IdleStep("live", "Live", 9, 9, 120)]
    assert plain(carried_over_rows(left, MONDAY, promises=[], idle=idle)) == [
        " 2 things have been left open for three days or longer and need a decision.  a actions",
        " 1 step led to no action in 30 days: do it less often?  l",
    ]
    assert plain(carried_over_rows(left[:2], MONDAY, promises=[], idle=idle * 2)) == [
        " 1 thing has been left open for three days or longer and needs a decision.  a actions",
        " 2 steps led to no action in 30 days: do them less often?  l",
    ]


def test_an_open_question_has_its_answer_of_last_time_below_it() -> None:
    first, second, _ = STOCK.ask
    friday = replace(reply(first, "补 300 件开衫"), at=NINE - timedelta(days=3))
    step = STOCK._replace(ask=(first, second))
    assert plain(question_words(step, (), {first: friday})) == [
        "Questions", f"? {first}", "  13 Nov: “补 300 件开衫” 沈岚", f"? {second}",
    ]  # fmt: skip
    assert "13 Nov" not in " ".join(plain(question_words(step, [reply(first, "开衫")], {first: friday})))
