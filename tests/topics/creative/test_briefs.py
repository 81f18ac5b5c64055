"""A brief says what a picture must show; what is late is told with what can be done meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import Answer, Table
from core.language.message import Words
from core.language.wording import text
from core.records.records import Records
from core.records.team import DesignBrief, NewItem
from core.topics.creative import briefs, design
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, shop

NAMES = {"d1": "碎花裙"}


def brief(days: int, **fields: str) -> DesignBrief:
    return DesignBrief(item="d1", due=MONDAY + timedelta(days=days), shows="腰线一秒看到", **fields)


def told(*given: DesignBrief) -> list[tuple[str, str, list[str]]]:
    found = briefs.open_briefs(typed(*[(MONDAY, one) for one in given]))
    said = briefs.findings(found, NAMES, MONDAY)
    return [(one.level, text(one.text), [ask.role for ask in one.proposals]) for one in said]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (brief(5), []),
        (brief(1), [("info", "main picture of 碎花裙 is due on 16 Jun.", [])]),
        (
            brief(-2),
            [("watch", "main picture of 碎花裙 was due on 13 Jun and is missing.", ["design", "operator"])],
        ),
        (
            brief(-2, state="delivered"),
            [("info", "main picture of 碎花裙 is delivered: check whether it shows “腰线一秒看到”.", [])],
        ),
        (brief(-2, state="accepted"), []),
    ],
)
def test_a_brief_is_told_when_it_is_due_late_or_delivered(
    given: DesignBrief, said: list[tuple[str, str, list[str]]]
) -> None:
    assert told(given) == said


def test_the_newest_word_on_a_piece_counts() -> None:
    assert told(brief(-2), brief(-2, state="accepted")) == []
    assert len(told(brief(-2), brief(-2, piece="first"))) == 2


def answer(given: DesignBrief | None = None, new: NewItem | None = None) -> Answer[Words]:
    return design.pictures(
        Records(),
        typed(*([(MONDAY, new)] if new else [])),
        Records(),
        Records(),
        briefs=typed(*([(MONDAY, given)] if given else [])),
        shop=shop(),
        today=MONDAY,
    )


def test_the_design_step_shows_the_brief_with_what_it_must_show() -> None:
    tables = [one for one in answer(brief(3)).evidence if isinstance(one, Table)]
    table = next(one for one in tables if text(one.name) == "Design briefs")
    assert "腰线一秒看到" in table.rows[0]


def test_while_a_new_item_s_pictures_are_late_the_operator_does_what_needs_none() -> None:
    late = NewItem(item="d1", pictures=MONDAY - timedelta(days=1), listed=MONDAY + timedelta(days=5))
    said = next(one for one in answer(new=late).findings if one.kind == "new")
    assert [ask.role for ask in said.proposals] == ["design", "operator"]
    soon = NewItem(item="d1", pictures=MONDAY, listed=MONDAY + timedelta(days=5))
    said = next(one for one in answer(new=soon).findings if one.kind == "new")
    assert [ask.role for ask in said.proposals] == ["design"]
