"""A third language is one folder: it is found, and what it lacks is shown in the source language."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.language import locale_folders as languages_
from core.language.catalog import fragments, merge
from core.language.locale_folders import LOCALE, SOURCE, languages
from tests.conftest import ROOT, copy_of

PACKAGES = ("core", "routines", "tui", "sample")
FEW = 50
"""Sentences that somebody has translated so far."""
FORMATS = """
name = "Xish"
day = "{day}.{month}.{weekday}"
weekdays = ["xMon", "xTue", "xWed", "xThu", "xFri", "xSat", "xSun"]
decimal = ","
thousands = "."
money = "{number} xuan"
"""
HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"
"""
COUNTED = """
msgid "{n} thing will not work: {first}"
msgid_plural "{n} things will not work; the first: {first}"
msgstr[0] "x {n} wun {first}"
msgstr[1] "x {n} fuw {first}"
msgstr[2] "x {n} muny {first}"
"""


def files(root: Path) -> dict[str, bytes]:
    """Return every file of the program, but for what Python compiles."""
    return {
        str(file.relative_to(root)): file.read_bytes()
        for package in PACKAGES
        for file in (root / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


@dataclass(frozen=True)
class Program:
    """A copy of the program with a folder for a language nobody speaks."""

    root: Path
    shop: Path
    home: Path
    translated: tuple[str, ...]

    def run(self, *words: object, lang: str = "xx", **env: str) -> subprocess.CompletedProcess[str]:
        """Run ``shopday`` as an operator does."""
        return self.python("tui", *words, SHOPDAY_LANG=lang, **env)

    def python(self, module: str, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a module of the copy."""
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=self.root, capture_output=True, text=True, check=False,
            env={
                **os.environ, "PYTHONPATH": str(self.root), "HOME": str(self.home),
                "XDG_CONFIG_HOME": str(self.home), "TERM": "xterm-256color", "PYTHONUTF8": "1", **env,
            },
        )  # fmt: skip


def sentences_of_a_morning() -> list[str]:
    """Return sentences without a plural, those that a morning shows first."""
    first = [
        "Act", "Watch", "What went well", "For information", "{label}: {text}", "Figures", "Actions",
        "{shop}: the day of {date}", "The text encoding is UTF-8.", "The language is {name}.",
    ]  # fmt: skip
    zh = merge(fragments(LOCALE / "zh"), "zh").catalog
    others = [message.id for message in zh if message.id and isinstance(message.id, str)]
    return list(dict.fromkeys([*first, *others]))[:FEW]


@pytest.fixture(scope="module")
def program(sample_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with ``core/locale/xx`` added and compiled, and a shop set to that language."""
    folder = tmp_path_factory.mktemp("third")
    root = folder / "program"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, root / package)
    chosen = sentences_of_a_morning()
    entries = [
        f"msgid {json.dumps(one, ensure_ascii=False)}\nmsgstr {json.dumps(f'ẋ{one}', ensure_ascii=False)}\n"
        for one in chosen
    ]
    own = root / "core/locale/xx"
    own.mkdir()
    (own / "words.po").write_text("\n".join([HEAD, *entries, COUNTED]), encoding="utf-8")
    (own / "formats.toml").write_text(FORMATS, encoding="utf-8")
    shop = copy_of(sample_shop, folder / "lanting")
    settings = (shop / "shop.toml").read_text(encoding="utf-8")
    (shop / "shop.toml").write_text(
        re.sub(r'^language = ".*"', 'language = "xx"', settings, flags=re.MULTILINE), encoding="utf-8"
    )
    (folder / "home").mkdir()
    made = Program(root, shop, folder / "home", tuple(chosen))
    done = made.python("core.language.catalog")
    assert (done.returncode, done.stderr) == (0, "")
    return made


def test_nothing_but_the_folder_is_added(program: Program) -> None:
    ours, theirs = files(ROOT), files(program.root)

    assert {name: theirs[name] for name in ours} == ours
    assert {name for name in theirs if name not in ours} == {
        "core/locale/xx/words.po",
        "core/locale/xx/formats.toml",
        "core/locale/xx/LC_MESSAGES/shopday.mo",
    }
    checked = program.python("core.language.catalog", "--check")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_an_answer_is_in_the_language_as_far_as_it_goes(program: Program) -> None:
    asked = program.run("ask", program.shop, "target", "--date", "2026-11-16")

    assert asked.returncode == 0, asked.stderr
    assert "ẋWatch" in asked.stdout
    assert "37.460 xuan" in asked.stdout  # money as xx writes it
    assert "¥" not in asked.stdout
    assert "15.11.xSun" in asked.stdout  # a day with its weekday
    assert (
        "78% of target; the month 99,6% of target to date." in asked.stdout
    )  # not translated yet: English, with xx's numbers


def test_the_day_and_its_report_are_too(program: Program) -> None:
    day = program.run("day", program.shop, "--date", "2026-11-16")
    report = program.run("report", program.shop, "--date", "2026-11-13")

    assert (day.returncode, report.returncode) == (0, 0), day.stderr + report.stderr
    assert "16.11.xMon" in day.stdout.splitlines()[0]
    assert "Shop analysis" in day.stdout
    head, *lines = report.stdout.splitlines()
    assert head.startswith("# ẋ")
    assert head.endswith(": the day of 13.11.xFri")
    assert {"## ẋFigures", "## ẋWhat went well", "## To improve"} <= set(lines)


def test_plurals_are_the_catalog_s_own(program: Program) -> None:
    said = """
from core.language.wording import plural, speak
speak("xx")
one, many = "{n} thing will not work: {first}", "{n} things will not work; the first: {first}"
print([plural(one, many, n, first="") for n in (1, 3, 25)])
"""
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=program.root, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(program.root)},
    )  # fmt: skip

    assert done.stdout == "['x 1 wun ', 'x 3 fuw ', 'x 25 muny ']\n"


def test_a_new_shop_s_settings_name_every_language(program: Program) -> None:
    made = program.run("init", program.home / "new", "--yes")

    assert made.returncode == 0, made.stderr
    settings = (program.home / "new/shop.toml").read_text(encoding="utf-8")
    assert "# one of: en, xx, zh; empty: what your terminal asks for" in settings
    (program.home / "new/shop.toml").write_text('name = "x"\nlanguage = "yy"\n', encoding="utf-8")
    wrong = program.run("day", program.home / "new")
    assert (wrong.returncode, wrong.stderr) == (
        3, "shop.toml:2: language: “yy” is not one of: en, xx, zh.\n",
    )  # fmt: skip


def test_doctor_says_how_much_is_missing(program: Program) -> None:
    done = program.run("doctor", program.shop, "--json")
    checks = json.loads(done.stdout)["checks"]
    told = [(one["state"], one["text"]) for one in checks if one["name"] == "language"]
    every = len([one for one in merge(fragments(LOCALE / "zh"), "zh").catalog if one.id])
    lacking = every - FEW - 1
    english = f"Xish is incomplete: {lacking:,} of {every:,} sentences are still shown in English."

    assert told == [("warn", english.replace(",", "."))]
    assert "ẋThe text encoding is UTF-8." in {one["text"] for one in checks}


def test_doctor_speaks_of_the_shop_s_language_where_the_terminal_s_is_another(program: Program) -> None:
    done = program.run("doctor", program.shop, lang="zh")

    assert "语言：中文。" in done.stdout
    assert "Xish 还没译完" in done.stdout


def test_a_file_of_formats_that_cannot_be_used_is_named_and_harms_nothing(program: Program) -> None:
    file = program.root / "core/locale/xx/formats.toml"
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text('name = "Xish"\nday = "{dya}"\n', encoding="utf-8")
        doctor = program.run("doctor")
        day = program.run("day", program.shop, "--date", "2026-11-16")
        checked = program.python("core.language.catalog", "--check")
    finally:
        file.write_text(before, encoding="utf-8")

    assert (
        f"{file}: day cannot be used, so the one of English is used instead; correct the file."
        in doctor.stdout
    )
    assert day.stdout.splitlines()[0].endswith("Mon 16 Nov")
    assert (checked.returncode, checked.stderr) == (1, "xx/formats.toml: day\n")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ('weekdays = ["one"]', "weekdays"),
        ('months = "January"', "months"),
        ('day = "{day.real}"', "day"),
        ('short_day = "{}"', "short_day"),
        ("short_money = 3", "short_money"),
        ('short_money = [{ from = 1000, decimals = 1, form = "{yuan}k" }]', "short_money"),
        ("decimal = 1", "decimal"),
        ("complete = 1", "complete"),
        ("colour = 1", "colour"),
        ("day = ", "Invalid value (at end of document)"),
    ],
)
def test_each_wrong_line_of_formats_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, wrong: str
) -> None:
    shutil.copytree(LOCALE / SOURCE, tmp_path / SOURCE)
    (tmp_path / "qq").mkdir()
    (tmp_path / "qq/formats.toml").write_text(written, encoding="utf-8")
    monkeypatch.setattr(languages_, "LOCALE", tmp_path)

    assert languages_.wrong_formats("qq") == (wrong,)
    got = languages_.formats.__wrapped__("qq")
    as_english = languages_.formats(SOURCE)
    assert got == replace(as_english, name="qq", html="qq", complete=False)


# -- no list of languages in the code --------------------------------------------------------------


def compared(root: Path, codes: set[str]) -> list[str]:
    """Return where the code spells a language's code out, but for the one constant of the source language."""
    return [
        f"{file.relative_to(root)}:{node.lineno}: {node.value}"
        for package in PACKAGES
        for file in sorted((root / package).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    ]


def test_no_code_knows_a_language_by_name() -> None:
    place = "core/language/locale_folders.py"
    (found,) = compared(ROOT, set(languages()))

    assert found.startswith(place)
    assert f'SOURCE: Final = "{SOURCE}"' in (ROOT / place).read_text(encoding="utf-8")


def test_a_comparison_with_a_language_is_found(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core/x.py").write_text('joined = "" if language() == "zh" else " "\n', encoding="utf-8")

    assert compared(tmp_path, {"zh", "en"}) == ["core/x.py:1: zh"]


def test_no_date_is_worded_by_the_computer_s_language() -> None:
    """``%a``, ``%b`` and the like name days and months as the C library has them."""
    named = re.compile(r"(?::|strftime\(.*)[^}\"']*%-?[aAbBcxXp]")
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if named.search(line)
    ]

    assert found == []
    assert named.search('f"{when:%d %b}"')
