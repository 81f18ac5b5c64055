"""Which shop ``shopday`` alone means, and making a new one."""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadSettings, UsageError
from core.language.locale_folders import LOCALE, language_of_environment, languages
from core.language.speech import speak
from core.platforms.profile import DEFAULT
from core.shop.loading import load_shop
from core.shop.settings import Person
from tests.cli.conftest import MONDAY, Run, bytes_in
from tui.cli import commands, shops
from tui.cli.new_shop import Beginnings, make_shop, settings_text


def test_the_environment_comes_first(shop: Path, at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_shop(at_home, Beginnings(name="here"), MONDAY)
    monkeypatch.setenv("SHOPDAY_SHOP", str(shop))

    assert shops.todays() == shop


def test_a_shop_in_the_environment_that_is_not_there_is_no_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_SHOP", "/nowhere")

    with pytest.raises(BadSettings, match="/nowhere"):
        shops.todays()


def test_then_the_folder_one_stands_in(shop: Path, at_home: Path) -> None:
    shops.remember(shop)
    make_shop(at_home, Beginnings(name="here"), MONDAY)

    assert shops.todays() == at_home


def test_then_the_only_one_known(shop: Path) -> None:
    shops.remember(shop)
    shops.remember(shop)
    shops.remember(Path("/gone"))

    assert shops.remembered() == [shop, Path("/gone")]
    assert shops.todays() == shop


def test_nobody_can_tell(shop: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="shopday demo"):
        shops.todays()
    make_shop(tmp_path / "two", Beginnings(name="two"), MONDAY)
    for folder in (shop, tmp_path / "two"):
        shops.remember(folder)
    with pytest.raises(UsageError, match="Which shop"):
        shops.todays()


@pytest.mark.parametrize(
    ("line", "who", "day", "when"),
    [
        ("", "", None, None),
        ("--who 沈岚", "沈岚", None, None),
        ("open 兰亭", "", None, None),
        ("open --at 9:05 兰亭 --date=2026-11-13", "", date(2026, 11, 13), time(9, 5)),
        ("--who open open 兰亭 --date 2026-11-13", "open", date(2026, 11, 13), None),
    ],
)
def test_what_a_command_line_shows_and_to_whom(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch,
    line: str, who: str, day: date | None, when: time | None,
) -> None:  # fmt: skip
    shown: list[tuple[Any, ...]] = []
    monkeypatch.setattr(commands, "show", lambda terms, *wanted: shown.append((terms.said, *wanted)))
    shops.remember(shop)

    assert run(*line.split()).exit_code == 0
    assert shown == [(who, shop, day, when)]


def test_who_one_is_can_be_set_in_the_environment(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(commands, "show", lambda terms, *_: shown.append(terms.said))
    monkeypatch.setenv("SHOPDAY_WHO", "周岩")

    run("open", shop)
    assert shown == ["周岩"]


def test_spoilt_memory_is_no_memory(shop: Path, at_home: Path) -> None:
    memory = at_home / "config" / "shopday" / "shops.toml"
    memory.parent.mkdir(parents=True)
    for spoilt in (b"shops = [", b"shops = 3", b"\xff", b'shops = [1, "/x"]'):
        memory.write_bytes(spoilt)
        assert shops.remembered() in ([], [Path("/x")])
    shops.remember(shop)
    assert shop in shops.remembered()


def test_a_folder_with_any_name_is_remembered(tmp_path: Path) -> None:
    for name in ('a"b', "c\\d", "e\nf"):
        shops.remember(tmp_path / name)

    assert shops.remembered() == [tmp_path / 'a"b', tmp_path / "c\\d", tmp_path / "e\nf"]


def test_init_with_defaults_makes_a_shop_that_opens(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / '新 "店"'
    result = run("init", folder, "--yes")

    assert result.exit_code == 0
    assert load_shop(folder).name == '新 "店"'
    assert run("day", folder).exit_code == 0
    assert {"inbox", "facts", "journal", "reports", "cache", "drafts"} <= {
        file.name for file in folder.iterdir()
    }
    assert shops.todays() == folder


def test_init_by_questions(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "新店"
    answers = ["兰亭", "taobao", "abc", "500,000", "120", "45", "", "null", "1", "沈岚"]
    result = run("init", folder, stdin="".join(f"{answer}\n" for answer in answers))

    assert result.exit_code == 0, result.output
    shop = load_shop(folder)
    assert (shop.name, shop.platform, shop.targets) == ("兰亭", "taobao", {"2026-11": 500_000})
    assert (shop.margin, shop.lead_days) == (0.45, None)
    assert shop.team == (Person(name="沈岚", user="lan"),)
    assert shop.day.people == 1
    assert "Self-check" in run("day", folder).output


@pytest.mark.parametrize(
    ("platform", "target", "margin", "expected"),
    [
        ("天猫", "247万", "45%", ("tmall", 2_470_000, 0.45)),
        ("Tmall", "30w", "0.45", ("tmall", 300_000, 0.45)),
        ("", "¥300,000 元", "45 %", (DEFAULT, 300_000, 0.45)),
        ("拼多多", "1.5百万", "0.5%", ("pdd", 1_500_000, 0.005)),
        ("DOUYIN", "３０万", "45", ("douyin", 300_000, 0.45)),
    ],
)
def test_init_understands_what_people_write(
    run: Run, tmp_path: Path, platform: str, target: str, margin: str, expected: tuple[str, float, float]
) -> None:
    answers = ["兰亭", "别的", platform, target, margin, "12 天", "1人", "沈岚"]
    result = run("init", tmp_path / "新店", stdin="".join(f"{answer}\n" for answer in answers))

    assert result.exit_code == 0, result.output
    assert "Write one of these: " in result.output
    shop = load_shop(tmp_path / "新店")
    assert (shop.platform, shop.targets["2026-11"], shop.margin) == expected
    assert (shop.lead_days, shop.day.people) == (12, 1)


def test_questions_left_unanswered_make_nothing(run: Run, tmp_path: Path) -> None:
    result = run("init", tmp_path / "新店", stdin="兰亭\n")

    assert result.exit_code == 2
    assert result.stderr.strip().endswith("Stopped before it was finished.")
    assert not (tmp_path / "新店").exists()


def test_init_on_a_shop_changes_nothing(run: Run, shop: Path) -> None:
    before = bytes_in(shop)

    assert run("init", shop, "--yes").exit_code == 3
    assert bytes_in(shop) == before


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "known",
    [
        Beginnings(name="x"),
        Beginnings(
            name='\\ " \n 店',
            platform="taobao",
            language="zh",
            target=1e6,
            margin=0.3,
            lead_days=7.5,
            person="我",
        ),
    ],
    ids=["nothing", "everything"],
)
def test_the_settings_file_says_what_is_known(tmp_path: Path, language: str, known: Beginnings) -> None:
    speak(language)
    text = settings_text(known, MONDAY)
    (tmp_path / "shop.toml").write_text(text, encoding="utf-8")
    shop = load_shop(tmp_path)

    assert (shop.name, shop.platform, shop.margin, shop.lead_days) == (
        known.name, known.platform, known.margin, known.lead_days,
    )  # fmt: skip
    assert ("# 可选 en, zh；" if language == "zh" else "# one of: en, zh; ") in text


@pytest.mark.parametrize("lang", languages())
def test_every_example_in_the_settings_file_can_be_uncommented(tmp_path: Path, lang: str) -> None:
    template = (LOCALE / lang / "shop.toml").read_text(encoding="utf-8")
    filled = (
        template.replace("$margin", "").replace("$lead_days", "").replace("$target", "").replace("$team", "")
    )
    for name, value in {
        "name": '"x"',
        "platform": '"tmall"',
        "languages": ", ".join(languages()),
        "language": '""',
        "today": "2026-11-16",
        "year": "2026",
        "people": "people = 1",
    }.items():
        filled = filled.replace(f"${name}", value)
    filled = filled.replace("$$", "$")  # the template's way to write the sign itself
    examples = [
        line.removeprefix("# ")
        for line in filled.splitlines()
        if not line.startswith("# ") or _is_setting(line)
    ]
    (tmp_path / "shop.toml").write_text("\n".join(examples), encoding="utf-8")

    shop = load_shop(tmp_path)
    assert shop.rivals
    assert shop.items
    assert shop.calendar
    assert shop.subscriptions
    assert shop.team
    assert shop.ads.daily_budget


def _is_setting(line: str) -> bool:
    text = line.removeprefix("# ")
    try:
        return bool(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return False


@pytest.mark.parametrize(
    ("locale", "typed", "language", "question"),
    [
        ("zh_CN.UTF-8", [], "zh", "店名"),
        ("en_US.UTF-8", [], "en", "Name of the shop"),
        ("C.UTF-8", ["什么", "中文"], "zh", "店名"),
        ("C.UTF-8", ["2"], "zh", "店名"),
        ("", [""], "en", "Name of the shop"),
    ],
)
def test_init_speaks_the_language_of_its_user_and_keeps_it_for_the_shop(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    locale: str, typed: list[str], language: str, question: str,
) -> None:  # fmt: skip
    monkeypatch.delenv("SHOPDAY_LANG")
    monkeypatch.setenv("LANG", locale)
    speak(language_of_environment())
    answers = [*typed, "兰亭", "", "30万", "45", "12", "3", "沈岚"]
    result = run("init", tmp_path / "新店", stdin="".join(f"{answer}\n" for answer in answers))

    assert result.exit_code == 0, result.output
    assert result.output.count("语言 Language") == len(typed)
    assert question in result.output
    assert load_shop(tmp_path / "新店").language == language


def test_the_language_of_the_environment_goes_before_that_of_the_shop(
    run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Mon 16 Nov" in run("day", shop).output
    monkeypatch.setenv("SHOPDAY_LANG", "zh")
    assert "11月16日" in run("day", shop).output
