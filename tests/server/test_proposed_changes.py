"""Only the owner changes the settings: what others enter waits, is accepted, refused or withdrawn.

With real accounts: test_settings_wall.py, which needs root. Here it is only said whose process this is.
"""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from core.errors import CannotWrite, UsageError
from core.language.speech import speak
from core.shop.loading import load_shop
from core.shop.settings_wall import check_may_change, may_change, owner, walled
from routines.days.routine_edit import Frequency
from routines.workday import thinning
from tests.server.shared import NINE, at_work, team_of
from tui.cli.commands import shopday
from tui.cli.context import Terms

OWNER, OTHER = pwd.getpwuid(os.getuid()).pw_name, "bin"
SETTINGS = team_of(OWNER)
WORDS = "A month's target: Month (any day of it) 2026-11-01; Target, yuan ¥500,000 (was: ¥480,000)"
TARGET = {"month": "2026-11-01", "target": 500_000.0}
As = Callable[[str], None]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    speak("en")
    shop = tmp_path / "lanting"
    (shop / "inbox").mkdir(parents=True)
    (shop / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    (shop / "shop.toml").chmod(0o640)
    return shop


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> As:
    """Let what follows be another account's process, or the owner's again."""
    mine = os.getuid()
    return lambda who: monkeypatch.setattr(os, "geteuid", lambda: mine if who == OWNER else 54_321)


def proposed(shop: Path, be: As, form: str = "month_target", values: dict[str, Any] = TARGET) -> str:
    be(OTHER)
    entry = at_work(shop, OTHER).record("target", form, values)
    assert entry.kind == "setting"
    be(OWNER)
    return entry.id


def said(who: str, *words: object) -> tuple[int, str]:
    found = CliRunner().invoke(
        shopday, [*map(str, words)], obj=Terms(clock=lambda: NINE, user=who), env={"SHOPDAY_LANG": "en"}
    )
    return found.exit_code, found.output


def listed(shop: Path) -> list[dict[str, Any]]:
    code, words = said(OTHER, "proposals", shop, "--json")
    assert code == 0
    return json.loads(words)  # type: ignore[no-any-return]


def test_a_wall_is_a_mode_of_the_file_and_open_to_its_owner_only(shop: Path, be: As) -> None:
    assert (walled(shop), owner(shop), may_change(shop)) == (True, OWNER, True)
    be(OTHER)
    assert not may_change(shop)
    with pytest.raises(CannotWrite) as told:
        check_may_change(shop, "shop.toml")
    assert str(told.value) == f"Only {OWNER} may change shop.toml in this shop. Nothing was changed."
    (shop / "shop.toml").chmod(0o660)
    assert (walled(shop), may_change(shop)) == (False, True)
    (shop / "shop.toml").unlink()
    assert (walled(shop), owner(shop), may_change(shop)) == (False, "", True)


def test_what_another_enters_waits_and_is_written_when_the_owner_accepts_it(shop: Path, be: As) -> None:
    name = proposed(shop, be)
    assert (shop / "shop.toml").read_text(encoding="utf-8") == SETTINGS
    assert said(OTHER, "proposals", shop) == (0, (
        f"{name}  2026-11-16 09:00  沈岚  waits for 林夕\n"
        f"    {WORDS}\n"
    ))  # fmt: skip
    waits = f"1 proposed change of the settings waits for you: shopday proposals {shop}"
    assert at_work(shop, OWNER).proposals.told() == (waits,)
    code, words = said(OWNER, "proposals", shop, "--accept", name[:18])
    assert (code, words.splitlines()[0]) == (
        0,
        f"{name}  2026-11-16 09:00  沈岚  accepted by 林夕, 16 Nov 09:00",
    )
    assert (shop / "shop.toml").read_text(encoding="utf-8") == SETTINGS.replace("480000", "500000")
    assert (shop / "shop.toml").stat().st_mode & 0o777 == 0o640
    assert at_work(shop, OWNER).proposals.told() == ()


def test_who_proposed_is_told_for_three_days_what_became_of_it(shop: Path, be: As) -> None:
    name = proposed(shop, be)
    at_work(shop, OWNER).proposals.refuse(name, "too early")
    be(OTHER)
    outcome = (f"{WORDS} – refused by 林夕, 16 Nov 09:00: too early",)
    assert at_work(shop, OTHER).proposals.told() == outcome
    assert at_work(shop, OTHER, NINE + timedelta(days=3)).proposals.told() == outcome
    assert at_work(shop, OTHER, NINE + timedelta(days=3, minutes=1)).proposals.told() == ()
    assert at_work(shop, "sys").proposals.told() == (), "it was not theirs"
    (shop / "shop.toml").chmod(0o660)
    assert at_work(shop, OTHER).proposals.told() == (), "without a wall nothing is told"


def test_as_json_a_proposal_has_all_that_was_said(shop: Path, be: As) -> None:
    name = proposed(shop, be)
    told = {
        "id": name, "at": NINE.isoformat(), "who": "沈岚", "step": "target", "form": "month_target",
        "values": TARGET, "was": {"month": "2026-11-01", "target": 480_000.0}, "state": "open", "by": "",
        "decided": None, "reason": "",
        "text": WORDS,
    }  # fmt: skip
    assert listed(shop) == [told]
    at_work(shop, OWNER).proposals.refuse(name, "no")
    decided = {"state": "refused", "by": "林夕", "decided": NINE.isoformat(), "reason": "no"}
    assert listed(shop) == [told | decided]


def test_the_same_twice_is_one_proposal_and_another_value_a_second(shop: Path, be: As) -> None:
    first = proposed(shop, be)
    assert proposed(shop, be) == first
    second = proposed(shop, be, values=TARGET | {"target": 510_000.0})
    assert [one["id"] for one in listed(shop)] == [first, second]
    assert at_work(shop, OWNER).proposals.told()[0].startswith("2 proposed changes of the settings wait")


def test_only_the_owner_decides_and_only_who_proposed_withdraws(shop: Path, be: As) -> None:
    name = proposed(shop, be)
    be(OTHER)
    code, words = said(OTHER, "proposals", shop, "--accept", name)
    assert (code, words) == (2, "Only 林夕 decides on changes of the settings.\n")
    assert said(OTHER, "proposals", shop, "--refuse", name)[0] == 0
    assert listed(shop)[0]["state"] == "withdrawn"
    assert at_work(shop, OTHER).proposals.told() == (), "one knows what one withdrew oneself"
    be(OWNER)
    code, words = said(OWNER, "proposals", shop, "--accept", name)
    assert code == 2
    assert "There is no waiting proposal" in words
    code, words = said(OWNER, "proposals", shop, "--reason", "x")
    assert (code, words) == (2, "--reason can be used only with --refuse.\n")


@pytest.mark.parametrize(
    ("form", "values", "was"),
    [
        ("special_day", {"note": "own sale", "start": "2026-12-12", "multiplier": 3.0, "kind": "own"}, {}),
        ("odd_day", {"day": "2026-11-05", "what": "order"}, {}),
        ("ad_budget", {"amount": 4500.0}, {}),
        ("month_target", {"month": "2026-12-01", "target": 9.0}, {}),
    ],
)
def test_every_form_of_settings_waits(
    shop: Path, be: As, form: str, values: dict[str, Any], was: dict[str, Any]
) -> None:
    name = proposed(shop, be, form, values)
    assert listed(shop)[0]["was"] == was
    at_work(shop, OWNER).proposals.accept(name)
    now = load_shop(shop)
    found = {
        "special_day": [(one.note, f"{one.start}", one.multiplier, one.kind) for one in now.calendar],
        "odd_day": [(f"{one.day}", one.what) for one in now.odd_days],
        "ad_budget": now.ads.daily_budget,
        "month_target": now.targets.get("2026-12"),
    }
    meant = {
        "special_day": [("own sale", "2026-12-12", 3.0, "own")], "odd_day": [("2026-11-05", "order")],
        "ad_budget": 4500.0, "month_target": 9.0,
    }  # fmt: skip
    assert found[form] == meant[form]
    be(OTHER)
    again = at_work(shop, OTHER).record("target", form, values)
    assert again.kind == "record", "what stands there already waits for nobody"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Frequency(repeat="weekly:MO"), 'repeat = "weekly:MO"'),
        (Frequency(dropped=True), 'drop = ["stock"]'),
    ],
)
def test_how_often_a_step_comes_waits_too(shop: Path, be: As, wanted: Frequency, words: str) -> None:
    be(OTHER)
    name = at_work(shop, OTHER).proposals.propose_frequency("stock", wanted).id
    assert listed(shop)[0]["text"].startswith("Stock: ")
    be(OWNER)
    at_work(shop, OWNER).proposals.accept(name)
    assert words in (shop / "routine.toml").read_text(encoding="utf-8")


def test_a_step_thinned_out_waits_and_can_be_taken_back(shop: Path, be: As) -> None:
    be(OTHER)
    day = at_work(shop, OTHER)
    thinning.choose(day, "stock", "Mondays only")
    assert thinning.proposed(day) == {"stock": "Mondays only"}
    thinning.choose(day, "stock", "Mondays only")
    thinning.choose(day, "stock", "leave out")
    assert thinning.proposed(day) == {"stock": "leave out"}
    assert [one["state"] for one in listed(shop)] == ["withdrawn", "open"], "the later choice stands"
    thinning.choose(day, "network", "leave out")
    thinning.take_back(day, "stock")
    assert thinning.proposed(day) == {"network": "leave out"}
    assert not (shop / "routine.toml").exists()


def test_a_viewer_proposes_nothing(shop: Path, be: As) -> None:
    be(OTHER)
    with pytest.raises(UsageError, match="can only view this shop"):
        at_work(shop, "sys").record("target", "month_target", TARGET)
    assert listed(shop) == []
