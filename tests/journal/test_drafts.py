"""What is being typed survives, for the one who typed it."""

from pathlib import Path

import pytest

from core.errors import CannotWrite
from core.journal.drafts import FileDrafts

KEY = "note:stock:2026-11-16"


def test_typed_words_are_there_after_a_crash(tmp_path: Path) -> None:
    FileDrafts(tmp_path, "陈晓").save(KEY, "补 300\n件 \x1b[2J")

    assert FileDrafts(tmp_path, "陈晓").load(KEY) == "补 300\n件 \x1b[2J"
    assert FileDrafts(tmp_path, "陈晓").all() == {KEY: "补 300\n件 \x1b[2J"}
    assert FileDrafts(tmp_path, "林薇").all() == {}


def test_a_draft_can_be_read_by_people_without_the_program(tmp_path: Path) -> None:
    drafts = FileDrafts(tmp_path, "陈晓")
    drafts.save(KEY, "补 300 件")

    (file,) = drafts.folder.iterdir()
    assert "补 300 件" in file.read_text(encoding="utf-8")


def test_a_finished_or_emptied_text_is_no_draft_any_more(tmp_path: Path) -> None:
    drafts = FileDrafts(tmp_path, "陈晓")
    drafts.save(KEY, "补")
    drafts.save("reply:stock:0", "x")
    drafts.save(KEY, "")
    drafts.drop("reply:stock:0")
    drafts.drop("never there")

    assert drafts.all() == {}
    assert drafts.load(KEY) == ""


@pytest.mark.parametrize("word", ["..", "a/b", "", "長" * 200, "\udce5", "x\x00y"])
def test_any_name_and_key_stays_inside_the_folder(tmp_path: Path, word: str) -> None:
    drafts = FileDrafts(tmp_path / "shop", word)
    drafts.save(word, "补")

    assert drafts.load(word) == "补"
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_a_draft_lies_where_the_program_of_yesterday_left_it(tmp_path: Path) -> None:
    drafts = FileDrafts(tmp_path, "j. doe")
    for key in ("note:a.b/c", "x" * 120, "x" * 121):
        drafts.save(key, "补")
    assert drafts.folder.name == "j%2E doe"
    assert FileDrafts(tmp_path, "").folder.name == "nobody"
    assert {file.name for file in drafts.folder.iterdir()} == {
        "note:a%2Eb%2Fc.json",
        "x" * 120 + ".json",
        "79072a47bfaa54e6057a9ee21e0dea64b9edbfd160c4ccadbb657e64b6d22ee4.json",
    }


def test_a_spoilt_draft_is_no_draft(tmp_path: Path) -> None:
    drafts = FileDrafts(tmp_path, "陈晓")
    drafts.save(KEY, "补")
    for file in drafts.folder.iterdir():
        file.write_bytes(b"\xff")

    assert (drafts.load(KEY), drafts.all()) == ("", {})


def test_no_room_for_a_draft_is_said(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("")

    with pytest.raises(CannotWrite):
        FileDrafts(tmp_path, "陈晓").save(KEY, "补")
