"""The words shopday uses: field terms kept out, riddles gone, plurals right for every counted message."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pytest

from core.language.catalog import ROOT, Words, fragments, helps, merge, sentences
from core.language.locale_folders import LOCALE
from core.language.message import plural
from core.language.retired import RETIRED
from core.language.speech import speak
from core.language.wording import text
from core.records.records import RECORDS

UNWANTED: Final = ("GMV", "AOV", "CVR", "ROAS", "应有水平", "落地", "宝贝", "dearer", "leans to")
GONE_EN: Final = (
    "Leans to a miss",
    "the plan asks more",
    "what the dip after",
    "wait for the page",
    "Really below",
    "weeks running",
    "is in danger",
    "A tick is believed",
    "heroes beyond their lead time",
    "on the wrong side of",
    "leans to selling out",
    "with the quiet around it",
    "lie in it",
    "pleased again",
    "Page first",
    "The season's line sells at",
    "fell back in the ads",
    "not looked at is not unchanged",
    "A rise:",
    "leave on purpose",
    "leave after one page",
    "but the last yuan only",
    "costs nothing per visit",
    "None of its words",
    "wait for us",
    "let it go",
    "Told over",
    "beyond {line} buyers",
    "filter by grade",
    "too few to be more than chance",
    "scatter as much",
    "In full it says",
    "Not kept:",
)
"""Fixed words of sentences that readers stumbled over."""
GONE_ZH: Final = (
    "偏向完不成",
    "是计划要得多",
    "等页面过线",
    "待查：",
    "从哪来",
    "个到人",
    "先不下结论",
    "单相当于其中",
    "追到下限的把握",
    "舍去",
    "里必做的事会超时",
    "落地",
    "偏向会断货",
    "应有水平",
    "日历按",
    "可能超出正常波动",
    "到期承诺 {n} 条（",
    "它的词再好也",
    "广告位退下来了",
    "没测够不看输赢",
    "砍两成",
    "再好也不加价",
    "数值已达成",
    "按下键选",
    "全店客单价 ÷ 主推款客单价",
    "还没有结论",
)


@cache
def messages() -> tuple[Words, ...]:
    """Return every message of the code and the templates."""
    return tuple(words for words, _ in sentences(ROOT))


@cache
def said() -> list[str]:
    """Return every English sentence of the program: messages, both forms of a plural, what F1 says."""
    found: list[str] = []
    for words in (*messages(), *(words for words, _ in helps(ROOT))):
        found += (words,) if isinstance(words, str) else words
    return found


@cache
def translated(*, retired: bool) -> list[str]:
    """Return every Chinese sentence; with the ``retired`` ones, which old journals still show."""
    files = [file for file in fragments(LOCALE / "zh") if retired or file.name != RETIRED]
    found: list[str] = []
    for message in merge(files, "zh").catalog:
        if message.id and message.string:
            found += (message.string,) if isinstance(message.string, str) else message.string
    return found


def without_names(sentence: str) -> str:
    """Return the sentence without its ``{names}``."""
    return re.sub(r"\{[^}]*\}", "", sentence)


def holds(word: str, sentence: str) -> bool:
    """Tell whether the word is in it: its capitals count where it is an abbreviation."""
    found = without_names(sentence)
    return word in found if not word.islower() else word in found.lower()


@pytest.mark.parametrize("word", UNWANTED)
def test_a_term_for_insiders_is_in_no_catalog(word: str) -> None:
    assert [one for one in said() if holds(word, one)] == []
    assert [one for one in translated(retired=True) if holds(word, one)] == []


def test_an_english_sentence_says_double_11() -> None:
    assert [one for one in said() if re.search("双1[12]", one)] == []


@pytest.mark.parametrize("words", GONE_EN)
def test_an_english_riddle_is_gone(words: str) -> None:
    assert [one for one in said() if words in one] == []


@pytest.mark.parametrize("words", GONE_ZH)
def test_a_chinese_riddle_is_gone(words: str) -> None:
    assert [one for one in translated(retired=False) if words in one] == []


# ---- names of forms


def test_a_sentence_that_names_a_form_names_one_that_there_is() -> None:
    """What an operator is told to open has the title it is told with, in both languages."""
    files = [file for file in fragments(LOCALE / "zh") if file.name != RETIRED]
    catalog = merge(files, "zh").catalog
    titles = {said_as: catalog.get(said_as) for said_as in (kind.form_title for kind in RECORDS)}
    zh_titles = {str(found.string) for found in titles.values() if found is not None}
    named = [(form, one) for one in said() for form in re.findall("[Ff]orm “([^”{]+)”", one)]
    zh_named = [
        (form, one) for one in translated(retired=False) for form in re.findall("表单[：“]([^”）]+)", one)
    ]
    assert len(named) > 5
    assert [one for form, one in named if form not in titles] == []
    assert [one for form, one in zh_named if form not in zh_titles] == []


# ---- plurals

NAME: Final = re.compile(r"\{(\w+)[^}]*\}")


def counted() -> list[tuple[str, str]]:
    """Return the counted messages: for one, and for any other number."""
    return [(words[0], words[1]) for words in dict.fromkeys(messages()) if isinstance(words, tuple)]


def shown(one: str, many: str, n: int) -> str:
    """Return the message as an English reader sees it, every other value a name."""
    values = {name: f"<{name}>" for name in NAME.findall(one + many) if name != "n"}
    return text(plural(one, many, n, **values))


def wrong_forms(one: str, many: str) -> list[str]:
    """Return each number of which the message is not told rightly, and how it is told."""
    filled = {n: shown(one, many, n) for n in (0, 1, 2, 5)}
    wrong = []
    if len({re.sub(r"\b[025]\b", "#", filled[n]) for n in (0, 2, 5)}) > 1:
        wrong.append(f"0, 2 and 5 differ: {filled}")
    things = "days|weeks|hours|minutes|orders|people|words|items|files|lines"
    if (
        "{n}" in one
        and "{n}" in many
        and (not re.search(r"\b1\b", filled[1]) or re.search(rf"\b1 (?:{things})\b", filled[1]))
    ):
        wrong.append(f"1: {filled[1]}")
    thing = "day|week|hour|minute|order|person|word|item|file|line|step"
    wrong += [f"{n}: {filled[n]}" for n in (0, 2, 5) if re.search(rf"\b{n} (?:{thing})\b", filled[n])]
    return wrong


def test_every_counted_message_is_right_for_each_number() -> None:
    speak("en")
    assert len(counted()) > 100
    assert {words: wrong for words in counted() if (wrong := wrong_forms(*words))} == {}


@pytest.mark.parametrize(
    ("one", "many", "wrong"),
    [
        ("{n} day", "{n} days", []),
        ("{n} day", "{n} day", ["0: 0 day", "2: 2 day", "5: 5 day"]),
        ("{n} days", "{n} days", ["1: 1 days"]),
        ("a day", "{n} days", []),
    ],
)
def test_a_form_that_does_not_fit_its_number_is_found(one: str, many: str, wrong: list[str]) -> None:
    speak("en")
    assert wrong_forms(one, many) == wrong
