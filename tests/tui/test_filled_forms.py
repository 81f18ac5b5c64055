"""A form that a proposal fills in, and one with a field of the shop's own, filled in at the desk."""

from __future__ import annotations

import shutil
from pathlib import Path

import sample
from core.records.records import CampaignEntry
from routines.workday.sample_figures import FILE
from tests.tui.shop import make_shop
from tests.tui.test_box_time import Desk, desk


async def at_the_form(lan: Desk, listed: str, said: str) -> None:
    """Write down when the new item is listed, then fill in the campaign form of the campaign step."""
    lan.app.session.workday.record("design", "new_item", {"item": "羊羔毛外套", "listed": listed})
    lan.app.open_step("campaigns")
    await lan.sees("Campaigns  ", said)
    await lan.press("f")
    await lan.sees("Which form?")
    await lan.press("1")
    await lan.sees("Sign-up closes")


async def test_the_launch_of_a_new_item_is_filled_in_and_saved_with_two_keys(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:02", size=(100, 40)) as lan:
        await at_the_form(lan, "2026-11-20", "羊羔毛外套 is listed on 20 Nov")
        await lan.sees("Launch of 羊羔毛外套, three days", "2026-11-20", "2026-11-22", "Filled in from the")
        await lan.press("ctrl+s")
        await lan.sees("Saved.")
        (kept,) = lan.app.session.workday.past().records(CampaignEntry)
        assert (kept.value.name, kept.value.kind) == ("Launch of 羊羔毛外套, three days", "own")


async def test_without_a_new_item_the_next_free_days_are_filled_in(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:02", size=(100, 40)) as lan:
        await at_the_form(lan, "2026-10-20", "Nothing is planned for the next two weeks")
        await lan.sees("Three-day offer from")
        assert "Launch of" not in await lan.screen()


async def test_a_field_of_the_shops_own_is_filled_in_and_shown(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    field = '[[fields]]\nform = "rival"\nname = "面料"\nkind = "choice"\nchoices = ["羊毛", "棉"]\n'
    (shop / "routine.toml").write_text(field, encoding="utf-8")
    async with desk(tmp_path, "09:12", size=(100, 70)) as lan:
        lan.app.open_step("rivals")
        await lan.sees("Rivals  ")
        await lan.press("f")
        await lan.sees("Which form?")
        await lan.press("1")
        await lan.sees("面料", "羊毛", "棉")
        await lan.types("素年锦时")
        await lan.press("shift+tab", "right", "ctrl+s")
        await lan.sees("Saved.", "面料: 羊毛")


async def test_the_sample_shop_fills_in_its_evening_with_one_key(tmp_path: Path) -> None:
    shutil.copy(Path(sample.__file__).parent / "typed.json", make_shop(tmp_path) / FILE)
    async with desk(tmp_path, "21:12", size=(100, 40)) as lan:
        lan.app.open_step("evening_service")
        for inquiries, converted in ((15, 4), (14, 5)):
            await lan.sees("Service tonight  ")
            await lan.press("f")
            await lan.sees("F2 sample figures")
            await lan.press("f2")
            await lan.sees(f"{inquiries}", "Filled in with invented figures: Ctrl+S saves them.")
            await lan.press("ctrl+s")
            await lan.sees("Saved.")
            kept = list(lan.app.session.workday.records("shift"))[-1].value
            assert (kept.inquiries, kept.converted) == (inquiries, converted)


async def test_a_shop_that_is_not_the_sample_has_no_such_key(tmp_path: Path) -> None:
    async with desk(tmp_path, "21:12", size=(100, 40)) as lan:
        lan.app.open_step("evening_service")
        await lan.sees("Service tonight  ")
        await lan.press("f")
        await lan.sees("^S save")
        assert "sample figures" not in await lan.screen()
        await lan.press("f2")
        await lan.sees("There are no invented figures for this form.")
