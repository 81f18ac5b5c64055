"""What a newcomer tries in the first week, each in a few keys: in Chinese, in a terminal of 80 by 24.

Keys are counted, typed words are not. What a task leaves behind is looked up in the shop, not on the screen.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from core.answers.answer import Table
from core.exports.kinds.reviews import Reviews
from core.facts.imports import commit, preview
from core.facts.ledger import Ledger
from core.language.speech import speak
from core.language.wording import say
from core.shop.loading import load_shop
from routines.workday.workday import Workday
from tests.conftest import copy_of
from tests.terminal.keyboard import CHOOSE, FORM, Operator, at_the_desk, in_a_shell

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
SHOP = "兰亭女装旗舰店"
DAY = date(2026, 11, 16)
EIGHT, TEN, HALF_PAST_TEN, HALF_PAST_ONE, NIGHT = (
    f"2026-11-16T{at}:02+08:00" for at in ("08:30", "10:05", "10:31", "13:30", "21:00")
)


class Counted:
    """An operator whose keys are counted."""

    def __init__(self, hands: Operator) -> None:
        self.hands = hands
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        self.keys += len(keys)
        await self.hands.press(*keys)

    async def leaves(self, words: str) -> None:
        """Press Escape and wait until what it closes has gone."""
        self.keys += 1
        await self.hands.leaves(words)

    async def types(self, text: str) -> None:
        """Type words; the end of a line belongs to them."""
        for number, row in enumerate(text.split("\n")):
            if number:
                await self.hands.press("enter")
            await self.hands.types(row)

    async def sees(self, *words: str) -> None:
        """Wait until all of the words are on the screen."""
        await self.hands.sees(*words)

    async def goes_to(self, title: str) -> None:
        """Open a step by its name."""
        await self.press("ctrl+p")
        await self.sees(say("Go to"))
        await self.types(title)
        await self.press("enter")
        await self.sees(f"{title}  {SHOP}")


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    speak("zh", "tmall")
    yield
    speak("en")


@pytest.fixture
def lanting(sample_shop: Path, tmp_path: Path) -> Path:
    """The sample shop as it is a minute after it was opened: the day's answers are there."""
    day = Workday.open(sample_shop, clock=lambda: datetime.fromisoformat(EIGHT), who="lan", lang="zh")
    for step in day.plan.steps:
        if step.analyse is not None:
            day.ask(step.id)
    return copy_of(sample_shop, tmp_path / "lanting")


def day_at(shop: Path, at: str = EIGHT) -> Workday:
    return Workday.open(shop, clock=lambda: datetime.fromisoformat(at), who="lan", lang="zh")


@asynccontextmanager
async def task(shop: Path, most: int, at: str = EIGHT) -> AsyncIterator[Counted]:
    """Sit down at the desk; afterwards no more than ``most`` keys were needed."""
    async with at_the_desk("tmux", shop, at=at, lang="zh") as hands:
        speak("zh", "tmall")
        counted = Counted(hands)
        yield counted
    assert counted.keys <= most


async def test_1_whether_yesterday_met_the_target_and_why_not(lanting: Path) -> None:
    answer = day_at(lanting).ask("target")
    began = time.monotonic()
    async with task(lanting, 2) as lan:
        await lan.press("enter")
        await lan.sees(answer.verdict.text[:12], answer.findings[0].text[:12])
        assert time.monotonic() - began < 10


async def test_2_an_action_of_a_proposal_for_somebody_with_a_day(lanting: Path) -> None:
    day_at(lanting).ask("target")
    async with task(lanting, 4) as lan:
        await lan.press("enter")
        await lan.sees(f"目标达成  {SHOP}", "已答问题")
        await lan.press("a")
        await lan.sees(say("Create an action"), CHOOSE)
        await lan.press("1")
        await lan.sees(say("Action created: {text}", text="")[:4])
    (made,) = (one for one in day_at(lanting).actions() if one.created == DAY)
    assert made.owner in {one.name for one in day_at(lanting).shop.team}
    assert made.due is not None


async def test_3_three_lines_are_still_there_after_leaving(lanting: Path) -> None:
    async with task(lanting, 6) as lan:
        await lan.press("enter")
        await lan.sees(f"目标达成  {SHOP}")
        await lan.press("w")
        await lan.sees("存为草稿")
        await lan.types("直播拉新\n老客回访\n明天看首屏")
        await lan.leaves("Esc 存为草稿")
        await lan.leaves("已答问题")
        await lan.press("enter")
        await lan.sees(f"目标达成  {SHOP}", "草稿")
        await lan.press("w")
        await lan.sees("直播拉新", "老客回访", "明天看首屏")


async def test_4_five_words_decided_one_undone_one_changed(lanting: Path) -> None:
    day_at(lanting).ask("paid")
    async with task(lanting, 14) as lan:
        await lan.goes_to("付费推广")
        await lan.press("o")
        await lan.sees(say("decided {n}/{total}", n=0, total=45))
        for number, key in enumerate("xlkol", 1):
            await lan.press(key)
            await lan.sees(say("decided {n}/{total}", n=number, total=45))
        await lan.press("u")
        await lan.sees(say("decided {n}/{total}", n=4, total=45))
        await lan.press("up", "k")
        await lan.sees(f"{say('keep')} 2")
    choices = [one.choice for one in day_at(lanting).decisions("paid").values()]
    assert sorted(choices) == ["delete", "keep", "keep", "lower"]


async def test_5_a_rival_is_recorded(lanting: Path) -> None:
    async with task(lanting, 12) as lan:
        await lan.goes_to("竞店")
        await lan.press("f")
        await lan.sees(CHOOSE)
        await lan.press("1")
        await lan.sees(FORM)
        await lan.press("down", "tab")
        await lan.types("3")
        await lan.press("tab", "tab", "tab")
        await lan.types("129-199")
        await lan.press("ctrl+s")
        await lan.sees("已保存")
    (seen,) = day_at(lanting).records("rival")
    assert (seen.value.rival, seen.value.new_listings, seen.value.price) == ("r01", 3, "129-199")


def without_reviews(shop: Path) -> Path:
    """Take the reviews out of what is imported and put their file into the inbox; return it."""
    import sample

    file = next((Path(sample.__file__).parent / "exports" / "reviews").iterdir())
    ledger = Ledger(shop)
    from core.facts.imports import undo

    for batch in ledger.live(Reviews.id):
        undo(shop, batch.id, who="lan", at=datetime.fromisoformat(EIGHT))
    target = shop / "inbox" / file.name
    target.write_bytes(file.read_bytes())
    return target


async def test_6_what_is_missing_is_seen_and_imported(lanting: Path) -> None:
    file = without_reviews(lanting)
    async with task(lanting, 3) as lan:
        await lan.press("i")
        await lan.sees("✗", file.name[:8], say("import all"))
        await lan.press("enter")
        await lan.sees("已导入 1 个文件")
    assert [one.file for one in Ledger(lanting).live(Reviews.id)] == [file.name]


async def test_7_an_import_of_yesterday_is_taken_back(lanting: Path) -> None:
    file = without_reviews(lanting)
    yesterday = datetime.fromisoformat(EIGHT) - timedelta(days=1)
    commit(lanting, preview(lanting, file, today=yesterday.date()), who="lan", at=yesterday)
    assert Ledger(lanting).live(Reviews.id)
    async with task(lanting, 4) as lan:
        await lan.press("i")
        await lan.sees(file.name[:8])
        await lan.press("u")
        await lan.sees("再按一次 u")
        await lan.press("u")
        await lan.sees("已撤销")
    assert not Ledger(lanting).live(Reviews.id)


async def test_8_a_step_is_skipped_with_a_reason_and_taken_back(lanting: Path) -> None:
    async with task(lanting, 5) as lan:
        await lan.press("s")
        await lan.sees(say("No time"))
        await lan.press("down", "enter")
        await lan.hands.no_longer_sees(say("suggestions"))
        await lan.press("u")
        await lan.sees("重新打开")
    day = day_at(lanting)
    assert [one.data["reason"] for one in day.entries() if one.kind == "skipped"] == ["没时间"]
    assert day.agenda().lines[0].state in ("due", "running", "later")


async def test_9_a_late_opening_the_plan_accepted_and_taken_back(lanting: Path) -> None:
    async with task(lanting, 3, at=TEN) as lan:
        await lan.press("p")
        await lan.sees("按 u")
        dropped = [one.step.id for one in day_at(lanting, TEN).agenda().lines if one.state == "dropped"]
        assert dropped
        await lan.press("u")
        await lan.sees("已恢复")
    assert "dropped" not in {one.state for one in day_at(lanting, TEN).agenda().lines}


async def test_10_the_stand_up_hands_out_three_tasks(lanting: Path) -> None:
    async with task(lanting, 16) as lan:
        await lan.goes_to("日常短会")
        await lan.sees("会议")
        await lan.press("o")
        await lan.sees("已讲 0/", "[ ]")
        await lan.press("p")
        await lan.sees(say("This point has a proposal: press p again to assign it.")[:8])
        for number in range(1, 4):
            await lan.press("p")
            await lan.sees(f"已定 {number} 条待办")
        await lan.press("d")
        await lan.hands.no_longer_sees("已讲")
    made = [one for one in day_at(lanting).actions() if one.created == DAY and one.step == "standup"]
    assert len(made) == 3
    assert all(one.owner for one in made)


async def test_11_the_hands_on_list_is_ticked_off(lanting: Path) -> None:
    day = day_at(lanting)
    board = next(one for one in day.ask("paid").evidence if isinstance(one, Table) and one.keys)
    for number in (0, 1):
        told = {column.id: cell for column, cell in zip(board.columns, board.rows[number], strict=True)}
        day.decide("paid", board.keys[number], "lower", told, board.about[number])
    async with task(lanting, 10, at=HALF_PAST_TEN) as lan:
        await lan.goes_to("实操")
        await lan.press("o")
        await lan.sees(say("{n}/{total} done", n=0, total=3))
        for number in range(1, 4):
            await lan.press("space")
            await lan.sees(say("{n}/{total} done", n=number, total=3))
        await lan.press("d")
        await lan.hands.no_longer_sees(f"实操  {SHOP}")
    assert day_at(lanting, HALF_PAST_TEN).agenda().line("hands_on").state == "done"


async def answers_all(lan: Counted, shop: Path, step: str, title: str, texts: Sequence[str]) -> None:
    """Reply to a step's questions one after the other, and finish the step."""
    await lan.press("r")
    await lan.sees(say("Which question?"))
    await lan.press("1")
    await lan.sees(FORM)
    for number, text in enumerate(texts, 1):
        await lan.types(text)
        await lan.press("ctrl+s")
        while len(day_at(shop, HALF_PAST_ONE).replies(step)) < number:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.05)
    await lan.press("d")
    if "再按一次 d" in await lan.hands.screen():  # the figures are still being worked out
        await lan.press("d")
    await lan.hands.no_longer_sees(f" {title}  {SHOP}")


async def test_12_two_steps_of_the_afternoon_whole(lanting: Path) -> None:
    day = day_at(lanting, HALF_PAST_ONE)
    for line in day.agenda().lines:
        if line.step.at.hour < 13:
            day.finish(line.step.id)
    for step in ("breakdown", "promotion"):
        day.ask(step)
    async with task(lanting, 24, at=HALF_PAST_ONE) as lan:
        await lan.sees("13:30")
        await lan.goes_to("规划分解")
        for title, step in (("规划分解", "breakdown"), ("推广", "promotion")):
            await answers_all(lan, lanting, step, title, [f"答{n}" for n, _ in enumerate(day.step(step).ask)])
            if step == "breakdown":
                await lan.sees(f" 推广  {SHOP}")
    day = day_at(lanting, HALF_PAST_ONE)
    assert [day.agenda().line(step).state for step in ("breakdown", "promotion")] == ["done", "done"]
    assert [len(day.replies(step)) for step in ("breakdown", "promotion")] == [3, 4]


async def fills(lan: Counted, form: str, values: Sequence[str]) -> None:
    """Fill the fields of a form one after the other; an empty one is passed over."""
    await lan.press("f")
    if await lan.hands.sees_one_of(CHOOSE, FORM) == CHOOSE:
        offered = re.search(rf"(\d) +{re.escape(form)}\s*$", await lan.hands.screen(), re.MULTILINE)
        assert offered is not None
        await lan.press(offered[1])
        await lan.sees(FORM)
    for at, value in enumerate(values):
        if at:
            await lan.press("tab")
        if value:
            await lan.types(value)
    await lan.press("ctrl+s")
    await lan.sees("已保存")


async def test_13_the_evening_with_typed_figures(lanting: Path) -> None:
    day = day_at(lanting, NIGHT)
    for step in ("order_gap", "evening_service"):
        day.ask(step)
    async with task(lanting, 30, at=NIGHT) as lan:
        await lan.goes_to(say(day.step("order_gap").title))
        await fills(lan, say(day.form("day_now").title), ["", "139", "28900", "15", "2598"])
        await fills(lan, say(day.form("rival_now").title), ["素年锦时", "170-210", "169-399"])
        await lan.goes_to(say(day.step("evening_service").title))
        await fills(lan, say(day.form("shift").title), ["小禾", "15", "4"])
        await fills(lan, say(day.form("shift").title), ["阿珂", "14", "5"])
    day = day_at(lanting, NIGHT)
    assert [one.value.orders for one in day.records("day_now")] == [139]
    assert [one.value.rival for one in day.records("rival_now")] == ["r01"]
    assert [one.value.agent for one in day.records("shift")] == ["小禾", "阿珂"]


async def test_14_a_sentence_of_the_report_is_corrected_and_the_report_finished(lanting: Path) -> None:
    async with task(lanting, 9, at=NIGHT) as lan:
        await lan.press("r")
        await lan.sees("自动生成", "日报")
        await lan.press("e")
        await lan.sees("Ctrl+S")
        await lan.types("周一有雨。")
        await lan.press("ctrl+s")
        await lan.sees(say("Saved; press d to finish the report.")[:6])
        await lan.press("d")
        await lan.sees("再按一次 d")
        await lan.press("d")
        await lan.sees("2026-11-16.md")
    report = (lanting / "reports" / "2026-11-16.md").read_text(encoding="utf-8")
    assert "周一有雨。" in report


async def test_15_last_wednesday_beside_the_one_before(lanting: Path) -> None:
    async with task(lanting, 5) as lan:
        await lan.press("c")
        await lan.sees("2026-11  累计")
        await lan.press("up", "right", "right", "c")
        await lan.sees("11月11日", "11月4日")


async def test_16_days_with_a_low_conversion_on_which_the_ads_were_noted(lanting: Path) -> None:
    async with task(lanting, 2) as lan:
        await lan.press("f")
        await lan.sees("查找")
        await lan.types("直通车 转化<2%")
        await lan.press("enter")
        await lan.sees("天", "直通车", "%")


async def test_17_which_promises_were_kept(lanting: Path) -> None:
    async with task(lanting, 1) as lan:
        await lan.press("k")
        await lan.sees("兑现 3  没兑现 1  说不准 2", "点击花费压到")


async def test_18_the_operations_table_of_november_in_excel(lanting: Path) -> None:
    async with task(lanting, 4) as lan:
        await lan.press("t")
        await lan.sees("店铺运营表")
        await lan.press("r", "r")
        await lan.sees("2026-11-01 - 2026-11-15")
        await lan.press("enter")
        await lan.sees("已写入", ".xlsx")
    (file,) = (lanting / "reports" / "tables").glob("*.xlsx")
    cells = [cell for row in openpyxl.load_workbook(file).worksheets[0].values for cell in row]
    assert any("2026-11-15" in str(cell) for cell in cells)


async def test_19_a_shop_of_ones_own_without_an_editor(tmp_path: Path) -> None:
    """From the first question to the first verdict."""
    import sample

    shop = tmp_path / "xindian"
    program = [sys.executable, "-m", "tui"]
    async with in_a_shell(tmp_path) as (hands, run):
        lan = Counted(hands)
        run([*program, "init", str(shop)])
        lan.keys += 1
        for question, answer in (
            ("店名", "新店"), ("平台", ""), ("目标", "30万"), ("毛利率", "45"), ("补货周期", "12"),
            ("几个人", "3"), ("你的名字", "小岚"),
        ):  # fmt: skip
            await lan.sees(f"{question}")
            await lan.types(answer) if answer else None
            await lan.press("enter")
        await lan.sees("建好了")
        run([*program, "open", str(shop), "--date", "2026-11-16", "--at", "08:30"])
        lan.keys += 1
        await lan.sees("三步就能看到")
        await lan.press("e")
        await lan.sees("设置  新店")
        await lan.press("1", "enter")
        await lan.sees("成交目标")
        await lan.types("31万")
        await lan.press("ctrl+s")
        await lan.sees("已保存", "310,000")
        await lan.leaves("目标  新店")
        await lan.press("2", "n")
        await lan.sees("团队：加一个人")
        await lan.types("小林")
        await lan.press("tab")
        await lan.types("美工、客服")
        await lan.press("ctrl+s")
        await lan.sees("已保存", "小林")
        await lan.leaves("团队  新店")
        await lan.leaves("设置  新店")
        for file in (Path(sample.__file__).parent / "exports" / "shop_day").glob("*2026-11*"):
            shutil.copy(file, shop / "inbox")
        await lan.press("i")
        await lan.sees(say("import all"))
        await lan.press("enter")
        await lan.sees("已导入")
        await lan.leaves("Tab 换一个列表")
        await lan.sees("✓  2")
        await lan.press("enter")
        await lan.sees("目标达成  新店", "昨天 ¥")
    assert lan.keys <= 40
    made = load_shop(shop)
    assert made.targets["2026-11"] == 310_000
    assert [(one.name, one.roles) for one in made.team] == [
        ("小岚", ("operator",)),
        ("小林", ("design", "service")),
    ]
    assert Ledger(shop).batches()


async def test_20_the_day_of_the_shop_is_changed_without_an_editor(lanting: Path) -> None:
    async with task(lanting, 30) as lan:
        await lan.press("e", "4")
        await lan.sees(f"一天的安排  {SHOP}")
        await lan.press(*["down"] * 4, "enter")
        await lan.sees("一天的安排：竞店")
        await lan.press("ctrl+u")
        await lan.types("14:00")
        await lan.press("ctrl+s")
        await lan.sees("已保存", "14:00  竞店")
        await lan.press("slash")
        await lan.sees("跳到含这几个字")
        await lan.types("直播")
        await lan.press("enter", "x")
        await lan.sees("已去掉：21:20")
        await lan.press("n")
        await lan.sees("一天的安排：加一步")
        await lan.types("发货巡检")
        await lan.press("tab")
        await lan.types("17:10")
        await lan.press("tab", "tab")
        await lan.types("有没有超时未发的单？")
        await lan.press("ctrl+s")
        await lan.sees("已保存", "17:10  发货巡检")
        await lan.press("slash")
        await lan.sees("跳到含这几个字")
        await lan.types("短会")
        await lan.press("enter", "enter")
        await lan.sees("一天的安排：日常短会")
        await lan.press("tab", "ctrl+u")
        await lan.types("20")
        await lan.press("ctrl+s")
        await lan.sees("已保存")
    steps = {step.id: step for step in day_at(lanting).plan.steps}
    assert f"{steps['rivals'].at:%H:%M}" == "14:00"
    assert "live" not in steps
    assert (steps["own01"].title, steps["own01"].ask) == ("发货巡检", ("有没有超时未发的单？",))
    assert steps["standup"].minutes == 20
