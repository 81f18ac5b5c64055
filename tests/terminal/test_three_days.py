"""Three days in a row with keys: what was decided on the first is asked of nobody on the second, and told.

On the third, with the exports of the days between, its results are in. The exports of the sample end on
15 November: those of 16 to 18 November are written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from core.answers.answer import Answer, Table
from core.facts.imports import commit, preview
from core.language.dates import short_day
from core.language.speech import Language, speak
from core.language.wording import say
from core.measures.metrics import NAMES
from routines.workday.workday import Workday
from tests.terminal.keyboard import CHOOSE, Operator, at_the_desk

JEANS, SWEATER = "736500100102", "736500100101"
SHOP = "兰亭女装旗舰店"
FIRST, NOON, SECOND, THIRD = (
    f"2026-11-{at}:00+08:00" for at in ("16T08:40", "16T11:20", "17T08:40", "19T08:40")
)
each = pytest.mark.parametrize(
    ("where", "lang"),
    [pytest.param("tmux", lang, marks=pytest.mark.e2e) for lang in ("zh", "en")],
)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


def day_at(shop: Path, at: str, lang: Language) -> Workday:
    return Workday.open(shop, clock=lambda: datetime.fromisoformat(at), who="lan", lang=lang)


async def goes_to(hands: Operator, step: str, day: Workday, verdict: str | None = None) -> None:
    """Open a step by its name and wait for its verdict; the stand-up's tells what was looked at by then."""
    await hands.press("ctrl+p")
    await hands.sees(say("Go to"))
    await hands.types(step)
    await hands.press("enter")
    await hands.sees(
        f"{say(day.step(step).title)}  {SHOP}", day.ask(step).verdict.text[:8] if verdict is None else verdict
    )


async def makes(hands: Operator, number: int) -> None:
    """Make an action of the proposal of this number."""
    await hands.press("a")
    await hands.sees(say("Create an action"), CHOOSE)
    await hands.press(str(number))
    await hands.sees(say("Action created: {text}", text="")[:4])


async def is_done(hands: Operator, words: str, *typed: str) -> None:
    """On the list of actions, tick off the one of these words; ``typed`` goes into what is asked then."""
    while words not in (picked := await picked_row(hands)):
        await hands.press("down")
        await hands.no_longer_sees(picked)
    await hands.press("d")
    if typed:
        await hands.sees("^S ")
        for at, text in enumerate(typed):
            if at:
                await hands.press("tab")
            await hands.press("ctrl+u")
            await hands.types(text)
        await hands.press("ctrl+s")
    await hands.sees(f"{say('done')}: {words}")


async def picked_row(hands: Operator) -> str:
    """Return the table's row under the cursor as it stands on the screen."""
    return next(row for row in (await hands.screen()).splitlines() if row.lstrip().startswith("> "))


async def reads_on_to(hands: Operator, words: str) -> None:
    """Turn the step's pages until these words are on the screen."""
    while words not in (shown := await hands.screen()):
        await hands.press("pagedown")
        await hands.no_longer_sees(shown)


async def decides_on_words(hands: Operator) -> None:
    """The losing word goes; a raise that waits for the page is taken all the same, on purpose."""
    await hands.press("o")
    await hands.sees(say("decided {n}/{total}", n=0, total=45), "毛衣女")
    await hands.press("x")
    await hands.sees(say("decided {n}/{total}", n=1, total=45))
    await hands.press(*["down"] * 9)
    await hands.press("space")
    await hands.sees(say("the bounce rate is above its limit"))
    await hands.press("r")
    warned = say(
        "The analysis advises not to raise the bid on this keyword (no result yet, short stock, "
        "complaints, or a page that misses its limits): press r again to raise it anyway."
    )
    await hands.sees(warned[:14])
    await hands.press("r")
    await hands.sees(say("decided {n}/{total}", n=2, total=45))


@each
@pytest.mark.timeout(900)
async def test_what_was_decided_on_one_day_is_not_asked_on_the_next(
    where: str, lang: Language, lanting: Path
) -> None:
    day = day_at(lanting, FIRST, lang)
    assert asked({step: day.ask(step) for step in STEPS}) >= DECIDED
    async with at_the_desk(where, lanting, at=FIRST, lang=lang) as hands:
        speak(lang)
        for step, deed in (("stock", "order"), ("reviews", "complain"), ("checks", "top_up")):
            await goes_to(hands, step, day)
            await makes(hands, number_of(day.ask(step), deed))
        await goes_to(hands, "paid", day)
        await decides_on_words(hands)
    async with at_the_desk(where, lanting, at=NOON, lang=lang) as hands:
        speak(lang)
        await hands.press("a")
        await hands.sees(say("open only; v shows all"))
        noon = day_at(lanting, NOON, lang)
        mine = {one.deed: one.text for one in noon.actions() if one.created == noon.day}
        await is_done(hands, mine["order"][:12], "1055", "11-25")
        await is_done(hands, mine["complain"][:12])
        await is_done(hands, mine["top_up"][:12], "12700")
    noon = day_at(lanting, NOON, lang)
    key = next(key for key, one in noon.decisions("paid").items() if one.about.word == "毛衣女")
    noon.decide("hands_on", key, "done")

    await the_second_day(where, lang, lanting)
    await the_third_day(where, lang, lanting)


async def the_second_day(where: str, lang: Language, shop: Path) -> None:
    """None of it is proposed again, and each is shown with its state."""
    day = day_at(shop, SECOND, lang)
    speak(lang)
    told = {step: day.ask(step) for step in (*STEPS, "standup")}
    assert not DECIDED & asked(told)
    deleted, filed, paid_in = (
        say(words, day=say_day())
        for words in ("Keyword deleted {day}.", "Complaint filed {day}.", "Ad balance topped up {day}.")
    )
    moments = {step: str([one.text for one in told[step].findings]) for step in told}
    assert filed in moments["reviews"]
    assert paid_in in moments["checks"]
    assert deleted in moments["paid"]
    stand_up = str([one.rows for one in told["standup"].evidence if isinstance(one, Table)])
    for words in (deleted, filed, paid_in):
        assert words in stand_up
    async with at_the_desk(where, shop, at=SECOND, lang=lang) as hands:
        speak(lang)
        await goes_to(hands, "stock", day)
        await reads_on_to(hands, "1,055")
        await goes_to(hands, "checks", day)
        await reads_on_to(hands, paid_in[:-1])
        await goes_to(hands, "paid", day)
        await hands.press("o")
        held = say("{choice}, on hold", choice=say("raise"))  # its day is cut off in a narrow column
        gone = say("{choice} {day}", choice=say("delete"), day=say_day())
        await hands.sees(say("decided {n}/{total}", n=2, total=45), gone, held, deleted)
        assert gone in await picked_row(hands)
        shown = await hands.screen()
        await hands.press("space")
        await hands.no_longer_sees(shown)
        assert gone in await picked_row(hands), "as proposed: nothing is proposed of a word that is decided"
        assert say("decided {n}/{total}", n=2, total=45) in await hands.screen()
        await goes_to(hands, "hands_on", day)
        await hands.press("o")
        await hands.sees(say("{n}/{total} done", n=0, total=3), RAISED)


async def the_third_day(where: str, lang: Language, shop: Path) -> None:
    """With the exports of the days between: the word costs nothing, the goods are in."""
    columns = ("日期", "计划ID", "计划名字", "单元ID", "单元名字", "宝贝ID", "宝贝名称", "词名字/词包名字")
    header = ",".join((*columns, "展现量", "点击量", "花费", "总成交金额", "总成交笔数"))
    bought = ((16, DELETED), (16, "开衫"), (17, "开衫"), (18, "开衫"))
    imports(
        shop,
        "关键词报表_20261116_20261118.csv",
        header,
        *(
            f"2026-11-{day},1,计划,2,单元,{SWEATER},法式针织开衫,{word},1000,60,95.0,0,0"
            for day, word in bought
        ),
    )
    imports(
        shop,
        "库存_20261118.csv",
        "日期,商品ID,商品标题,skuId,在库数",
        f"2026-11-18,{JEANS},高腰直筒牛仔裤,{JEANS}-M,1150",
    )
    day = day_at(shop, THIRD, lang)
    speak(lang)
    told = {step: day.ask(step) for step in (*STEPS, "standup")}
    assert not {one for one in DECIDED if one[0] in ("delete_word", "complain")} & asked(told)
    kept = [one.text for one in told["standup"].findings if one.kind == "promise"]
    (word,) = (one for one in kept if DELETED in one)
    assert word == say(
        "Kept: {who}, “{what}”; {metric} {value}, promised {expected}, usual {usual}.",
        who="沈岚",
        what=say("{choice}: {which}", choice=say("delete"), which=DELETED),
        metric=say(NAMES["cost"]),
        value="¥0",
        expected="¥0",
        usual="¥177",
    )
    (arrived,) = (one.text for one in told["stock"].findings if one.kind == "arrived")
    assert "1,055" in arrived
    assert say_day() in arrived
    async with at_the_desk(where, shop, at=THIRD, lang=lang) as hands:
        speak(lang)
        await goes_to(hands, "standup", day, "")
        await reads_on_to(hands, word[:20])
        await goes_to(hands, "stock", day)
        await reads_on_to(hands, "1,055")


def imports(shop: Path, name: str, *lines: str) -> None:
    """Put an export of these lines into the inbox and import it."""
    file = shop / "inbox" / name
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    now = datetime.fromisoformat(THIRD)
    commit(shop, preview(shop, file, today=now.date()), who="lan", at=now)


DELETED, RAISED = "毛衣女", "连衣裙女秋"
STEPS = ("stock", "reviews", "checks", "paid")
DECIDED = {
    ("order", JEANS, ""),
    ("complain", "736500100103", ""),
    ("top_up", "", ""),
    ("delete_word", SWEATER, DELETED),
}


def asked(told: Mapping[str, Answer]) -> set[tuple[str, str, str]]:
    """Return deed, item and word of everything that is proposed."""
    return {
        (one.deed, one.about.item, one.about.word)
        for answer in told.values()
        for finding in answer.findings
        for one in finding.proposals
    }


def number_of(answer: Answer, deed: str) -> int:
    """Return which proposal is the first of a deed, counted from 1."""
    deeds = [one.deed for finding in answer.findings for one in finding.proposals]
    return next(number for number, one in enumerate(deeds, 1) if one == deed)


def say_day() -> str:
    """Return 16 November as the language says it."""
    return short_day(date(2026, 11, 16))
