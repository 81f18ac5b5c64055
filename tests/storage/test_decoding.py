"""Settings and journals that somebody nested or blew up: refused at one limit, whatever is in the texts."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import BadInput, BadSettings
from core.storage.decoding import LARGEST_SETTINGS, json_in, settings_bytes, toml_document, toml_in

DEEP = "x.toml: values are nested more than 32 levels deep. Correct it or restore the last good copy; nothing"
READERS: list[Callable[[str, str], object]] = [json_in, toml_in, toml_document]


def lists(levels: int) -> str:
    return "[" * levels + "]" * levels


def tables(levels: int) -> str:
    return '{"a": ' * (levels - 1) + "{}" + "}" * (levels - 1)


@pytest.mark.parametrize(
    ("read", "nested"),
    [
        (json_in, lists),
        (json_in, tables),
        (json_in, lambda levels: '["\\"[[", {}, ' + lists(levels - 1) + ', "]]\\\\"]'),
        (toml_in, lambda levels: "a = " + lists(levels - 1)),
        (toml_in, lambda levels: "a = " + "{b = " * (levels - 2) + "{}" + "}" * (levels - 2)),
        (toml_in, lambda levels: ".".join("a" * levels) + " = 1"),
        (toml_in, lambda levels: f"[{'.'.join('a' * (levels - 1))}]"),
        (toml_in, lambda levels: " . ".join(["'a.b'", '"c.d"'] * levels)[: 8 * levels - 3] + " = 1"),
        (toml_document, lambda levels: "a = " + lists(levels - 1)),
    ],
    ids=[
        "lists",
        "tables",
        "with texts",
        "toml lists",
        "inline",
        "a long key",
        "a long head",
        "quoted",
        "edit",
    ],
)
def test_thirty_two_levels_are_read_and_one_more_is_too_deep(
    read: Callable[[str, str], object], nested: Callable[[int], str]
) -> None:
    assert read(nested(32), "x.toml")
    with pytest.raises(BadInput) as refused:
        read(nested(33), "x.toml")
    assert str(refused.value).startswith(DEEP)
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize("text", ["[" * 99_999, '{"a":' * 99_999, "a = " + "[" * 9_999])
@pytest.mark.parametrize("read", READERS)
def test_what_is_never_closed_is_an_error_of_the_file(read: Callable[[str, str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text, "x.toml")


def test_brackets_in_texts_and_side_by_side_are_no_levels() -> None:
    row = {"text": "[" * 50 + '\\"{' * 50, "list": [[]] * 50}

    assert json_in(json.dumps([row] * 50), "journal") == [row] * 50
    assert json_in(json.dumps(row).encode(), "journal") == row
    assert json_in('["\udce5"]', "journal") == ["\udce5"], "half a character is no error of the file"


def test_numbers_of_many_digits_and_broken_lines_are_errors_of_the_file() -> None:
    for text in ("a = " + "9" * 5000, "a = "):
        with pytest.raises(tomllib.TOMLDecodeError):
            toml_in(text, "shop.toml")
    with pytest.raises(ValueError, match="digits"):
        toml_in("a = " + "9" * 5000, "shop.toml")


def test_settings_to_be_edited_keep_their_comments() -> None:
    text = "# ours\nname = 'x'  # short\n"
    document = toml_document(text, "shop.toml")
    document["name"] = "y"

    assert document.as_string() == '# ours\nname = "y"  # short\n'


@pytest.mark.parametrize(("size", "read"), [(LARGEST_SETTINGS, True), (LARGEST_SETTINGS + 1, False)])
def test_settings_of_a_million_bytes_are_read_and_larger_ones_refused(
    tmp_path: Path, size: int, *, read: bool
) -> None:
    assert LARGEST_SETTINGS == 1_000_000
    file = tmp_path / "shop.toml"
    file.write_bytes(b"#" * size)
    if read:
        assert settings_bytes(file) == b"#" * size
        return
    with pytest.raises(
        BadSettings, match=r"^shop\.toml is larger than 1 MB, which is too large for a settings file\."
    ):
        settings_bytes(file)


def test_links_are_followed_inside_the_shop_only(tmp_path: Path) -> None:
    shop, outside = tmp_path / "shop", tmp_path / "outside.toml"
    shop.mkdir()
    outside.write_text("secret")
    (shop / "kept.toml").write_text("name = 'x'")
    (shop / "inside.toml").symlink_to("kept.toml")
    (shop / "out.toml").symlink_to(outside)
    (shop / "round.toml").symlink_to("round.toml")

    assert settings_bytes(shop / "inside.toml") == b"name = 'x'"
    with pytest.raises(BadSettings) as refused:
        settings_bytes(shop / "out.toml")
    assert str(refused.value) == (
        "out.toml is a link that points outside the shop's folder, so it was not read. Put "
        f"the file itself there ({shop / 'out.toml'})."
    )
    with pytest.raises(BadSettings, match=r"^round\.toml cannot be read \("):
        settings_bytes(shop / "round.toml")


def test_what_is_no_file_is_said_and_what_is_not_there_is_left_to_the_caller(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")

    for name in ("folder.toml", "pipe.toml"):
        with pytest.raises(BadSettings) as refused:
            settings_bytes(tmp_path / name)
        assert str(refused.value) == (
            f"{name} cannot be read (not an ordinary file). Nothing was changed ({tmp_path / name})."
        )
    for missing in (tmp_path / "shop.toml", tmp_path / "pipe.toml" / "shop.toml"):
        with pytest.raises((FileNotFoundError, NotADirectoryError)):
            settings_bytes(missing)
