"""Files nested too deep: each is refused in the same sentence, none is a mistake of the program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from core.journal.drafts import FileDrafts
from core.storage.decoding import DEEPEST, TooDeep, json_in, toml_in
from tests.cli.conftest import Run, bytes_in
from tests.conftest import ROOT

SENTENCE = "values are nested more than 32 levels deep"
CLOSED = "[" * 60 + "]" * 60
"""Python's parser takes it; what is done with it afterwards may not."""
OPEN = "[" * 200_000
KEYS = ".".join(["a"] * 5_000)

REFUSED = {
    "settings": ("shop.toml", f'name = "x"\ntargets = {CLOSED}', ["day", "SHOP"]),
    "settings that never end": ("shop.toml", f'name = "x"\ntargets = {OPEN}', ["report", "SHOP"]),
    "settings under a long key": ("shop.toml", f'name = "x"\n{KEYS} = 1', ["steps", "SHOP"]),
    "settings under a long table": ("shop.toml", f'name = "x"\n[{KEYS}]\n', ["note", "SHOP", "target", "x"]),
    "routine": ("routine.toml", f"drop = {OPEN}", ["day", "SHOP"]),
    "secrets": ("secrets.toml", f"[robot]\nkind = {OPEN}", ["post", "SHOP"]),
}
OWN_SENTENCES = {
    "ledger": ("facts/ledger.json", f'{{"version": 1, "batches": {OPEN}', ["undo", "SHOP"], "--repair"),
    "ledger that is JSON": ("facts/ledger.json", f'{{"batches": {CLOSED}}}', ["undo", "SHOP"], "--repair"),
    "outbox": ("outbox.json", f'{{"messages": {OPEN}', ["post", "SHOP"], "Nothing was sent"),
}
"""What these two stand for is known, so the sentence says how to go on instead."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_nested_too_deep_is_refused_in_the_same_sentence(
    name: str, shop: Path, run: Run
) -> None:
    robot = shop / "secrets.toml"
    robot.write_text(
        '[robot]\nkind = "dingtalk"\nurl = "https://oapi.dingtalk.com/robot/send?access_token=x"\n'
    )
    file, text, words = REFUSED[name]
    (shop / file).write_text(text, encoding="utf-8")
    robot.chmod(0o600)
    before = but_locks(shop)

    done = run(*(shop if word == "SHOP" else word for word in words))

    assert done.exit_code == 3, done.output
    assert done.stderr.count("\n") == 1
    assert Path(file).name in done.stderr
    assert SENTENCE in done.stderr
    assert but_locks(shop) == before


@pytest.mark.parametrize("name", OWN_SENTENCES)
def test_a_ledger_or_outbox_nested_too_deep_says_how_to_go_on(name: str, shop: Path, run: Run) -> None:
    robot = shop / "secrets.toml"
    robot.write_text(
        '[robot]\nkind = "dingtalk"\nurl = "https://oapi.dingtalk.com/robot/send?access_token=x"\n'
    )
    robot.chmod(0o600)
    file, text, words, way_on = OWN_SENTENCES[name]
    (shop / file).write_text(text, encoding="utf-8")
    before = but_locks(shop)

    done = run(*(shop if word == "SHOP" else word for word in words))

    assert done.exit_code == 3, done.output
    assert done.stderr.count("\n") == 1
    assert Path(file).name in done.stderr
    assert way_on in done.stderr
    assert but_locks(shop) == before


def but_locks(shop: Path) -> dict[str, str]:
    """Return what the shop's files hold, without those that are only locks."""
    return {name: held for name, held in bytes_in(shop).items() if not name.endswith(".lock")}


@pytest.mark.parametrize("text", [OPEN, f'{{"entries": {{"1": {CLOSED}}}}}'], ids=["open", "closed"])
def test_a_journal_nested_too_deep_is_set_aside_as_any_damaged_one(text: str, shop: Path, run: Run) -> None:
    file = shop / "journal" / "2026" / "2026-11-16.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)

    done = run("note", shop, "target", "the day continues")

    assert done.exit_code == 0, done.output
    assert "was renamed to" in done.stderr
    (kept,) = file.parent.glob("*.damaged-*")
    assert kept.read_text() == text
    assert "the day continues" in run("day", shop).output


def test_caches_nested_too_deep_are_made_again(shop: Path, run: Run) -> None:
    run("note", shop, "target", "直通车")
    words = (["day", shop], ["find", shop, "直通车"], ["review", shop], ["promises", shop], ["report", shop])
    before = [run(*command) for command in words]
    caches = [file for file in (shop / "cache").rglob("*") if file.is_file()]
    assert caches
    for file in caches:
        file.write_text(OPEN)

    after = [run(*command) for command in words]

    assert [(one.exit_code, one.output) for one in after] == [(one.exit_code, one.output) for one in before]


def test_a_draft_nested_too_deep_is_no_draft(tmp_path: Path) -> None:
    drafts = FileDrafts(tmp_path, "lan")
    drafts.save("note:stock", "x")
    (file,) = drafts.folder.iterdir()
    file.write_text(f'{{"key": "note:stock", "text": {OPEN}')

    assert drafts.load("note:stock") == ""
    assert drafts.all() == {}


@pytest.mark.parametrize("levels", [1, DEEPEST, DEEPEST + 1])
def test_only_brackets_that_stand_in_one_another_count(levels: int) -> None:
    words = r"\"[[[{{{\\"
    row = f'{{"a": ["{words}", {{"]": 1}}]}}'
    raw = "[" * (levels - 1) + "[" + ", ".join([row] * 50 if levels == 1 else ["1"]) + "]" * levels
    if levels > DEEPEST:
        for text in (raw, raw.encode()):
            with pytest.raises(TooDeep):
                json_in(text, "x.json")
        with pytest.raises(TooDeep):
            toml_in(f"a = {raw}", "x.toml")
    else:
        assert json_in(raw, "x.json") == json_in(raw.encode(), "x.json")


def test_what_is_no_json_is_refused_as_before() -> None:
    for text in ("", "[", "]" * 100, "[}" * 100, "nonsense", '{"a": ' * 10):
        with pytest.raises(ValueError, match=r".") as refused:
            json_in(text, "x.json")
        assert not isinstance(refused.value, TooDeep)


def test_a_number_of_ten_thousand_digits_in_the_settings_is_a_sentence(shop: Path, run: Run) -> None:
    (shop / "shop.toml").write_text('name = "x"\nmargin = ' + "9" * 10_000)

    done = run("day", shop)

    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert "too many digits" in done.stderr


@pytest.mark.parametrize(
    ("file", "words"),
    [("shop.toml", ["day"]), ("routine.toml", ["day"]), ("secrets.toml", ["post"])],
)
def test_a_settings_file_of_more_than_a_megabyte_is_refused(
    file: str, words: list[str], shop: Path, run: Run
) -> None:
    path = shop / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text + "# long\n" * 150_000, encoding="utf-8")
    path.chmod(0o600)

    done = run(*words, shop)

    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert f"{file} is larger than 1 MB" in done.stderr


OUR_OWN = {
    "core/exports/dimensions.py",
    "core/exports/teaching/column_words.py",
    "core/language/locale_folders.py",
    "core/platforms/profile.py",
}
"""Files that come with the program, not with a shop."""
PIPES = {"routines/analyst/analyst.py", "routines/analyst/process.py"}
"""Lines between the program's own processes: no files."""


def test_json_and_toml_are_read_in_one_place() -> None:
    parsers = {("json", "load"), ("json", "loads"), ("tomllib", "load"), ("tomllib", "loads"),
               ("tomlkit", "load"), ("tomlkit", "loads"), ("tomlkit", "parse")}  # fmt: skip
    found = set()
    for package in ("core", "routines", "tui"):
        for file in (ROOT / package).rglob("*.py"):
            source = file.read_text(encoding="utf-8")
            if not any(library in source for library, _ in parsers):
                continue
            for node in ast.walk(ast.parse(source)):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and (node.func.value.id, node.func.attr) in parsers
                ):
                    found.add(str(file.relative_to(ROOT)))
    assert found - PIPES - OUR_OWN == {"core/storage/decoding.py"}
