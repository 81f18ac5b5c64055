"""The key figures on top of the agenda."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.answers.answer import Answer, Cell, Table, TableColumn, Verdict
from core.answers.key_figures import COLUMNS
from core.language.speech import speak
from core.language.text_width import cells_of
from tui.widgets.key_cards import card_lines

STATES = (
    ("reached", "reached"),
    ("missed", "missed"),
    ("usual", "within usual range"),
    ("over", "over budget"),
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


def row(name: str, seen: str, state: str | None, share: float | None = None) -> tuple[Cell, ...]:
    return (name, seen, "", "", "", share, state, None)


ROWS = (
    row("Sales", "¥37,460", "missed", 0.78),
    row("Visitors", "8,203", "reached", 1.02),
    row("Conversion", "1.9%", "usual"),
    row("Order value", "¥243", None),
    row("Ad cost", "¥3,884", "over", 1.2),
    row("Ad ROI", "3.03", "usual"),
)


def summary(*rows: tuple[Cell, ...]) -> Answer:
    """Return the summary's answer with these key figures."""
    columns = tuple(TableColumn(one, id=one, words=STATES if one == "state" else ()) for one in COLUMNS)
    return Answer(Verdict("info", ""), evidence=(Table("Key figures", columns, rows),))


def shown(answer: Answer | None, room: int) -> list[str]:
    return [line.plain.rstrip() for line in card_lines(answer, room)]


def test_each_card_has_its_value_the_share_of_the_target_and_what_that_means() -> None:
    assert shown(summary(*ROWS), 80) == [
        " Sales                     Visitors                  Conversion",
        " ¥37,460  78% of target    8,203  102% of target     1.9%",
        " missed                    reached                   within usual range",
    ]


def test_an_ad_budget_is_no_target_to_reach() -> None:
    name, value, meaning = shown(summary(ROWS[4]), 80)
    assert (name, value, meaning) == (" Ad cost", " ¥3,884", " over budget")


def test_better_and_worse_are_told_in_words_and_in_colours_that_everybody_can_tell_apart() -> None:
    below = card_lines(summary(*ROWS), 120)[2]
    assert [str(span.style) for span in below.spans] == ["$missed", "$met", "$quiet", "$quiet", "$missed"]


@pytest.mark.parametrize(("room", "cards"), [(40, 2), (60, 2), (80, 3), (102, 5), (200, 5)])
def test_only_whole_cards_are_shown(room: int, cards: int) -> None:
    lines = card_lines(summary(*ROWS), room)
    assert all(cells_of(line.plain) <= room for line in lines)
    assert [one[0] for one in ROWS[:cards]] == [
        name for name in (str(one[0]) for one in ROWS) if f" {name} " in f"{lines[0].plain} "
    ]


def test_without_figures_there_are_no_cards() -> None:
    assert shown(None, 80) == []
    assert shown(Answer(Verdict("nodata", "nothing imported")), 80) == []
    assert shown(summary(), 80) == []


def test_the_share_is_told_in_chinese_too() -> None:
    speak("zh")
    assert shown(summary(row("销售额", "¥37,460", "missed", 0.78)), 80)[1] == " ¥37,460  目标的 78%"
