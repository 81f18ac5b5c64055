"""The report is the present: its first page says what the table below says, the operator's words first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from core.answers.answer import Answer, Finding, Proposal, Verdict
from core.reports.markdown import render
from routines.io.day_report import day_report, entries_since
from routines.plan.questions import SUMMARY
from routines.workday.workday import Workday
from tests.routines.days import CHINA, shop_folder
from tests.terminal.keyboard import at_the_desk
from tests.tui.shop import make_shop

LATE = Finding("stock/late", "act", "Jeans run out in 4 days: order 1,055.", (Proposal("supply", "order"),))
WEAK = Finding("paid/weak", "watch", "Scarf converts below its bid.")


@pytest.fixture
def day(tmp_path: Path) -> Workday:
    shop = shop_folder(tmp_path / "shop")
    return Workday.open(
        shop, clock=lambda: datetime(2026, 11, 17, 21, 50, tzinfo=CHINA), who="Wang", lang="en"
    )


def front(day: Workday, **how: object) -> str:
    return render(day_report(day, **how)).partition("## Details")[0]  # type: ignore[arg-type]


def test_a_summary_shown_at_noon_does_not_speak_for_the_evening(day: Workday) -> None:
    day.shown("summary", Answer(Verdict("watch", "0 of 26 steps done, 1 action open.")))
    assert "0 of 26 steps done" in front(day)
    day.finish("target")
    day.finish("stock")
    assert "0 of 26 steps done" not in front(day)
    assert "2 of " in front(day)
    again = Answer(Verdict("info", "2 of 26 steps done, sales on their way."))
    assert "sales on their way" in front(day, present={"summary": again})


def test_finishing_the_report_step_itself_changes_nothing(day: Workday) -> None:
    day.shown("summary", Answer(Verdict("watch", "All that was planned is done.")))
    day.finish("summary")
    assert "All that was planned is done." in front(day)


def test_what_is_done_or_decided_leaves_what_is_to_be_improved(day: Workday) -> None:
    day.shown("stock", Answer(Verdict("act", "One item runs out."), (LATE, WEAK)))
    assert "Jeans run out" in front(day).partition("## To improve")[2]
    action = day.act("stock", LATE.proposals[0], finding=LATE.key)
    assert "Jeans run out" in front(day).partition("## To improve")[2], "agreed on is not done yet"
    day.update_action(action.id, "done")
    improve = front(day).partition("## To improve")[2].partition("##")[0]
    assert "Jeans run out" not in improve
    assert "Scarf converts" in improve
    day.decide("paid", WEAK.key, "observe")
    assert "Scarf converts" not in front(day).partition("## To improve")[2].partition("##")[0]


def test_the_operator_s_conclusion_and_first_three_come_first(day: Workday) -> None:
    day.shown("stock", Answer(Verdict("act", "One item runs out."), (LATE,)))
    day.reply("summary", SUMMARY[0], "The live stream carried the day.")
    day.reply("summary", SUMMARY[1], "Order the jeans\nNew picture of the cape\nCall the mill")
    day.reply("summary", SUMMARY[2], "How a bid follows conversion")
    text = front(day)
    assert text.index("The live stream carried the day.") < text.index("## To improve")
    first = text.partition("## First things tomorrow")[2].partition("##")[0].strip().splitlines()
    assert first == ["- Order the jeans", "- New picture of the cape", "- Call the mill"]
    assert "How a bid follows conversion" in text.partition("## Points to show newcomers")[2]


def test_after_finishing_it_counts_what_came_since(day: Workday) -> None:
    assert entries_since(day) == 0
    day.write_report("done", "finished")
    day.finish("summary")
    assert entries_since(day) == 0
    day.note("target", "the evening was better")
    day.finish("stock")
    assert entries_since(day) == 2


async def test_at_the_desk_d_asks_while_steps_are_open_and_b_builds_it_again(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    async with at_the_desk("process", shop) as lan:
        await lan.press("r")
        await lan.sees("nobody has corrected it yet")
        await lan.press("d")
        await lan.sees("steps are still open: press d again to finish the report")
        assert not list((shop / "reports").glob("*.md"))
        await lan.press("d")
        await lan.sees("Finished: reports/2026-11-16.md")
        workday = lan.pilot.app.session.workday  # type: ignore[attr-defined]
        workday.note("target", "after the report")
        lan.pilot.app.screen.redraw()  # type: ignore[attr-defined]
        await lan.sees("1 entry was written since then: press b to write")
        await lan.press("b")
        await lan.sees("Written again")
        await lan.press("d", "d")
        await lan.sees("Finished: reports/2026-11-16.md")
    assert "after the report" in (shop / "reports" / "2026-11-16.md").read_text(encoding="utf-8")
