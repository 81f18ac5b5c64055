"""Deciding on words at the keyboard: what is proposed, what is held back, and what a decision keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from core.answers.answer import About, Answer, Held, Table, TableColumn, Verdict, finding, key_of
from core.journal.format_1 import completed
from core.journal.projections import Decision
from core.language.message import say
from core.language.speech import Language, speak
from core.language.wording import text
from routines.workday.workday import Workday
from tests.routines.days import at as moment
from tests.terminal.keyboard import InProcess
from tests.tui.shop import make_shop
from tui.app import DayApp
from tui.runtime.session import Session
from tui.screens.work.keyword_board import KeywordBoard

CHOICES = ("delete", "lower", "raise", "keep", "observe")


def row_of(word: str, proposal: str) -> tuple[Any, ...]:
    return word, "法式针织开衫", proposal, 1.69, 1.37, 2126, 42, "1.4–2.7%", None


def word_table(*words: tuple[str, str, Held]) -> Table:
    """Return the table of bought words as (word, proposal, held back for)."""
    about = tuple(About(item="7365", word=word) for word, _, _ in words)
    return Table(
        text(say("Words")),
        (
            TableColumn(text(say("Word")), "text", "word"),
            TableColumn(text(say("Item")), "text", "item"),
            TableColumn(
                text(say("Decision")), "word", "decision", tuple((one, text(say(one))) for one in CHOICES)
            ),
            TableColumn(text(say("CPC")), "money", "cpc"),
            TableColumn(text(say("Next CPC")), "money", "next_cpc"),
            TableColumn(text(say("Clicks")), "count", "clicks"),
            TableColumn(text(say("Orders")), "count", "orders"),
            TableColumn(text(say("90% range")), "text", "interval"),
            TableColumn(text(say("Rank")), "ratio", "rank"),
        ),
        tuple(row_of(word, proposal) for word, proposal, _ in words),
        tuple(key_of("paid", "word", one) for one in about),
        about=about,
        holds=tuple(held for _, _, held in words),
    )


def addition_table(word: str, held: Held) -> Table:
    about = About(item="7365", word=word)
    return Table(
        text(say("Keywords to add")),
        (
            TableColumn(text(say("Search term")), "text", "search_term"),
            TableColumn(text(say("Visitors")), "count", "visitors"),
        ),
        ((word, 480.0),),
        (key_of("paid", "add", about),),
        about=(about,),
        holds=(held,),
    )


class Desk:
    """The board of one person."""

    def __init__(self, pilot: Any, session: Session) -> None:
        self.pilot, self.session, self.sees = pilot, session, InProcess(pilot).sees

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    @property
    def decided(self) -> dict[str, Decision]:
        return self.session.workday.decisions("paid")


@asynccontextmanager
async def board(shop: Path, *tables: Table, lang: Language = "en") -> AsyncIterator[Desk]:
    session = Session(Workday.open(shop, clock=lambda: moment("10:00"), who="lan", lang=lang))
    about = About(item="7365", word="毛衣女")
    loses = finding("paid", "delete", "act", "It loses money.", about=about)
    session.answers["paid"] = Answer(Verdict("act", "Two words."), (loses,), tables)
    async with DayApp(session).run_test(size=(140, 30)) as pilot:
        await pilot.app.push_screen(KeywordBoard("paid"))
        await pilot.pause()
        yield Desk(pilot, session)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_decision_keeps_ids_and_numbers_in_every_language(shop: Path, lang: Language) -> None:
    speak(lang)
    async with board(shop, word_table(("毛衣女", "delete", "")), lang=lang) as desk:
        await desk.press("l")
        (decided,) = desk.decided.values()
    (entry,) = [one for one in desk.session.workday.entries() if one.kind == "decision"]
    assert entry.data == {
        "key": "paid/word/7365/毛衣女",
        "choice": "lower",
        "about": {"item": "7365", "word": "毛衣女"},
        "detail": {
            "item": "法式针织开衫",
            "decision": "delete",
            "cpc": 1.69,
            "next_cpc": 1.37,
            "clicks": 2126,
            "orders": 42,
        },
    }
    assert decided.about == About(item="7365", word="毛衣女")


async def test_a_word_that_is_called_like_a_choice_is_no_proposal(shop: Path) -> None:
    async with board(shop, word_table(("raise", "keep", ""), ("delete", "—", ""))) as desk:
        await desk.press("space")
        assert [one.choice for one in desk.decided.values()] == ["keep"]
        await desk.press("space")
        await desk.sees("There is no advice for this keyword")
        assert len(desk.decided) == 1


async def test_the_finding_of_exactly_this_word_is_shown(shop: Path) -> None:
    async with board(shop, word_table(("女", "keep", ""), ("毛衣女", "delete", ""))) as desk:
        assert "It loses money." not in await InProcess(desk.pilot).screen()
        await desk.press("down")
        await desk.sees("It loses money.")


@pytest.mark.parametrize("held", ["stock", "reviews", "refunds"])
async def test_what_is_held_back_is_raised_only_when_asked_twice(shop: Path, held: Held) -> None:
    async with board(shop, word_table(("毛衣女", "keep", held), ("开衫", "keep", ""))) as desk:
        await desk.press("r")
        await desk.sees("r again to raise it anyway")
        assert not desk.decided
        await desk.press("r")
        assert [one.choice for one in desk.decided.values()] == ["raise"]
        await desk.press("r")
        assert len(desk.decided) == 2, "nothing holds the second word back"


async def test_a_word_of_an_item_held_back_is_added_only_when_asked_twice(shop: Path) -> None:
    async with board(shop, addition_table("红色开衫", "stock")) as desk:
        await desk.press("space")
        await desk.sees("On hold, because stock running out.")
        await desk.press("plus")
        await desk.sees("again to add the keyword anyway")
        assert not desk.decided
        await desk.press("plus")
        assert [one.choice for one in desk.decided.values()] == ["add"]
    async with board(shop, addition_table("白色开衫", "")) as desk:
        await desk.press("space")
        assert [one.choice for one in desk.decided.values()] == ["add", "add"]


async def test_taking_a_decision_back_restores_the_one_before_with_its_figures(shop: Path) -> None:
    async with board(shop, word_table(("毛衣女", "delete", ""))) as desk:
        await desk.press("x")
        (first,) = desk.decided.values()
        await desk.press("k")
        assert [one.choice for one in desk.decided.values()] == ["keep"]
        await desk.press("u")
        (again,) = desk.decided.values()
        assert (again.choice, again.detail, again.about) == (first.choice, first.detail, first.about)
        await desk.press("u")
        assert not desk.decided


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_table_shown_by_an_older_version_is_decided_on_by_ids(shop: Path, lang: Language) -> None:
    speak(lang)
    new = word_table(("毛衣女", "delete", ""))
    rows = ((*new.rows[0][:2], text(say("delete")), *new.rows[0][3:]),)
    columns = tuple(TableColumn(one.name, "text" if one.kind == "word" else one.kind) for one in new.columns)
    answer = completed(Answer(Verdict("act", "x"), evidence=(Table(new.name, columns, rows, new.keys),)))
    (table,) = answer.evidence
    assert isinstance(table, Table)
    async with board(shop, table, lang=lang) as desk:
        await desk.press("space")
        (one,) = desk.decided.values()
        assert (one.choice, one.detail["decision"], one.detail["clicks"]) == ("delete", "delete", 2126)


async def test_the_advice_its_prices_and_the_reason_stand_below_the_list(shop: Path) -> None:
    async with board(shop, word_table(("毛衣女", "lower", ""), ("开衫", "raise", "page"))) as desk:
        shown = await InProcess(desk.pilot).screen()
        assert "毛衣女  法式针织开衫  Advice: lower, from ¥1.69 to ¥1.37" in shown
        assert "It loses money." in shown
        await desk.press("down")
        await desk.sees("Advice: raise, on hold, from ¥1.69 to ¥1.37")
        shown = await InProcess(desk.pilot).screen()
        assert "No more is spent on it for now: the bounce rate is above its limit." in shown
        (row,) = [line for line in shown.splitlines() if "> " in line]
        assert "raise, on hold" in row, "the mark stands in the list too"


async def test_the_decided_changes_are_saved_for_the_ad_tool(shop: Path) -> None:
    words = word_table(
        ("毛衣女", "delete", ""), ("开衫", "lower", ""), ("女", "keep", ""), ("裙", "lower", "")
    )
    async with board(shop, words, addition_table("=红色开衫", "")) as desk:
        await desk.press("E")
        await desk.sees("there is nothing to save")
        await desk.press("x", "l", "k", "r", "r")
        await desk.press("t", "plus", "E")
        await desk.sees(
            "Saved: reports/keywords_2026-11-17.csv (4 changes) 2 have no new price: set it in the file."
        )
    written = (shop / "reports" / "keywords_2026-11-17.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf"), "so that Excel reads it as UTF-8"
    assert written.decode("utf-8-sig").split("\r\n") == [
        "Keyword,Item ID,Item,Decision,Old price,New price",
        "毛衣女,7365,法式针织开衫,delete,1.69,",
        "开衫,7365,法式针织开衫,lower,1.69,1.37",
        "裙,7365,法式针织开衫,raise,1.69,",
        "'=红色开衫,7365,,add,,",
        "",
    ]
