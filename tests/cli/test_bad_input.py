"""Whatever is wrong: one sentence on stderr, the right exit code, and nothing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import sample
from tests.cli.conftest import STOCK, Run, bytes_in

BROKEN = Path(sample.__file__).parent / "broken"
REFUSED = ["empty", "password", "zip-empty", "login-page", "picture", "unknown", "future"]
"""A few of the gallery; the rest is the readers' own."""

Spoil = Callable[[Path], object]


def settings(text: str | bytes) -> Spoil:
    def spoil(shop: Path) -> None:
        (shop / "shop.toml").write_bytes(text.encode() if isinstance(text, str) else text)

    return spoil


def routine(text: str) -> Spoil:
    return lambda shop: (shop / "routine.toml").write_text(text)


def nothing(_: Path) -> None:
    pass


def instead(name: str, text: str = "x") -> Spoil:
    """A file where a folder should be, or other bytes in a file."""

    def spoil(shop: Path) -> None:
        shutil.rmtree(shop / name, ignore_errors=True)
        (shop / name).parent.mkdir(parents=True, exist_ok=True)
        (shop / name).write_text(text)

    return spoil


BAD_INPUT: dict[str, tuple[Spoil, list[str], str]] = {
    "no shop there": (nothing, ["day", "/nowhere"], "contains no shop.toml"),
    "no shop there to open": (nothing, ["open", "nowhere"], "contains no shop.toml"),
    "torn settings": (settings('name = "x'), ["day", "SHOP"], "shop.toml"),
    "settings in GBK": (settings('name = "兰亭"'.encode("gbk")), ["steps", "SHOP"], "UTF-8"),
    "unknown setting": (settings('name = "x"\nmargn = 0.4'), ["day", "SHOP"], "margn"),
    "a number as text": (settings('name = "x"\nmargin = "0.4"'), ["ask", "SHOP", "stock"], "margin"),
    "settings without a name": (settings('platform = "tmall"'), ["report", "SHOP"], "name"),
    "unknown time zone": (settings('name = "x"\ntimezone = "Mars"'), ["import", "SHOP"], "timezone"),
    "torn routine": (routine("drop = ["), ["day", "SHOP"], "routine.toml"),
    "unknown step in the routine": (routine('drop = ["stok"]'), ["note", "SHOP", "stock", "x"], "stok"),
    "no such file": (nothing, ["import", "SHOP", "nowhere.csv"], "nowhere.csv"),
    "a folder as a file": (nothing, ["import", "SHOP", "SHOP"], "cannot be opened"),
    "no such import": (nothing, ["undo", "SHOP", "20260101"], "20260101"),
    "spoilt ledger": (instead("facts/ledger.json"), ["import", "SHOP", str(STOCK)], "ledger"),
    "spoilt ledger, undone": (instead("facts/ledger.json"), ["undo", "SHOP"], "ledger"),
    "journal is a file": (instead("journal"), ["note", "SHOP", "stock", "x"], "journal"),
    "there is already a shop": (nothing, ["init", "SHOP", "--yes"], "is already a shop"),
    "a file where the shop should be": (nothing, ["init", "SHOP/shop.toml", "--yes"], "is a file"),
    "demo into a shop": (nothing, ["demo", "SHOP", "--no-open"], "is not empty"),
    "demo onto a file": (nothing, ["demo", "SHOP/shop.toml", "--no-open"], "is not empty"),
    "report into nowhere": (nothing, ["report", "SHOP", "-o", "/proc/none/report.md"], "/proc/none"),
    "escapes in a name": (nothing, ["day", "\x1b]0;x\x07\x9b2J\u202e"], "contains no shop.toml"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_one_sentence_and_changes_nothing(shop: Path, run: Run, case: str) -> None:
    spoil, words, said = BAD_INPUT[case]
    spoil(shop)
    before = bytes_in(shop)
    result = run(*[word.replace("SHOP", str(shop)) for word in words])

    assert (result.exit_code, result.stdout) == (3, "")
    assert said in result.stderr
    one_clean_line(result.stderr)
    assert bytes_in(shop) == before


@pytest.mark.parametrize("folder", REFUSED)
def test_a_broken_export_is_refused_with_its_reason(shop: Path, run: Run, folder: str) -> None:
    (file,) = (BROKEN / folder).iterdir()
    before = bytes_in(shop)
    result = run("import", shop, file)

    assert result.exit_code == 3, result.output
    assert file.name in result.stderr
    one_clean_line(result.stderr)
    assert bytes_in(shop) == before


WRONG_USAGE: dict[str, tuple[list[str], str]] = {
    "unknown command": (["foo"], "foo"),
    "unknown option": (["day", "SHOP", "--josn"], "--json"),
    "no shop named": (["day"], "SHOP"),
    "too much": (["version", "1"], "1"),
    "no such day": (["day", "SHOP", "--date", "2026-13-01"], "“2026-13-01” is not a date"),
    "a day in other words": (["day", "SHOP", "--date", "11/16"], "write it as 2026-11-16"),
    "no such time": (["open", "SHOP", "--at", "25:00"], "“25:00” is not a time"),
    "unknown step": (["ask", "SHOP", "stok"], "Did you mean “stock”?"),
    "note to an unknown step": (["note", "SHOP", "x", "y"], "no step “x”"),
    "empty note": (["note", "SHOP", "stock", "  "], "empty"),
    "unknown format": (["report", "SHOP", "--format", "pdf"], "pdf"),
    "no terminal": (["open", "SHOP"], "There is no terminal"),
}


@pytest.mark.parametrize("case", WRONG_USAGE)
def test_wrong_usage_is_one_sentence_and_changes_nothing(shop: Path, run: Run, case: str) -> None:
    words, said = WRONG_USAGE[case]
    before = bytes_in(shop)
    result = run(*[word.replace("SHOP", str(shop)) for word in words])

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    one_clean_line(result.stderr)
    assert bytes_in(shop) == before


def test_nothing_to_answer_from_is_exit_4_with_what_is_missing(shop: Path, run: Run) -> None:
    result = run("ask", shop, "stock")

    assert result.exit_code == 4
    one_clean_line(result.stderr)


def test_a_damaged_day_is_told_and_the_rest_goes_on(shop: Path, run: Run) -> None:
    day = shop / "journal" / "2026" / "2026-11-16.json"
    day.parent.mkdir()
    day.write_text("torn")
    result = run("note", shop, "stock", "补货")

    assert result.exit_code == 0
    assert "was renamed to" in result.stderr
    one_clean_line(result.stderr)
    assert "补货" in day.read_text()


def one_clean_line(text: str) -> None:
    assert text.endswith("\n")
    assert len(text.splitlines()) == 1
    assert text[:-1].isprintable()
    assert "Traceback" not in text
