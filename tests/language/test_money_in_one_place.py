"""Every amount of money goes through one function: change that one, and none is printed as before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.content import Content

from core.answers.answer import Number, Series, Split, Table
from core.language import money, numbers
from core.language.locale_folders import languages
from core.language.speech import Language, speak
from core.language.wording import say
from core.tables import markdown as table_text
from core.tables.registry import TABLES
from core.tables.span import month, span, week
from routines.answers.compute_answer import said
from routines.io.day_report import day_report, render
from routines.io.period_report import report_over
from routines.io.table_export import table
from routines.past.promise_history import promise_ledger
from routines.past.review import Review
from routines.workday.workday import Workday
from tests.terminal.keyboard import InProcess
from tests.terminal.test_full_day import sees_a_verdict
from tui.app import DayApp
from tui.runtime.session import Session
from tui.text import day_text, past_days
from tui.text.answer_text import lines
from tui.text.find_text import promise_lines
from tui.text.table_cells import cell
from tui.widgets.charts import number_lines, series_lines, split_lines

MONDAY = date(2026, 11, 16)
EVENING = datetime(2026, 11, 16, 21, 50, tzinfo=ZoneInfo("Asia/Shanghai"))
MARK = "§"
LONG = 5
"""Digits of an amount that other figures of the day do not have by chance."""
CHANCE = {"149,799", "20,942", "20,983"}
"""Except these: the visitors of 1 to 15 October, and the members on 2 and 3 November."""


_NUMBERS = re.compile(rf"(?<![{MARK}\d.,])\d+(?:[.,]\d+)*")


class Printed:
    """The one function, changed: a § where the amount's sign was, and every amount kept."""

    def __init__(self) -> None:
        self.amounts: set[str] = set()

    def __call__(self, number: float, decimals: int, form: str, *, sign: bool = False) -> str:
        digits = numbers.digits_of(abs(number), decimals)
        self.amounts.add(digits)
        minus = "-" if round(number, decimals) < 0 else "+" if sign and round(number, decimals) > 0 else ""
        return f"{minus}{MARK}{digits}{'' if '{number}' in form else form}"

    def unmarked(self, shown: str) -> list[str]:
        """Return the amounts in the text that did not come from the function."""
        long = {one for one in self.amounts - CHANCE if len(re.sub(r"\D", "", one)) >= LONG}
        spellings = long | {one.replace(",", "") for one in long}
        found = (one for one in _NUMBERS.finditer(shown) if one.group() in spellings)
        return [shown[max(0, one.start() - 40) : one.end() + 20] for one in found]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    made = Printed()
    monkeypatch.setattr(money, "_amount", made)
    return made


@pytest.fixture
def shop(lanting: Path) -> Path:
    """The sample shop with a day worked in it; of the shared cache only what holds no words is used."""
    shared = (lanting / "cache").resolve()
    (lanting / "cache").unlink()
    (lanting / "cache").mkdir()
    for kept in shared.iterdir():
        if kept.name != "promises":
            (lanting / "cache" / kept.name).symlink_to(kept)
    now = {"at": datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))}
    day = Workday.open(lanting, clock=lambda: now["at"], who="lan", lang="en")
    for step in [step.id for step in day.plan.steps if step.analyse]:
        now["at"] += timedelta(minutes=3)
        answer = said(lanting, step, day=MONDAY, now=now["at"], lang="en", index=day.index)
        day.begin(step)
        day.shown(step, answer)
        for finding in answer.findings[:2]:
            for proposal in finding.proposals[:1]:
                day.act(step, proposal, finding=finding.key)
        if step == "target":
            day.act(
                step,
                text="Sell more",
                owner="周岩",
                due="2026-11-16",
                metric="gmv",
                direction="up",
                expected=48123.0,
            )
        day.finish(step)
    day.record("evening_ads", "day_now", {"at": "21:30", "gmv": "31234.5", "spent": "12345"})
    return lanting


def told(shop: Path, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield every text of the day and where it is: answers, the day, past days, tables, reports."""
    day = Workday.open(shop, clock=lambda: EVENING, who="lan", lang=lang)
    speak(lang)
    for step in [step.id for step in day.plan.steps if step.analyse]:
        answer = day.ask(step)
        yield f"ask {step}", "\n".join(lines(answer))
        numbers = [piece for piece in answer.evidence if isinstance(piece, Number)]
        yield f"figures of {step}", plain(*number_lines(numbers))
        for piece in answer.evidence:
            match piece:
                case Series():
                    yield f"series of {step}", plain(*series_lines(piece, 90))
                case Split():
                    yield f"split of {step}", plain(*split_lines(piece, 90))
                case Table():
                    kinds = [column.kind for column in piece.columns]
                    rows = [map(cell, row, kinds) for row in piece.rows]
                    yield f"table of {step}", "\n".join("  ".join(row) for row in rows)
    yield "day", "\n".join(day_text.day_lines(day))
    report = day_report(day)
    for kind in ("md", "html", "txt"):
        yield f"report {kind}", render(report, kind)
    for over in (week("2026-W46"), month("2026-11")):
        yield f"report {over.by}", render(report_over(day, over), "html")
    for name in TABLES:
        made = table(shop, name, span(date(2026, 11, 2), MONDAY), today=MONDAY, lang=lang)
        yield f"table {name}", table_text.render(made)
    review = Review(day)
    review.work_out(date(2026, 11, 1))
    cells = review.calendar(date(2026, 11, 1))
    yield "calendar", "\n".join(past_days.month_lines(cells, review.submitted(cells)))
    for when in (MONDAY - timedelta(days=3), MONDAY):
        log = review.log(when)
        yield f"log of {when}", "\n".join(past_days.day_lines(review.cell(when), log))
    yield "promises", "\n".join(promise_lines(promise_ledger(shop, day=MONDAY, lang=lang)))


def plain(*shown: Content | str) -> str:
    return "\n".join(one.plain if isinstance(one, Content) else str(one) for one in shown)


@pytest.mark.timeout(600)
def test_no_amount_is_printed_past_the_one_function(shop: Path, printed: Printed) -> None:
    places = {f"{lang}: {place}": shown for lang in languages() for place, shown in told(shop, lang)}

    assert len(printed.amounts) > 400
    assert sum(MARK in shown for shown in places.values()) > 60
    assert {place for place, shown in places.items() if "¥" in shown} == set()
    assert {place: found for place, shown in places.items() if (found := printed.unmarked(shown))} == {}


def test_an_amount_printed_past_it_would_be_found(printed: Printed) -> None:
    assert money.money(48123.0) == "§48,123"
    assert printed.unmarked("sold §48,123, wanted -§48,123") == []
    assert printed.unmarked("sold 48,123") == ["sold 48,123"]
    assert printed.unmarked("wanted -48123.") == ["wanted -48123."]
    assert printed.unmarked("148,123 visitors, 48,123.5 of them") == []


# -- on the screen ---------------------------------------------------------------------------------


@pytest.mark.timeout(600)
async def test_no_screen_shows_an_amount_past_it(lanting: Path, printed: Printed) -> None:
    morning = EVENING.replace(hour=8, minute=31)
    workday = Workday.open(lanting, clock=lambda: morning, who="lan", lang="en")
    steps = [step for step in workday.plan.steps if step.analyse][:7]
    for step in steps:  # kept from now on: nobody waits for the screens
        said(lanting, step.id, day=MONDAY, now=morning, lang="en")
    screens: dict[str, str] = {}
    async with DayApp(Session(workday)).run_test(size=(200, 300)) as pilot:
        hands = InProcess(pilot)

        async def looks(place: str, *words: str) -> None:
            """Wait for the words, of which one at least was not there before the key; keep the screen."""
            await hands.sees(*words)
            screens[place] = await hands.screen()

        await looks("today", say("Stand-up"), "10:30")
        await hands.press("enter")
        heads = [f"{say(step.title)}  {workday.shop.name}" for step in steps]
        for step, head in zip(steps, heads, strict=True):
            await hands.sees(head)
            await sees_a_verdict(hands)
            screens[step.id] = await hands.screen()
            if step.id == "paid":
                await hands.press("o")
                await looks("board", "decided 0/")
                await hands.leaves("decided 0/")
                await hands.sees(head)
            if step is not steps[-1]:
                await hands.press("n")
        await hands.leaves(heads[-1])
        for key, name, word in (("r", "report", say("Figures")), ("a", "actions", say("Actions"))):
            await hands.sees(say("Stand-up"), "10:30")
            await hands.press(key)
            await looks(name, word)
            await hands.leaves(word)
    assert set(screens) == {"today", "board", "report", "actions", *(step.id for step in steps)}
    assert sum(MARK in shown for shown in screens.values()) > 5
    assert {name for name, shown in screens.items() if "¥" in shown} == set()
    assert {name: found for name, shown in screens.items() if (found := printed.unmarked(shown))} == {}
