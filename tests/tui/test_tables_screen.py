"""Tables and posting at the desk: what is chosen is written, what is posted was seen first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.channels.http_post import TRIAL
from tests.channels.gateway import Gateway, gateway, soon
from tests.channels.mail_server import mail_server
from tests.channels.sent import outbox
from tests.channels.test_registry import a_shop
from tests.terminal.keyboard import at_the_desk
from tests.terminal.ptys import MORNING
from tests.tui.shop import make_shop
from tui.screens.tables import spans

SECRET = "SEC123"  # noqa: S105 - nobody's


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with gateway(secret=SECRET, now=datetime.fromisoformat(MORNING).timestamp()) as held:
        monkeypatch.setenv(TRIAL, held.address)
        yield held


def robot(shop: Path) -> Path:
    file = shop / "secrets.toml"
    url = "https://oapi.dingtalk.com/robot/send?access_token=good"
    file.write_text(f'[robot]\nkind = "dingtalk"\nurl = "{url}"\nsecret = "{SECRET}"\n', encoding="utf-8")
    file.chmod(0o600)
    return shop


def test_the_days_one_usually_wants_end_yesterday() -> None:
    named = {name: (first, last) for name, first, last in spans(date(2026, 11, 16))}
    assert named["last week"] == (date(2026, 11, 9), date(2026, 11, 15))
    assert named["this month so far"] == (date(2026, 11, 1), date(2026, 11, 15))
    assert named["last month"] == (date(2026, 10, 1), date(2026, 10, 31))
    assert {name: (first, last) for name, first, last in spans(date(2026, 3, 1))}["last month"] == (
        date(2026, 1, 1), date(2026, 1, 31),
    )  # fmt: skip


async def test_a_table_of_the_chosen_days_is_written_into_the_shop(lanting: Path) -> None:
    async with at_the_desk("process", lanting) as lan:
        await lan.press("t")
        await lan.sees("Shop operations", "by day", "2026-10-17")
        await lan.press("b", "r")
        await lan.sees("by week", "2026-11-09")
        await lan.press("enter")
        await lan.sees("Saved: reports/tables/operations_2026-11-09_2026-11-15_week.xlsx (1 row)")
        await lan.press("e")
        await lan.sees("From which day to which day?")
        await lan.press("ctrl+u")
        await lan.types("2026-11-14 2026-11-13")
        await lan.press("enter")
        await lan.no_longer_sees("From which day to which day?")
        await lan.sees("before it begins")
        await lan.press("end", "up", "up", "m")
        await lan.sees("> Time used", "nothing was saved")
    assert [file.name for file in (lanting / "reports" / "tables").iterdir()] == [
        "operations_2026-11-09_2026-11-15_week.xlsx"
    ]


async def test_the_message_is_seen_before_it_is_posted(tmp_path: Path, group: Gateway) -> None:
    shop = robot(make_shop(tmp_path))
    async with at_the_desk("process", shop) as lan:
        await lan.press("r")
        await lan.sees("Written from today's journal")
        await lan.press("p")
        await lan.sees("This will be sent", "oapi.dingtalk.com", "not been finished yet")
        await lan.leaves("This will be sent")
        assert group.asked == 0
        await lan.press("p")
        await lan.sees("This will be sent")
        await lan.press("enter")
        await lan.sees("Sent at 08:5")
        await lan.press("p")
        await lan.sees("This will be sent")
        await lan.press("enter")
        await lan.sees("already sent", "a to send it once more")
        await lan.press("a")
        await lan.no_longer_sees("This will be sent")
        await lan.sees("Sent at 08:5")
    assert len(group.arrived) == 2
    assert [one.state for one in outbox(shop)] == ["gone", "gone"]


async def test_a_robot_that_keeps_silent_leaves_the_screen_alive(tmp_path: Path, group: Gateway) -> None:
    group.mood = ["hang"]
    shop = robot(make_shop(tmp_path))
    async with at_the_desk("process", shop) as lan:
        await lan.press("r")
        await lan.sees("Written from today's journal")
        await lan.press("p")
        await lan.sees("This will be sent")
        await lan.press("enter")
        await lan.sees("Sending ...")
        await asyncio.to_thread(soon, lambda: group.asked == 1)  # in the loop it would hold up the posting
        await lan.press("down", "down")
        group.let_go.set()
        await lan.sees("gave no clear answer")
    assert [one.state for one in outbox(shop)] == ["unknown"]


async def test_a_report_goes_by_e_mail_from_the_screen(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    with mail_server() as server:
        lines = f'host = "localhost"\nport = {server.port}\nfrom = "a@b.example"\nto = ["boss@b.example"]'
        a_shop(shop, "email", lines)
        async with at_the_desk("process", shop) as lan:
            await lan.press("r")
            await lan.sees("Written from today's journal")
            await lan.press("p")
            await lan.sees("This will be sent", "To E-mail (localhost)", "to boss@b.example")
            await lan.press("enter")
            await lan.sees("Sent at 08:5")
    ((people, _),) = server.arrived
    assert people == ["boss@b.example"]
    assert [one.state for one in outbox(shop)] == ["gone"]


async def test_without_a_channel_the_key_says_how_to_set_one_up(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path), size=(120, 30)) as lan:
        await lan.press("r")
        await lan.sees("Written from today's journal")
        await lan.press("p")
        await lan.sees("No channel is set up for this shop.")
