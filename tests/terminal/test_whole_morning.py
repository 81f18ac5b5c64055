"""A whole morning and its report, with keys only: in Chinese and in English, in a real terminal."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from routines.workday.workday import Workday
from tests.terminal.keyboard import CHOOSE, Operator, at_the_desk
from tests.terminal.screen_words import LANGUAGES, Said

SHOP = "兰亭女装旗舰店"
EIGHT = "2026-11-16T08:30:02+08:00"
HALF_PAST_TEN = "2026-11-16T10:31:02+08:00"
TEN_TO_TEN = "2026-11-16T21:50:02+08:00"


class Lan:
    """What this operator does over and over, each key when the screen is ready for it."""

    def __init__(self, hands: Operator, said: Said) -> None:
        self.hands = hands
        self.said = said

    async def is_at(self, step: str) -> None:
        """The step is open and says its verdict."""
        await self.hands.sees(f"{getattr(self.said, step)}  {SHOP}", self.said.verdicts[step])

    async def answers(self, number: int, text: str) -> None:
        await self.hands.press("r")
        await self.hands.sees(self.said.which)
        await self.hands.press(str(number))
        await self.hands.sees(self.said.draft)
        await self.hands.types(text)
        await self.hands.sees(text)
        await self.hands.press("ctrl+s")
        await self.hands.sees(self.said.saved)
        await self.hands.leaves(self.said.draft)
        await self.hands.sees(self.said.answered)

    async def notes(self, text: str) -> None:
        await self.hands.press("w")
        await self.hands.sees(self.said.draft)
        await self.hands.types(text)
        await self.hands.press("ctrl+s")
        await self.hands.sees(self.said.saved)

    async def makes(self, number: int) -> None:
        """An action of a proposal."""
        await self.hands.press("a")
        await self.hands.sees(self.said.make, CHOOSE)
        await self.hands.press(str(number))
        await self.hands.sees(self.said.made)

    async def goes_on(self) -> None:
        await self.hands.press("d")

    async def goes_on_anyway(self) -> None:
        """Something is left open: d asks once."""
        await self.hands.press("d")
        await self.hands.sees(self.said.again)
        await self.hands.press("d")


async def analyses(lan: Lan, hands: Operator, said: Said) -> None:
    """08:30: what the data say, step by step."""
    await hands.sees(said.target, "08:30", "10:30")
    await hands.press("enter")
    await lan.is_at("target")
    await lan.answers(1, "双11 透支")
    await lan.makes(1)
    await lan.goes_on()
    await lan.is_at("stock")
    await lan.makes(1)
    await lan.makes(2)
    await lan.notes(said.note)
    await lan.goes_on()
    await lan.is_at("drivers")
    await lan.answers(2, said.reply)
    await lan.goes_on()
    await lan.is_at("page")
    await lan.makes(1)
    await lan.goes_on()


async def looks_around(lan: Lan, hands: Operator, said: Said) -> None:
    """Rivals into the form, bad reviews, words on the board with one key each."""
    await lan.is_at("rivals")
    await hands.opens_form(said.rival_form)
    await hands.sees(said.names)
    await hands.press("down")
    await hands.no_longer_sees(said.names)
    await hands.press("tab")
    await hands.types("2")
    await hands.press("tab")
    await hands.types("4")
    await hands.press("tab", "right", "tab")
    await hands.types("188")
    await hands.sees("188")
    await hands.press("ctrl+s")
    await hands.sees(said.saved, f"{said.rivals}  {SHOP}")
    await lan.is_at("rivals")
    await lan.goes_on()
    await lan.is_at("reviews")
    await lan.makes(3)
    await lan.goes_on()
    await lan.is_at("paid")
    await hands.press("o")
    await hands.sees(f"{said.decided} 0/45", "毛衣女")
    for number, key in enumerate("xlkor", 1):
        await hands.press(key)
        await hands.sees(f"{said.decided} {number}/45")
    await hands.press("space")
    await hands.sees(f"{said.decided} 6/45")
    await hands.press("u")
    await hands.sees(said.taken_back, f"{said.decided} 5/45")
    await hands.press("t")
    await hands.sees(f"{said.decided} 0/2", "高腰直筒裤女显瘦")
    await hands.press("plus")
    await hands.sees(f"{said.decided} 0/2", said.held)
    await hands.press("plus")
    await hands.sees(f"{said.decided} 1/2")
    await lan.goes_on_anyway()


async def meets(lan: Lan, hands: Operator, said: Said) -> None:
    """Campaigns and checks, then the meeting: ticks and one action of its own."""
    await lan.is_at("campaigns")
    await lan.makes(2)
    await lan.goes_on()
    await lan.is_at("checks")
    await lan.makes(1)
    await lan.goes_on()
    await lan.is_at("standup")
    await hands.press("o")
    await hands.sees(said.talked, "[ ]", "08:45")
    await hands.press("space", "space")
    await hands.sees("[✓]")
    await hands.press("a")
    await hands.sees(said.new_action)
    await hands.types(said.duty)
    await hands.press("tab", "right")
    await hands.sees(said.duty, "[")
    await hands.press("ctrl+s")
    await hands.sees(said.agreed)
    await lan.goes_on()


async def carries_out(lan: Lan, hands: Operator, said: Said) -> None:
    """10:31: what was decided is done, or it is said why not."""
    await hands.sees(said.hands_on, "10:31", "12:00")
    await hands.press("enter")
    await lan.is_at("hands_on")
    await hands.press("o")
    await hands.sees(said.carried_out, "毛衣女", said.duty)
    await hands.press("space")
    await hands.sees("[✓]")
    await hands.press("x")
    await hands.sees("Enter")
    await hands.press("down", "enter")
    await hands.sees(said.not_done)
    await lan.goes_on_anyway()
    await hands.no_longer_sees(f"{said.hands_on}  {SHOP}")


async def reports(hands: Operator, said: Said) -> None:
    """21:50: read, corrected, finished."""
    await hands.sees(SHOP, "21:50")
    await hands.press("r")
    await hands.sees(f"{SHOP}{said.day}")
    await hands.press("e")
    await hands.sees(said.correct)
    await hands.types(said.line)
    await hands.press("enter")
    await hands.press("ctrl+s")
    await hands.sees(said.is_saved, said.line)
    await hands.press("d")
    await hands.sees(said.again)
    await hands.press("d")
    await hands.sees(said.finished)


@pytest.mark.parametrize(
    ("where", "lang"), [pytest.param("tmux", lang, marks=pytest.mark.e2e) for lang in LANGUAGES]
)
@pytest.mark.timeout(600)
async def test_a_whole_morning_and_its_report_with_keys_only(where: str, lang: str, lanting: Path) -> None:
    said = LANGUAGES[lang]
    async with at_the_desk(where, lanting, at=EIGHT, lang=lang) as hands:
        lan = Lan(hands, said)
        await analyses(lan, hands, said)
        await looks_around(lan, hands, said)
        await meets(lan, hands, said)
        await hands.sees(f"{said.hands_on}  {SHOP}")
    async with at_the_desk(where, lanting, at=HALF_PAST_TEN, lang=lang) as hands:
        await carries_out(Lan(hands, said), hands, said)
    async with at_the_desk(where, lanting, at=TEN_TO_TEN, lang=lang) as hands:
        await reports(hands, said)
    the_journal_has_it(lanting, said)
    the_report_has_it((lanting / "reports" / "2026-11-16.md").read_text(encoding="utf-8"), said)


def the_journal_has_it(shop: Path, said: Said) -> None:
    day = Workday.open(shop, clock=lambda: datetime.fromisoformat(TEN_TO_TEN), who="lan", lang="en")
    done = [line.step.id for line in day.agenda().lines if line.state == "done"]
    morning = ["target", "stock", "drivers", "page", "rivals", "reviews", "paid", "campaigns", "checks"]
    assert done == [*morning, "standup", "hands_on"]
    assert [reply.text for reply in day.replies("drivers")] == [said.reply]
    assert [note.text for note in day.notes("stock")] == [said.note]
    seen = list(day.records("rival"))[-1].value
    assert (seen.rival, seen.new_listings, seen.season_items, seen.season_sells) == ("r01", 2, 4, True)
    words = day.decisions("paid")
    assert [one.choice for one in words.values()] == ["delete", "lower", "keep", "observe", "raise", "add"]
    deleted = next(iter(words.values()))
    assert deleted.about.word == "毛衣女"
    assert deleted.detail["decision"] == "delete"
    assert {type(deleted.detail[name]) for name in ("clicks", "orders", "cpc")} <= {int, float}
    ours = [action for action in day.actions() if action.created == day.day]
    assert [action.step for action in ours] == [
        "target", "stock", "stock", "page", "reviews", "campaigns", "checks", "standup",
    ]  # fmt: skip
    assert sorted(one.choice for one in day.decisions("hands_on").values()) == ["done", "not done"]


def the_report_has_it(text: str, said: Said) -> None:
    assert text.startswith(f"{said.line}\n# {SHOP}")
    # Once its words are decided, paid search may say something else first.
    verdicts = [words for step, words in said.verdicts.items() if step != "paid"]
    for words in (*verdicts, said.reply, said.note, said.duty, *said.report):
        assert words in text, words
    assert re.findall(r"\bnan\b|None[,)]|ticked|bounce_rate|\d{8}T\d{6}|action/", text) == []
