"""Who may do what: by the team in shop.toml and the Unix user."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.errors import UsageError
from core.language.speech import speak
from core.shop.loading import load_shop
from core.shop.permissions import choices, identify, refusal
from routines.io import importing
from routines.workday.workday import Workday
from tests.server.shared import NINE, at_work, make_shop, picture, sees
from tui.app import DayApp
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.keymap import keys, past_keys
from tui.runtime.session import Session
from tui.screens.base_screen import BaseScreen

pytestmark = pytest.mark.usefixtures("any_store")

WRITES: list[Callable[[Workday], object]] = [
    lambda day: day.begin("target"),
    lambda day: day.note("target", "hello"),
    lambda day: day.reply("target", "What now?", "nothing"),
    lambda day: day.record("rivals", "rival", {"rival": "r01"}),
    lambda day: day.record("target", "month_target", {"month": "2026-11-01", "target": 5.0}),
    lambda day: day.decide("paid", "word", "keep"),
    lambda day: day.act("target", text="call", role="operator"),
    lambda day: day.finish("target"),
    lambda day: day.skip("stock", "no time"),
    lambda day: day.extend("stock", 5),
    lambda day: day.accept_drop([]),
    lambda day: day.write_report("# day", "finished"),
]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    speak("en")
    return make_shop(tmp_path)


def files(shop: Path) -> dict[str, bytes]:
    found = (file for file in shop.rglob("*") if file.is_file() and "cache" not in file.parts)
    return {str(file): file.read_bytes() for file in found}


@pytest.mark.parametrize("who", ["陆正", "sys"], ids=["by name", "by account"])
def test_a_viewer_writes_nothing_and_is_told_why_in_one_sentence(shop: Path, who: str) -> None:
    boss, before = at_work(shop, who), files(shop)
    for press in WRITES:
        with pytest.raises(UsageError, match=r"^陆正 can only view this shop \(viewer\)"):
            press(boss)
    with pytest.raises(UsageError, match="can only view this shop"):
        importing.commit_files(shop, today=boss.day, who=boss.who, at=NINE)
    with pytest.raises(UsageError, match="can only view this shop"):
        importing.undo_batch(shop, "x", who=boss.who, at=NINE)
    assert files(shop) == before


def test_a_viewer_replies_to_what_is_addressed_to_them_and_to_nothing_else(shop: Path) -> None:
    lan, boss = at_work(shop, "daemon"), at_work(shop, "sys")
    asked = lan.note("target", "@陆正 may we spend 500 more tonight?")
    other = lan.note("target", "the live stream begins at two")
    assert [entry.id for entry in boss.asked(open_only=True)] == [asked.id]

    written = boss.reply("target", "may we?", "yes, until ten", to=asked.id)

    assert (written.who, written.data["to"]) == ("陆正", asked.id)
    assert boss.asked(open_only=True) == ()
    for to in (other.id, "", "nothing", written.id):
        with pytest.raises(UsageError, match="can only view this shop"):
            boss.reply("target", "x", "y", to=to)
    assert [entry.kind for entry in boss.entries() if entry.who == "陆正"] == ["reply"]


def test_a_viewer_keeps_how_a_spot_check_went_and_no_other_record(shop: Path) -> None:
    boss, result = at_work(shop, "sys"), {"person": "沈岚", "questions": 5, "right": 4}

    written = boss.record("summary", "spot_check", result)

    assert (written.who, written.data["values"]) == ("陆正", result)
    with pytest.raises(UsageError, match="can only view this shop"):
        boss.record("rivals", "rival", {"rival": "r01"})
    assert [entry.kind for entry in boss.entries()] == ["record"]


def test_a_look_by_somebody_who_might_write_replies_to_nothing(shop: Path) -> None:
    asked = at_work(shop, "daemon").note("target", "@林夕 which picture?")
    look = Workday.open(shop, clock=lambda: NINE, who="林夕", lang="en", read_only=True)
    with pytest.raises(UsageError, match="only view this day"):
        look.reply("target", "which?", "the blue one", to=asked.id)


def test_a_viewer_who_is_an_operator_too_writes(tmp_path: Path) -> None:
    shop = make_shop(
        tmp_path, 'name = "x"\n[[team]]\nname = "b"\nuser = "sys"\nroles = ["viewer", "owner"]\n'
    )
    assert at_work(shop, "sys").note("target", "x").who == "b"


def test_roles_that_change_while_the_day_is_open_count_at_once(shop: Path) -> None:
    lan = at_work(shop, "daemon")
    lan.note("target", "x")
    settings = (shop / "shop.toml").read_text(encoding="utf-8").replace('"operator"', '"viewer"')
    (shop / "shop.toml").write_text(settings, encoding="utf-8")
    lan.reload()
    assert lan.read_only


def test_a_shared_account_looks_until_it_has_said_who_it_is(shop: Path) -> None:
    settings = load_shop(shop)
    day = at_work(shop, "bin")
    assert [person.name for person in choices(settings, "bin")] == ["何萍", "周岩"]
    with pytest.raises(UsageError, match=r"share the account “bin” \(何萍, 周岩\).*SHOPDAY_WHO"):
        day.note("target", "x")
    day.become(identify(settings, "bin", "何萍"))
    assert day.note("target", "x").who == "何萍"
    with pytest.raises(UsageError, match="The account “bin” cannot act as “陆正”"):
        identify(settings, "bin", "陆正")


def test_an_account_the_team_does_not_name_may_be_somebody_without_one(shop: Path) -> None:
    settings = load_shop(shop)
    assert [person.name for person in choices(settings, "nobody")] == ["林夕"]
    assert "“nobody”" in refusal(settings, "nobody")
    assert refusal(settings, identify(settings, "nobody", "林夕")) == ""
    with pytest.raises(UsageError, match="cannot act as “沈岚”"):
        identify(settings, "nobody", "沈岚")


def test_ones_own_account_is_nobody_else(shop: Path) -> None:
    settings = load_shop(shop)
    assert choices(settings, "daemon") == ()
    assert identify(settings, "daemon", "沈岚") == "沈岚"
    with pytest.raises(UsageError, match="cannot act as “沈岚”"):
        identify(settings, "sys", "沈岚")


def test_a_shop_without_a_team_or_copied_to_another_machine_is_everybodys(tmp_path: Path) -> None:
    alone = make_shop(tmp_path / "a", 'name = "x"\n')
    copied = make_shop(tmp_path / "b", 'name = "x"\n[[team]]\nname = "a"\nuser = "no-such-user-here"\n')
    for shop in (alone, copied):
        assert at_work(shop, "nobody").note("target", "x").who == "nobody"


def command(*words: str, user: str, env: dict[str, str] | None = None) -> Result:
    terms = Terms(clock=lambda: NINE, user=user)
    return CliRunner(env={"SHOPDAY_LANG": "en", **(env or {})}).invoke(shopday, list(words), obj=terms)


def test_the_command_line_keeps_the_same_order(shop: Path) -> None:
    note = ("note", str(shop), "target", "x")
    assert command(*note, user="daemon").exit_code == 0
    for user in ("sys", "bin", "nobody"):
        refused = command(*note, user=user)
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "周岩" in command("--who", "周岩", *note, user="bin").stdout
    assert "何萍" in command(*note, user="bin", env={"SHOPDAY_WHO": "何萍"}).stdout
    assert command("--who", "沈岚", *note, user="bin").exit_code == 2
    for look in (("day", str(shop)), ("report", str(shop)), ("import", str(shop), "--dry-run")):
        assert command(*look, user="sys").exit_code == 0
    for write in (("import", str(shop)), ("undo", str(shop), "x")):
        assert "can only view this shop" in command(*write, user="sys").stderr


async def test_the_screen_asks_a_shared_account_once_who_it_is(shop: Path) -> None:
    session = Session(at_work(shop, "bin"))
    async with DayApp(session).run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.3)
        await sees(pilot, "Who are you?")
        await pilot.press("2")
        await pilot.pause(0.3)
        assert session.workday.who == "周岩"
        assert not session.workday.read_only
        assert "Who are you?" not in picture(pilot.app)
        assert session.autosave._store.person == session.workday.drafts.person  # type: ignore[attr-defined]


async def test_the_screen_shows_a_viewer_that_it_is_a_look_and_takes_a_reply(shop: Path) -> None:
    lan = at_work(shop, "daemon")
    lan.note("target", "@陆正 may we spend 500 more?")
    session = Session(at_work(shop, "sys"))
    async with DayApp(session).run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.3)
        await sees(pilot, "read only")
        await sees(pilot, "Somebody asks you something in: Target")
        await pilot.press("d")
        await sees(pilot, "can only view this shop")
        pilot.app.open_step("target")  # type: ignore[attr-defined]
        await pilot.pause(0.3)
        await pilot.press("r")
        await pilot.pause(0.2)
        await sees(pilot, "沈岚: @陆正 may we spend 500 more?")
        await pilot.press("1")
        await pilot.pause(0.2)
        await pilot.press(*"yes")
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        await sees(pilot, "Saved.")
        await pilot.press("w")
        await pilot.pause(0.2)
        await sees(pilot, "can only view this shop")
    assert [(reply.who, reply.text) for reply in lan.replies("target")] == [("陆正", "yes")]


WRITING_KEYS = """
accept act add arrived begin budget build commit csv decide delete done drop due edit export extend
finish form hand hand_back keep lower markdown new not_done note observe post proposed quick raise reopen
replace reply restore save save_changes seen skip take teach tick today undo xlsx
"""


async def test_a_viewer_may_press_every_key_but_those_that_write(shop: Path) -> None:
    every = {
        key.does
        for module in (keys, past_keys)
        for group in vars(module).values()
        if isinstance(group, tuple) and group and isinstance(group[0], keys.Key)
        for key in group
    }
    for who, refused in (("daemon", set[str]()), ("sys", every & set(WRITING_KEYS.split()))):
        async with DayApp(Session(at_work(shop, who))).run_test() as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, BaseScreen)
            assert {does for does in every if not screen.may(does)} == refused
            assert (screen.blocked("now") is None, screen.blocked("note") is None) == (True, not refused)
