"""The row of the sample shop on its Monday, from the answers that are in the cache."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.language.wording import text
from routines.fleet.board_row import BoardRow, board_row, row_data, row_from
from routines.workday.workday import Workday
from tests.conftest import copy_without_cache

NINE = datetime(2026, 11, 16, 1, 5, tzinfo=UTC)


def monday(folder: Path, who: str = "沈岚") -> Workday:
    """Open the sample's Monday at five past nine."""
    return Workday.open(folder, clock=lambda: NINE, who=who, lang="en")


def test_nothing_is_computed_for_a_row_of_a_shop_that_nobody_asked_yet(
    sample_shop: Path, tmp_path: Path
) -> None:
    folder = copy_without_cache(sample_shop, tmp_path / "lanting")
    row = board_row(monday(folder))
    assert (row.name, row.level, row.month, row.stake) == ("兰亭女装旗舰店", "nodata", None, None)
    assert {one.level for one in row.steps} == {None}
    assert not (folder / "cache" / "answers").exists()


@pytest.fixture
def unasked(sample_shop: Path, tmp_path: Path) -> Path:
    """A copy of the sample that has its figures but no answers yet, whatever others have asked."""
    folder = copy_without_cache(sample_shop, tmp_path / "lanting")
    (sample_shop / "cache" / "facts").mkdir(parents=True, exist_ok=True)
    (folder / "cache").mkdir()
    (folder / "cache" / "facts").symlink_to(sample_shop / "cache" / "facts", target_is_directory=True)
    return folder


def test_the_row_says_how_month_day_and_work_stand(unasked: Path) -> None:
    workday = monday(unasked)
    for step in ("target", "stock", "paid"):
        workday.ask(step)
    workday.begin("stock")
    workday.finish("target")
    row = board_row(workday)
    month = row.month
    assert month is not None
    assert (round(month.sold), month.day_target, round(month.to_date), month.target) == (
        37460,
        48001,
        1_594_231,
        2_470_000,
    )
    assert month.chance is not None
    assert 0.2 < month.chance < 0.4
    assert (row.done, row.late, row.who, row.seen) == (1, 0, ("沈岚",), ("沈岚",))
    assert (row.level, row.at, row.report) == ("act", "stock", "none")
    assert [one.level for one in list(row.steps)[:3]] == ["act", "act", None]
    assert text(row.headline).startswith("高腰直筒牛仔裤 has 4.7 days of cover")
    assert row.headline_step == "stock"
    assert row.stake is not None
    assert row.headline_stake is not None
    assert 12_000 < row.headline_stake < row.stake < 60_000
    assert row.recent[-1] == month.sold
    assert (row.kept, row.not_kept) == (3, 1)
    assert row_from(row_data(row)) == row


def test_the_same_incident_in_several_steps_counts_once(unasked: Path) -> None:
    workday = monday(unasked)
    workday.ask("target")
    alone = board_row(workday).stake
    workday.ask("drivers")  # reports the same changes
    assert board_row(workday).stake == alone


def test_a_report_is_followed_from_draft_to_finished(lanting: Path) -> None:
    workday = monday(lanting)
    stages = [board_row(workday).report]
    workday.write_report("Day", "draft")
    stages.append(board_row(workday).report)
    workday.write_report("Day", "finished")
    stages.append(board_row(workday).report)
    assert stages == ["none", "draft", "finished"]


def test_the_row_knows_the_team_that_may_see_it(lanting: Path) -> None:
    workday = monday(lanting)
    row: BoardRow[object] = board_row(workday)
    assert row.team.users == ("lan", "zhou", "lin", "he", "xu", "boss")
