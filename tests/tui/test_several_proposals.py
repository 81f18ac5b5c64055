"""Digits and ticks: several pieces of advice become actions at once, and a number finds a step."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.keyboard import at_the_desk


async def test_ticked_advice_becomes_actions_with_one_key(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("a")
        await lan.sees("Create an action", "[ ] supply: Order 985")
        await lan.press("space", "down", "space")
        await lan.sees("[✓] supply: Order 985", "[✓] supply: Order 310")
        await lan.press("enter")
        await lan.sees("2 actions created.")
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("2 actions", "You are looking ahead")


async def test_a_number_opens_the_advice_with_this_number(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("9")
        await lan.sees("There are only 7 proposals.")
        await lan.press("3")
        await lan.sees(">3 [ ] supply: Order 310")
        await lan.press("enter")
        await lan.sees("Action created: Order 310")


async def test_on_today_a_number_goes_to_the_step_of_this_part_of_the_day(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("7")
        await lan.sees(">  09:52")
        await lan.press("end", "2")
        await lan.sees(">  21:00")
        await lan.press("9")
        await lan.sees("This part of the day has 7 steps.")
