"""The questions of ``shopday init`` whose answers are numbers or a platform, as people write them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import click

from core.language.locale_folders import SOURCE, formats, language_asked_for, languages
from core.language.speech import language
from core.language.wording import say
from core.platforms.profile import DEFAULT, platforms, profile

_TIMES: Final = {"万": 1e4, "w": 1e4, "千": 1e3, "k": 1e3, "亿": 1e8, "百万": 1e6, "m": 1e6}
_NUMBER: Final = re.compile(
    r"[¥约]?\s*(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<times>百万|[万w千k亿m])?\s*(?P<unit>%|元|块|yuan|天|days?|人|个)?"
)
_LANGUAGE: Final = "语言 Language"
"""Asked before a language is known, so in both."""
_MOST_PEOPLE: Final = 1000
"""The limit of shop.toml."""


def number_of(words: str) -> float | None:
    """Return the number in words such as ``247万``, ``¥300,000`` or ``12 天``; None if there is none."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", words).strip().casefold())
    if found is None:
        return None
    return float(found["number"].replace(",", "")) * _TIMES.get(found["times"] or "", 1.0)


def ask_number(question: str) -> float | None:
    """Ask for a number and return it; None if Enter was pressed."""
    while True:
        words = _answer(question)
        if not words:
            return None
        number = number_of(words)
        if number is not None:
            return number
        click.echo(say("Write a number, such as 12 or 247万, or press Enter."))


def ask_people(question: str) -> int | None:
    """Ask for the number of people and return it; None if Enter was pressed."""
    while True:
        people = ask_number(question)
        if people is None:
            return None
        if people == int(people) and 1 <= people <= _MOST_PEOPLE:
            return int(people)
        click.echo(say("Write a whole number from 1 to 1000, or press Enter."))


def ask_fraction(question: str) -> float | None:
    """Ask for a percentage and return it as a fraction; None if Enter was pressed.

    A number below 1 without a percent sign is taken as a fraction already.
    """
    while True:
        words = _answer(question)
        if not words:
            return None
        number = number_of(words)
        percent = number is not None and (number >= 1 or "%" in words or "％" in words)
        fraction = 0.0 if number is None else number / 100 if percent else number
        if 0 < fraction < 1:
            return round(fraction, 6)
        click.echo(say("Write a percentage between 0 and 100, or press Enter."))


def ask_language() -> str:
    """Return the language to speak: that of the environment, else the one chosen in answer to a question."""
    if asked := language_asked_for():
        return asked
    codes = languages()
    named = {code: formats(code).name for code in codes}
    known = {word.casefold(): code for code in codes for word in (code, named[code])}
    known |= {str(number): code for number, code in enumerate(codes, 1)}
    question = " / ".join(f"{number} {named[code]}" for number, code in enumerate(codes, 1))
    while True:
        words = click.prompt(f"{_LANGUAGE} ({question})", default=named[SOURCE]).strip()
        if (found := known.get(words.casefold())) is not None:
            return found


def ask_platform() -> str:
    """Ask for the platform by its name or id, and return its id."""
    names = {one: profile(one).name.of(language()) for one in platforms()}
    known = {key.casefold(): one for one in platforms() for key in (one, *profile(one).name.texts.values())}
    listed = " / ".join(names.values())
    while True:
        words = click.prompt(f"{say('Platform')} ({listed})", default=names[DEFAULT]).strip()
        if (found := known.get(words.casefold())) is not None:
            return found
        click.echo(say("Write one of these: {names}.", names=listed))


def _answer(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False)).strip()
