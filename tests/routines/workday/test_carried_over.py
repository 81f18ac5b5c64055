"""Things left over in the workday: never copied, and the meeting does not end before they are decided on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.answers.answer import Proposal
from core.errors import UsageError
from routines.workday.workday import Workday
from tests.routines.days import MONDAY, TUESDAY, at, shop_folder

pytestmark = pytest.mark.usefixtures("any_store")

FRIDAY = MONDAY - timedelta(days=3)
CALL = Proposal("supply", "催交期", "on_hand", "up", FRIDAY.isoformat(), 400.0, "100")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_folder(tmp_path / "shop")


def working(shop: Path, day: date, when: str = "10:15") -> Workday:
    return Workday.open(shop, clock=lambda: at(when, day), who="Wang", lang="en")


def test_the_same_proposal_on_another_day_takes_the_old_line_up_again(shop: Path) -> None:
    first = working(shop, FRIDAY).act("stock", CALL, finding="stock/100")
    monday = working(shop, MONDAY)
    again = monday.act("stock", CALL, finding="stock/100", due=MONDAY.isoformat())

    assert (again.kind, again.data["action"]) == ("action-update", first.id)
    (action,) = monday.actions()
    assert (action.id, action.state, action.due, action.first_due) == (first.id, "open", MONDAY, FRIDAY)


def test_the_same_finding_with_new_figures_is_the_same_line_with_the_new_words(shop: Path) -> None:
    first = working(shop, FRIDAY).act("stock", text="补 300 件", role="supply", finding="stock/100")
    monday = working(shop, MONDAY)
    monday.act("stock", text="补 260 件", role="supply", finding="stock/100")
    (action,) = monday.actions()
    assert (action.id, action.text, action.updates[-1].reason) == (first.id, "补 300 件", "补 260 件")


def test_another_role_another_thing_or_a_closed_one_is_a_new_line(shop: Path) -> None:
    friday = working(shop, FRIDAY)
    done = friday.act("stock", text="补 300 件", role="supply", finding="stock/100")
    friday.update_action(done.id, "done")
    friday.act("stock", text="换主图", role="design", finding="stock/200")
    monday = working(shop, MONDAY)
    assert monday.act("stock", text="补 280 件", role="supply", finding="stock/100").kind == "action"
    assert monday.act("stock", text="问工厂", role="supply", finding="stock/200").kind == "action"
    assert monday.act("stock", text="另一件事", role="design").kind == "action"
    assert len(monday.actions()) == 5


def test_the_meeting_ends_when_everything_old_is_decided_on(shop: Path) -> None:
    friday = working(shop, FRIDAY)
    today = friday.act("standup", text="改标题", due=FRIDAY.isoformat())
    handed = friday.act("standup", text="换主图", due=FRIDAY.isoformat())
    dropped = friday.act("standup", text="拍视频", due=FRIDAY.isoformat())
    monday = working(shop, MONDAY)
    monday.finish("stock")
    with pytest.raises(UsageError, match="3 things have been open for three days or longer"):
        monday.finish("standup")
    monday.update_action(today.id, "open", due=MONDAY.isoformat())
    monday.update_action(handed.id, "handed", owner="Li")
    with pytest.raises(UsageError, match="“拍视频” is still open on day 4"):
        monday.finish("standup")
    with pytest.raises(UsageError, match="for dropping the action"):
        monday.update_action(dropped.id, "dropped")
    monday.update_action(dropped.id, "dropped", reason="没人有空")
    assert monday.finish("standup").kind == "done"
    assert {one.text: one.owner for one in monday.carried()} == {"改标题": "", "换主图": "Li"}


def test_the_next_day_asks_again_for_what_is_still_open(shop: Path) -> None:
    one = working(shop, FRIDAY).act("standup", text="改标题", due=FRIDAY.isoformat())
    working(shop, MONDAY).update_action(one.id, "open", due=MONDAY.isoformat())
    tuesday = working(shop, TUESDAY)
    assert [action.text for action in tuesday.undecided()] == ["改标题"]


def test_what_is_chosen_for_today_stands_on_the_list_before_noon_with_its_age(shop: Path) -> None:
    one = working(shop, FRIDAY).act("standup", text="改标题", due=FRIDAY.isoformat())
    monday = working(shop, MONDAY)
    assert "改标题" not in str(monday.ask("hands_on").evidence)
    monday.update_action(one.id, "open", due=MONDAY.isoformat())
    answer = monday.ask("hands_on")
    assert "day 4: 改标题" in str(answer.evidence)
    monday.update_action(one.id, "done")
    assert monday.ask("hands_on").verdict.level == "good"
