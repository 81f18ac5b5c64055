"""A shop whose settings only their owner changes: what others change waits for the owner, never lost."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.errors import CannotWrite, UsageError
from core.journal.entry import Entry
from core.shop.editing import add_shop_id, set_target
from core.shop.loading import load_shop
from routines.days.routine_edit import Frequency
from routines.workday import thinning
from routines.workday.workday import Workday
from tests.server.accounts import GROUP, as_account, open_folder
from tests.server.shared import NINE, at_work, picture, sees, team_of
from tui.app import DayApp
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.runtime.session import Session

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root works as two accounts"),
]

OWNER, OTHER = "daemon", "bin"
SETTINGS = team_of(OWNER)
TARGET = {"month": "2026-11-01", "target": 500_000.0, "reason": "the livestream"}


@pytest.fixture
def shop() -> Iterator[Path]:
    """Make the shop as the paper on shared servers says: the owner's settings, everybody's other folders."""
    with open_folder() as base:
        shop = base / "lanting"
        shop.mkdir()
        for name in ("inbox", "facts", "journal", "drafts", "cache", "reports"):
            (shop / name).mkdir()
        (shop / "shop.toml").write_text(SETTINGS, encoding="utf-8")
        (shop / "routine.toml").write_text("[steps.stock]\nminutes = 20\n", encoding="utf-8")
        for path in (shop, *shop.iterdir()):
            os.chown(path, 1, GROUP)
            path.chmod(0o640 if path.suffix == ".toml" else 0o2770)
        shop.chmod(0o2750)
        yield shop


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Load what the work needs: root's Python may lie where other accounts cannot read."""
    with open_folder() as base:
        shop = base / "lanting"
        (shop / "inbox").mkdir(parents=True)
        (shop / "shop.toml").write_text(SETTINGS, encoding="utf-8")
        day = at_work(shop, OWNER)
        day.record("target", "month_target", {"month": "2026-12-01", "target": 1.0})
        first = day.proposals.propose("target", "month_target", {"month": "2027-01-01", "target": 1.0})
        second = day.proposals.propose_frequency("stock", Frequency(repeat="weekly:MO"))
        for words in (["doctor", shop], ["proposals", shop], ["proposals", shop, "--json"]):
            _run(shop, OWNER, words)
        _run(shop, OWNER, ["proposals", shop, "--accept", first.id, "--accept", second.id])
        _run(shop, OWNER, ["proposals", shop, "--refuse", "none"])
        thinning.choose(day, "stock", "leave out")


def proposed(shop: Path, values: dict[str, Any] = TARGET, who: str = OTHER) -> Entry:
    return as_account(who, lambda: at_work(shop, who).record("target", "month_target", values))


def said(shop: Path, who: str, *words: object) -> Result:
    """Return what a command says to the account."""
    code, out, err = as_account(who, lambda: _run(shop, who, words))
    return Result(CliRunner(), out.encode(), err.encode(), (out + err).encode(), None, code, None)


def _run(shop: Path, who: str, words: Sequence[object]) -> tuple[int, str, str]:
    terms = Terms(clock=lambda: NINE, user=who)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOPDAY_LANG", "en")
        patch.setenv("XDG_CONFIG_HOME", str(shop / "cache"))
        found = CliRunner().invoke(shopday, [str(word) for word in words], obj=terms)
    return found.exit_code, found.stdout, found.stderr


def told(shop: Path, who: str) -> tuple[str, ...]:
    """Return what the person is told on opening the day."""

    def opened() -> tuple[str, ...]:
        return at_work(shop, who).proposals.told()

    return as_account(who, opened)


def listed(shop: Path, who: str = OTHER) -> list[dict[str, Any]]:
    return json.loads(said(shop, who, "proposals", shop, "--json").stdout)  # type: ignore[no-any-return]


def raw(shop: Path, name: str = "shop.toml") -> str:
    return (shop / name).read_text(encoding="utf-8")


def test_a_change_of_somebody_else_waits_and_the_file_stays(shop: Path) -> None:
    entry = proposed(shop)
    assert (entry.kind, entry.who) == ("setting", "沈岚")
    assert raw(shop) == SETTINGS
    (one,) = listed(shop)
    assert (one["who"], one["state"], one["was"]["target"], one["values"]["target"]) == (
        "沈岚", "open", 480_000, 500_000,
    )  # fmt: skip
    out = said(shop, OTHER, "proposals", shop).stdout
    assert "waits for 林夕" in out
    assert "Target, yuan ¥500,000" in out
    assert "(was: ¥480,000)" in out
    assert proposed(shop).id == entry.id, "the same twice is one proposal"


def test_the_owner_sees_it_accepts_it_and_the_wall_stays_one(shop: Path) -> None:
    entry = proposed(shop)
    assert told(shop, OWNER) == (
        f"1 proposed change of the settings waits for you: shopday proposals {shop}",
    )
    assert "1 proposed change of the settings is waiting" in said(shop, OWNER, "doctor", shop).stdout
    accepted = said(shop, OWNER, "proposals", shop, "--accept", entry.id[:18])
    assert accepted.exit_code == 0, accepted.output
    assert "accepted by 林夕" in accepted.stdout
    assert raw(shop) == SETTINGS.replace("480000", "500000"), "nothing else changes, comments stay"
    status = (shop / "shop.toml").stat()
    assert (stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid) == (0o640, 1, GROUP)
    assert told(shop, OWNER) == ()
    (mine,) = told(shop, OTHER)
    assert "accepted by 林夕" in mine
    assert listed(shop)[0]["state"] == "accepted"


def test_it_is_worked_out_on_the_settings_as_they_are_then(shop: Path) -> None:
    entry = proposed(shop)
    now = SETTINGS.replace("480000", "490000").replace("# 兰亭:", "# 林夕 has just edited this:")
    (shop / "shop.toml").write_text(now, encoding="utf-8")
    assert "(was: ¥490,000)" in said(shop, OWNER, "proposals", shop).stdout
    assert said(shop, OWNER, "proposals", shop, "--accept", entry.id).exit_code == 0
    assert raw(shop) == now.replace("490000", "500000")


def test_a_refusal_has_a_reason_and_ends_it(shop: Path) -> None:
    entry = proposed(shop)
    said(shop, OWNER, "proposals", shop, "--refuse", entry.id, "--reason", "too early")
    (one,) = listed(shop)
    assert (one["state"], one["by"], one["reason"]) == ("refused", "林夕", "too early")
    (mine,) = told(shop, OTHER)
    assert "refused by 林夕" in mine
    assert mine.endswith("too early")
    late = said(shop, OWNER, "proposals", shop, "--accept", entry.id)
    assert (late.exit_code, raw(shop)) == (2, SETTINGS)
    assert "There is no waiting proposal" in late.stderr


def test_who_proposed_withdraws_but_decides_nothing(shop: Path) -> None:
    entry = proposed(shop)
    taken = said(shop, OTHER, "proposals", shop, "--accept", entry.id)
    assert (taken.exit_code, taken.stderr) == (2, "Only 林夕 decides on changes of the settings.\n")
    assert said(shop, OTHER, "proposals", shop, "--refuse", entry.id).exit_code == 0
    assert listed(shop)[0]["state"] == "withdrawn"


def test_a_viewer_proposes_nothing(shop: Path) -> None:
    with pytest.raises(UsageError, match="can only view this shop"):
        proposed(shop, who="sys")
    assert listed(shop) == []


def test_what_stands_there_already_is_recorded_and_waits_for_nobody(shop: Path) -> None:
    assert proposed(shop, {"month": "2026-11-01", "target": 480_000.0}).kind == "record"
    assert listed(shop) == []


def test_what_cannot_be_meant_is_refused_as_ever(shop: Path) -> None:
    with pytest.raises(UsageError, match="more than 0"):
        proposed(shop, {"month": "2026-11-01", "target": -1.0})
    assert listed(shop) == []


def test_a_special_day_waits_too(shop: Path) -> None:
    values = {"note": "own sale", "start": "2026-12-12", "multiplier": 3.0, "kind": "own"}
    entry = as_account(OTHER, lambda: at_work(shop, OTHER).record("target", "special_day", values))
    assert said(shop, OWNER, "proposals", shop, "--accept", entry.id).exit_code == 0
    (day,) = load_shop(shop).calendar
    assert (day.note, day.multiplier, f"{day.start}") == ("own sale", 3.0, "2026-12-12")


def test_what_an_odd_day_was_waits_too(shop: Path) -> None:
    for values, was in (({"day": "2026-11-05", "what": "order"}, {}), ({"day": "2026-11-05", "what": "file"},
                                                                      {"what": "order"})):  # fmt: skip
        record = partial(_recorded, shop, "odd_day", values)
        entry = as_account(OTHER, record)
        assert was.items() <= listed(shop)[-1]["was"].items()
        assert said(shop, OWNER, "proposals", shop, "--accept", entry.id).exit_code == 0
        assert [one.what for one in load_shop(shop).odd_days] == [values["what"]]


def _recorded(shop: Path, form: str, values: dict[str, Any]) -> Entry:
    return at_work(shop, OTHER).record("target", form, values)


def test_a_step_thinned_out_waits_and_can_be_taken_back(shop: Path) -> None:
    def at(who: str, do: Callable[[Workday], object]) -> dict[str, str]:
        def work() -> dict[str, str]:
            day = at_work(shop, who)
            do(day)
            return dict(thinning.proposed(day))

        return as_account(who, work)

    assert at(OTHER, lambda day: thinning.choose(day, "stock", "Mondays only")) == {"stock": "Mondays only"}
    assert at(OTHER, lambda day: thinning.choose(day, "stock", "leave out")) == {"stock": "leave out"}
    assert [one["state"] for one in listed(shop)] == ["withdrawn", "open"], "the later choice stands"
    assert at(OTHER, lambda day: thinning.take_back(day, "stock")) == {}
    assert at(OTHER, lambda day: thinning.choose(day, "stock", "Mondays only")) == {"stock": "Mondays only"}
    said(shop, OWNER, "proposals", shop, "--accept", listed(shop)[-1]["id"])
    assert 'repeat = "weekly:MO"' in raw(shop, "routine.toml")


def test_without_a_wall_everybody_changes_the_settings_as_before(shop: Path) -> None:
    (shop / "shop.toml").chmod(0o660)
    shop.chmod(0o2770)
    assert proposed(shop).kind == "record"
    assert raw(shop) == SETTINGS.replace("480000", "500000")


def test_an_open_folder_is_no_door_in_the_wall(shop: Path) -> None:
    """Whoever may write in the folder could put another file in its place; the program does not."""
    shop.chmod(0o2770)
    assert proposed(shop).kind == "setting"
    for change in (lambda: set_target(shop, date(2026, 11, 1), 1.0), lambda: add_shop_id(shop, "x")):
        with pytest.raises(CannotWrite, match=r"Only daemon may change shop\.toml in this shop"):
            as_account(OTHER, change)
    assert raw(shop) == SETTINGS


def test_root_changes_them_and_leaves_them_the_owners(shop: Path) -> None:
    assert at_work(shop, OWNER).record("target", "month_target", TARGET).kind == "record"
    status = (shop / "shop.toml").stat()
    assert (stat.S_IMODE(status.st_mode), status.st_uid) == (0o640, 1)


async def _filled_in(shop: Path) -> str:
    """Fill in the month's target at the desk and return what the screen says."""
    session = Session(at_work(shop, OTHER))
    async with DayApp(session).run_test(size=(100, 40)) as pilot:
        await pilot.pause(0.3)
        pilot.app.open_step("month_plan")  # type: ignore[attr-defined]
        await sees(pilot, "Marketing plan of the month")
        await pilot.press("f")
        await sees(pilot, "Which form?")
        await pilot.press("1")
        await sees(pilot, "will be saved in shop.toml")
        await pilot.press(*"2026-12-01", "tab", *"600000", "ctrl+s")
        await sees(pilot, "Saved as a proposal")
        return picture(pilot.app)


async def _opened(shop: Path) -> str:
    session = Session(at_work(shop, OWNER))
    async with DayApp(session).run_test(size=(140, 40)) as pilot:
        await sees(pilot, "waits for you")
        return picture(pilot.app)


def test_at_the_desk_who_proposes_and_who_owns_are_told(shop: Path) -> None:
    (shop / "routine.toml").write_text('[steps.month_plan]\nrepeat = ""\n', encoding="utf-8")
    asyncio.run(_opened_by_root(shop))
    assert "Saved as a proposal: 林夕 decides." in as_account(OTHER, lambda: asyncio.run(_filled_in(shop)))
    assert listed(shop)[0]["values"]["target"] == 600_000
    assert "1 proposed change of the settings waits for you" in as_account(
        OWNER, lambda: asyncio.run(_opened(shop))
    )


async def _opened_by_root(shop: Path) -> None:
    """Load all that the screens need, as above."""
    session = Session(at_work(shop, OWNER))
    async with DayApp(session).run_test(size=(100, 40)) as pilot:
        pilot.app.open_step("month_plan")  # type: ignore[attr-defined]
        await sees(pilot, "Marketing plan of the month")
        await pilot.press("f")
        await sees(pilot, "Which form?")
        await pilot.press("1")
        await sees(pilot, "will be saved in shop.toml")
        await pilot.press("escape", "escape")
