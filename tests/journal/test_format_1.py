"""Days that were written before texts were messages: read, listed, found and reported as ever.

``format_1/zh.json``, ``en.json`` and ``mixed.json`` are the sample's Monday as the program of then wrote it,
with keys only: the morning in one language or the other, or begun in Chinese, its words decided on in English
and four more in Chinese, the rest in Chinese, carried out in English and reported in Chinese.
"""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.answers.answer import NOTHING, About, Answer, Finding, Table, TableColumn, Verdict, key_of
from core.answers.answer_codec import decode_shown, encode
from core.errors import BadInput
from core.journal import projections
from core.journal.actions import actions
from core.journal.book import Book
from core.journal.day_files.dayfile import FORMAT
from core.journal.day_files.file_store import FileStore
from core.journal.entry import Entry
from core.journal.format_1 import _SUBJECTS, CHOICES, COLUMNS, about_of, completed, value_of
from core.language.locale_folders import languages
from core.language.message import plural, say
from core.language.speech import Language, speak
from routines.io.day_report import day_report, render
from routines.past.find import Finder
from routines.workday.workday import Workday
from tests.routines.days import CHINA

HERE = Path(__file__).parent / "format_1"
MONDAY = date(2026, 11, 16)
EVENING = datetime(2026, 11, 16, 23, 0, tzinfo=CHINA)
GOLDEN = ("zh", "en", "mixed")
STEPS = ("target", "stock", "drivers", "page", "rivals", "reviews", "paid", "campaigns", "checks", "standup")

golden = pytest.mark.parametrize("name", GOLDEN)


@pytest.fixture
def shop(tmp_path: Path, name: str) -> Path:
    """A shop with that one day."""
    (tmp_path / "journal" / "2026").mkdir(parents=True)
    shutil.copy(HERE / "shop.toml", tmp_path)
    shutil.copy(HERE / f"{name}.json", tmp_path / "journal" / "2026" / "2026-11-16.json")
    return tmp_path


def opened(shop: Path, lang: Language) -> Workday:
    return Workday.open(shop, clock=lambda: EVENING, who="lan", lang=lang, day=MONDAY)


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["entries"].values())


def answered(name: str) -> dict[str, dict[str, Any]]:
    """Return what was shown last of each step, as it stands in the file."""
    return {row["step"]: row["data"]["answer"] for row in rows(name) if row["kind"] == "answered"}


# -- the day as a whole ----------------------------------------------------------------------------


@golden
def test_every_entry_and_every_answer_is_read_as_it_was_written(shop: Path, name: str) -> None:
    day = Book(shop).day(MONDAY)

    assert len(day) == len(rows(name)) > 55
    assert set(answered(name)) >= set(STEPS)
    for step, data in answered(name).items():
        assert encode(decode_shown(data)) == data
        answer = projections.answer(day, step)
        assert answer is not None
        assert answer.verdict.text == data["verdict"]["text"]


@golden
@pytest.mark.parametrize("lang", languages())
def test_it_is_listed_found_and_reported_in_the_words_it_was_written_in(
    shop: Path, name: str, lang: Language
) -> None:
    workday = opened(shop, lang)
    report = render(day_report(workday))
    for step in STEPS:
        assert answered(name)[step]["verdict"]["text"] in report, step
    written = [row["data"]["text"] for row in rows(name) if row["kind"] in ("note", "reply", "action")]
    assert len(written) > 9
    for text in written:
        assert text in report, text

    found = Finder(shop).find("毛衣女", today=MONDAY, lang=lang)
    (hits,) = found.days
    assert {line.kind for line in hits.lines} >= {"decision", "report"}
    assert [one.text for one in actions(workday.entries())] == [
        row["data"]["text"] for row in rows(name) if row["kind"] == "action"
    ]


# -- what decisions stood on -----------------------------------------------------------------------


def decided(name: str) -> list[dict[str, Any]]:
    return [
        row["data"]
        for row in rows(name)
        if row["kind"] == "decision" and row["step"] == "paid" and row["data"]["choice"]
    ]


@golden
def test_the_figures_of_a_decision_are_found_under_the_titles_of_then(name: str) -> None:
    assert len(decided(name)) == {"zh": 7, "en": 7, "mixed": 11}[name]
    first = decided(name)[0]
    assert (value_of(first["detail"], "clicks"), value_of(first["detail"], "orders")) == ("1,841", "7")
    for one in decided(name):
        kind, about = about_of(one["key"])
        word = value_of(one["detail"], "word" if kind == "word" else "search_term")
        assert about == About(item=about.item, word=str(word))
        if kind == "word":
            assert CHOICES[str(value_of(one["detail"], "decision"))] in ("delete", "lower", "raise")


def test_in_one_day_decisions_may_stand_under_titles_of_both_languages() -> None:
    titles = {title for one in decided("mixed") for title in one["detail"]}

    assert {"Clicks", "点击量", "Decision", "决定"} <= titles


@golden
def test_each_title_of_the_tables_of_words_is_known_by_one_id(name: str) -> None:
    tables = [piece for piece in answered(name)["paid"]["evidence"] if piece.get("keys")]
    assert len(tables) == 2
    for table in tables:
        for column in table["columns"]:
            assert len([one for one, titles in COLUMNS.items() if column["name"] in titles]) == 1, column


def test_a_figure_under_its_id_comes_first_and_what_is_not_there_is_none() -> None:
    assert value_of({"clicks": 2126, "点击量": "2,000"}, "clicks") == 2126
    assert value_of({"Visitors": "3"}, "clicks") is None
    assert value_of({"new_column": 3}, "new_column") == 3
    assert value_of("no time", "clicks") is value_of(None, "clicks") is None


# -- what keys are about ---------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "fields"), _SUBJECTS.items())
def test_every_key_of_then_is_taken_apart_and_put_together_again(place: str, fields: tuple[str, ...]) -> None:
    step, kind = place.split("/")
    about = About(**{field: f"{field} 1" for field in fields[:-1]}, **{fields[-1]: "长袖/连衣裙"})

    assert about_of(key_of(step, kind, about)) == (kind, about)


@pytest.mark.parametrize(
    ("key", "kind", "about"),
    [
        ("stock/heroes", "heroes", NOTHING),
        ("drivers/conversion", "conversion", NOTHING),
        ("page/bounce", "bounce", NOTHING),
        ("campaigns/share", "share", NOTHING),
        ("campaigns/双12 预热", "campaign", About(campaign="双12 预热")),
        ("notices/618/预售", "campaign", About(campaign="618/预售")),
        ("notices/silent", "silent", NOTHING),
        ("service/ideas", "ideas", NOTHING),
        ("service/ideas/shop/包装", "ideas", About(aspect="包装")),
        ("service/ideas/7365/掉色", "ideas", About(item="7365", aspect="掉色")),
        ("hands_on/paid/word/7365/毛衣女", "task", About(item="7365", word="毛衣女")),
        ("hands_on/against/paid/word/7365/毛衣女", "against", About(item="7365", word="毛衣女")),
        ("hands_on/20261112T022100000-3294-94", "task", About(entry="20261112T022100000-3294-94")),
        ("breakdown/supply/stock/order/7365", "task", About(item="7365", role="supply")),
        ("breakdown/overdue/2026-94", "overdue", About(entry="2026-94")),
        ("breakdown/taken", "taken", NOTHING),
        ("action/2026-94", "action", About(entry="2026-94")),
        ("2026-94", "action", About(entry="2026-94")),
        ("ask/What stopped?", "ask", About(other="What stopped?")),
        ("diet/live", "diet", About(other="live")),
        ("nobody/knows/this", "", NOTHING),
        ("paid/unknown/7365", "", NOTHING),
        ("", "", NOTHING),
    ],
)
def test_keys_of_other_forms(key: str, kind: str, about: About) -> None:
    assert about_of(key) == (kind, about)


@golden
def test_findings_and_rows_of_then_are_read_with_what_they_are_about(shop: Path, name: str) -> None:
    day = Book(shop).day(MONDAY)
    told = 0
    for step in answered(name):
        answer = projections.answer(day, step)
        assert answer is not None
        for finding in answer.findings:
            assert finding.kind, finding.key
            told += 1
            if finding.kind not in ("task", "against"):  # they carry another key inside their own
                assert key_of(finding.key.split("/")[0], finding.kind, finding.about) == finding.key
        for table in (piece for piece in answer.evidence if isinstance(piece, Table)):
            assert len(table.about) == len(table.keys)
            assert NOTHING not in table.about
    assert told > 40
    paid = projections.answer(day, "paid")
    assert paid is not None
    words = next(piece for piece in paid.evidence if isinstance(piece, Table) and piece.keys)
    losing = next(one for one in paid.findings if one.kind == "delete")
    assert losing.about == words.about[0] == About(item="736500100101", word="毛衣女")


def test_what_an_answer_says_itself_is_left_alone() -> None:
    told = Finding("paid/delete/1/x", "act", "x", kind="delete", about=About(item="1", word="x"))
    table = Table("T", (TableColumn("A"),), ((1,),), ("paid/word/1/x",), about=(About(item="1"),))
    whole = Answer(Verdict("act", "x"), (told,), (table,))

    assert completed(whole) is whole
    assert completed(Answer(Verdict("act", "x"))) == Answer(Verdict("act", "x"))


# -- the number of the format ----------------------------------------------------------------------


def number_in(book: Book) -> int:
    return int(json.loads(FileStore(book.shop_folder).path(MONDAY).read_bytes())["about"]["1"]["format"])


def note(book: Book, text: str) -> Entry:
    return book.append(MONDAY, at=EVENING, who="沈岚", kind="note", step="stock", data={"text": text})


def as_format(book: Book, number: int) -> None:
    path = FileStore(book.shop_folder).path(MONDAY)
    had = f'"format": {number_in(book)}'.encode()
    path.write_bytes(path.read_bytes().replace(had, f'"format": {number}'.encode(), 1))


def test_a_new_day_is_written_in_the_format_of_today(tmp_path: Path) -> None:
    book = Book(tmp_path)
    note(book, "a")

    assert number_in(book) == FORMAT == 2


def test_a_day_of_the_next_format_is_read_and_stays_one(tmp_path: Path) -> None:
    book = Book(tmp_path)
    note(book, "a")
    as_format(book, 2)
    note(Book(tmp_path), "b")
    note(Book(tmp_path), "c")

    assert [entry.data["text"] for entry in Book(tmp_path).day(MONDAY)] == ["a", "b", "c"]
    assert number_in(book) == 2
    assert Book(tmp_path).told() == ()


def test_messages_in_a_day_are_read_in_the_language_of_the_reader(tmp_path: Path) -> None:
    answer = Answer(
        Verdict("act", say("{n}m", n=3)),
        limits=("old text", plural("ends in {n} day", "ends in {n} days", 2)),
    )
    Book(tmp_path).append(
        MONDAY, at=EVENING, who="沈岚", kind="answered", step="stock", data={"answer": encode(answer)}
    )

    english = projections.answer(Book(tmp_path).day(MONDAY), "stock")
    speak("zh")
    chinese = projections.answer(Book(tmp_path).day(MONDAY), "stock")
    assert english is not None
    assert chinese is not None
    assert (english.verdict.text, english.limits) == ("3m", ("old text", "ends in 2 days"))
    assert (chinese.verdict.text, chinese.limits) == ("3分", ("old text", "还剩 2 天截止"))


@golden
def test_a_day_of_then_takes_new_entries(shop: Path, name: str) -> None:
    before = Book(shop).day(MONDAY)
    note(Book(shop), "one more")
    after = Book(shop).day(MONDAY)

    assert after[:-1] == before, name
    assert after[-1].data["text"] == "one more"


def test_a_day_of_a_later_format_is_left_alone(tmp_path: Path) -> None:
    book = Book(tmp_path)
    note(book, "a")
    as_format(book, 3)
    later = Book(tmp_path)

    assert later.day(MONDAY) == ()
    (told,) = later.told()
    assert "newer" in told


@golden
def test_reading_changes_nothing_and_the_first_new_entry_the_number(shop: Path, name: str) -> None:
    book = Book(shop)
    before = FileStore(book.shop_folder).path(MONDAY).read_bytes()
    book.day(MONDAY)
    opened(shop, "en").decisions("paid")

    assert FileStore(book.shop_folder).path(MONDAY).read_bytes() == before
    assert number_in(book) == 1, name
    note(Book(shop), "one more")
    assert number_in(book) == 2


def test_a_program_that_knows_only_format_1_says_so_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(Book(tmp_path), "a")
    monkeypatch.setattr("core.journal.day_files.dayfile.READ", (1,))
    monkeypatch.setattr("core.journal.day_files.dayfile.FORMAT", 1)
    older = Book(tmp_path)
    before = FileStore(tmp_path).path(MONDAY).read_bytes()

    assert older.day(MONDAY) == ()
    assert ["newer version of shopday" in sentence for sentence in older.told()] == [True]
    with pytest.raises(BadInput, match="newer version of shopday"):
        note(older, "b")
    assert FileStore(tmp_path).path(MONDAY).read_bytes() == before
