"""Where only the owner changes the settings, what somebody else edits on the screen is proposed."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import CannotWrite, UsageError
from core.journal.entry import Entry
from core.language.speech import speak
from core.shop.loading import load_shop
from core.shop.settings import Person
from routines.days.day_plan import routine_of
from routines.settings.sections import SECTIONS, row_of
from routines.workday.workday import Workday
from tests.server.shared import at_work, team_of

OWNER, OTHER = pwd.getpwuid(os.getuid()).pw_name, "bin"
SETTINGS = team_of(OWNER)
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


def edits(day: Workday, section: str, key: str, **texts: str) -> Entry | bool:
    """Open the row's form, type what is given by field and save it."""
    seen = day.settings.seen()
    row = row_of(SECTIONS[section], seen, key) if key else None
    begin: dict[str, Any] = dict(row.texts) if row is not None else dict(SECTIONS[section].begin)
    return day.settings.save(SECTIONS[section], seen, row, begin | texts)


def proposed(shop: Path, be: As, section: str, key: str, **texts: str) -> str:
    be(OTHER)
    entry = edits(at_work(shop, OTHER), section, key, **texts)
    assert isinstance(entry, Entry)
    be(OWNER)
    return entry.id


def test_a_target_is_proposed_and_written_when_the_owner_accepts_it(shop: Path, be: As) -> None:
    name = proposed(shop, be, "targets", "2026-11", target="52万")
    assert (shop / "shop.toml").read_text(encoding="utf-8") == SETTINGS
    day = at_work(shop, OWNER)
    (waits,) = day.proposals.waiting()
    assert day.proposals.words(waits) == "Targets: 2026-11: Target of sales, yuan 52万 (was: 480000)"
    day.proposals.accept(name)
    assert load_shop(shop).targets["2026-11"] == 520_000
    assert at_work(shop, OWNER).proposals.waiting() == ()


def test_a_new_rival_and_a_step_left_out_are_proposed(shop: Path, be: As) -> None:
    rival = proposed(shop, be, "rivals", "", name="禾田女装")
    be(OTHER)
    other = at_work(shop, OTHER)
    seen = other.settings.seen()
    step = row_of(SECTIONS["day"], seen, "live")
    assert step is not None
    entry = other.settings.remove(SECTIONS["day"], seen, step)
    assert isinstance(entry, Entry)
    be(OWNER)
    day = at_work(shop, OWNER)
    told = [day.proposals.words(one) for one in day.proposals.waiting()]
    assert told[0].startswith("Rivals: new rival: Name of the shop 禾田女装")
    assert told[1] == "Plan of the day: Live streams: leave out / plan again"
    day.proposals.accept(rival)
    day.proposals.accept(entry.id)
    assert load_shop(shop).rivals[-1].name == "禾田女装"
    routine = routine_of(shop)
    assert routine is not None
    assert routine.drop == ("live",)


def test_a_proposal_about_a_row_that_is_gone_keeps_waiting(shop: Path, be: As) -> None:
    be(OWNER)
    assert edits(at_work(shop, OWNER), "team", "", name="许舟", roles="content") is True
    name = proposed(shop, be, "team", "许舟", roles="supply")
    day = at_work(shop, OWNER)
    seen = day.settings.seen()
    row = row_of(SECTIONS["team"], seen, "许舟")
    assert row is not None
    assert day.settings.remove(SECTIONS["team"], seen, row) is True
    with pytest.raises(CannotWrite, match="no longer in the settings"):
        day.proposals.accept(name)
    assert [one.id for one in day.proposals.waiting()] == [name]


def test_the_wrong_value_is_refused_before_anything_is_proposed(shop: Path, be: As) -> None:
    be(OTHER)
    with pytest.raises(UsageError, match="There is no role “天”"):
        edits(at_work(shop, OTHER), "team", "", name="许舟", roles="天")
    assert at_work(shop, OTHER).proposals.waiting() == ()


def test_the_owner_writes_at_once(shop: Path, be: As) -> None:
    be(OWNER)
    assert edits(at_work(shop, OWNER), "team", "", name="许舟", roles="内容 采购") is True
    assert load_shop(shop).team[-1] == Person("许舟", ("content", "supply"))
