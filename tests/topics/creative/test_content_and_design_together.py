"""Content and design make posts together: which post waits for a picture, what design has due for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.answers.answer import Answer, Table
from core.language.message import Words
from core.language.wording import text
from core.records.records import Records
from core.records.team import ContentPost, DesignBrief, NewItem
from core.topics.creative import content, design
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, shop


def post(title: str, days: int, picture: str = "wanted", **fields: Any) -> ContentPost:
    on = MONDAY + timedelta(days=days)
    return ContentPost(channel="小红书", title=title, on=on, picture=picture, **fields)


def of_content(*planned: ContentPost, new: NewItem | None = None, **given: object) -> Answer[Words]:
    new_items = typed((MONDAY, new)) if new else None
    written = typed(*[(MONDAY, one) for one in planned])
    return content.posts_today(written, new_items=new_items, shop=shop(), today=MONDAY, **given)  # type: ignore[arg-type]


def of_design(*planned: ContentPost) -> Answer[Words]:
    written = typed(*[(MONDAY, one) for one in planned])
    return design.pictures(
        Records(), Records(), Records(), Records(), planned=written, shop=shop(), today=MONDAY
    )


def table(answer: Answer[Words], name: str) -> list[tuple[str, ...]]:
    found = [one for one in answer.evidence if isinstance(one, Table) and text(one.name) == name]
    return [tuple(_shown(cell) for cell in row) for one in found for row in one.rows]


def _shown(cell: object) -> str:
    return str(cell) if isinstance(cell, int) else text(cell or "")  # type: ignore[arg-type]


def asked(answer: Answer[Words]) -> list[tuple[str, str, str | None]]:
    found = [one for one in answer.findings if one.kind == "picture"]
    return [(one.level, text(one.text), one.proposals[0].due) for one in found]


@pytest.mark.parametrize(
    ("days", "picture", "state", "wanted"),
    [
        (0, "wanted", "planned", True),
        (1, "wanted", "planned", True),
        (2, "wanted", "planned", False),
        (-1, "wanted", "planned", False),
        (1, "ready", "planned", False),
        (1, "", "planned", False),
        (0, "wanted", "posted", False),
    ],
)
def test_a_picture_is_asked_of_design_from_the_day_before_its_post_on(
    days: int, picture: str, state: str, *, wanted: bool
) -> None:
    one = post("大衣怎么挑", days, picture, state=state)
    assert bool(asked(of_content(one))) is wanted
    assert asked(of_content(one)) == asked(of_design(one)), "both see the same"


def test_it_says_which_post_on_which_channel_and_design_has_it_by_then() -> None:
    (said,) = asked(of_design(post("大衣怎么挑", 1)))
    assert said == ("watch", "“大衣怎么挑” (小红书, 16 Jun) still has no picture.", "2026-06-16")
    (same,) = {one.key for one in of_design(post("大衣怎么挑", 1)).findings if one.kind == "picture"}
    assert same in {one.key for one in of_content(post("大衣怎么挑", 1)).findings}, (
        "agreed once, decided in both"
    )


def test_design_sees_the_posts_of_the_coming_days_and_content_what_design_has_due() -> None:
    shown = table(
        of_design(post("晚点的", 5), post("做好的", 2, "ready"), post("不用图", 2, "")), "Pictures for posts"
    )
    assert [row[0] for row in shown] == ["做好的", "晚点的"]
    brief = DesignBrief(item="d1", due=MONDAY - timedelta(days=1), shows="腰线")
    later = DesignBrief(item="d2", due=MONDAY + timedelta(days=8), shows="袖口")
    given = typed((MONDAY, brief), (MONDAY, later))
    due = table(
        of_content(post("碎花裙穿搭", 1, item="d1"), briefs=given), "Pictures that design must deliver"
    )
    assert due == [("d1", "main picture", "2026-06-14", "", "1")], "late ones too, those after a week not yet"


@pytest.mark.parametrize(
    ("listed", "title", "told"),
    [
        (7, "大衣怎么挑", True),
        (8, "大衣怎么挑", False),
        (7, "羊羔毛上新预告", False),
    ],
)
def test_an_item_to_be_listed_that_no_post_is_about_is_told(listed: int, title: str, *, told: bool) -> None:
    new = NewItem(item="羊羔毛外套", pictures=MONDAY, listed=MONDAY + timedelta(days=listed))
    said = [text(one.text) for one in of_content(post(title, 1), new=new).findings if one.kind == "launch"]
    assert bool(said) is told
    assert not told or said[0].startswith("No post is planned about 羊羔毛外套 (listed on 22 Jun).")
