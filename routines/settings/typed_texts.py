"""Parse and format what people type into the forms of the settings: shares, roles, times, months."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from typing import Final, cast, get_args

from core.errors import UsageError
from core.language.numbers import percent
from core.language.wording import N_, excerpt, listing, say
from core.shop.settings import Role
from routines.plan.routine_overrides import LONGEST, read_time

ROLES: Final[dict[str, str]] = {
    "operator": N_("operator"), "promotion": N_("promotion"), "design": N_("design"),
    "service": N_("service"), "content": N_("content"), "supply": N_("supply"), "owner": N_("owner"),
    "viewer": N_("view only"),
}  # fmt: skip
"""What each role is called, by its name in shop.toml."""
_CALLED: Final[dict[str, str]] = {
    "运营": "operator", "店长": "operator", "推广": "promotion", "车手": "promotion", "美工": "design",
    "设计": "design", "客服": "service", "内容": "content", "文案": "content", "主播": "content",
    "供应链": "supply", "采购": "supply", "仓库": "supply", "老板": "owner", "只看": "viewer",
    "只看不写": "viewer",
}  # fmt: skip
"""What people in a shop call the roles."""
_BETWEEN: Final = re.compile(r"[、,，;；/]+")
_MONTH: Final = re.compile(r"(20\d\d)[-/.年](\d{1,2})月?")
_SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,4})?|\.\d{1,4})(%)?")


def share_meant(typed: object) -> float:
    """Return the fraction that was typed: 45, 45%, 0.45; raise UsageError if it is not from 0 to 1."""
    word = unicodedata.normalize("NFKC", str(typed)).strip().replace(" ", "")
    found = _SHARE.fullmatch(word)
    number = float(found[1]) if found else -1.0
    share = number / 100 if found and (found[2] or number > 1) else number
    if not 0 <= share <= 1:
        raise UsageError(say("“{typed}” is not a share. Write it as 45% or 0.45.", typed=excerpt(typed)))
    return round(share, 6)


def share_words(share: float) -> str:
    """Return a fraction as people type it: 45%, 2.5%."""
    digits = next(number for number in range(5) if number == 4 or round(share, 2 + number) == share)  # noqa: PLR2004
    return percent(share, digits)


def roles_meant(typed: str) -> tuple[Role, ...]:
    """Return the roles that were typed, in any language: 运营、推广; design. UsageError names an unknown."""
    known = {say(words).casefold(): role for role, words in ROLES.items()} | _CALLED
    known |= {words.casefold(): role for role, words in ROLES.items()} | {one: one for one in get_args(Role)}
    found = []
    for part in filter(None, (one.strip() for one in _BETWEEN.split(typed))):
        for word in [part] if part.casefold() in known else part.split():
            role = known.get(word.casefold())
            if role is None:
                raise UsageError(
                    say(
                        "There is no role “{typed}”. Write one or more of these: {roles}.",
                        typed=excerpt(word),
                        roles=listing([say(one) for one in ROLES.values()]),
                    )
                )
            found.append(cast("Role", role))
    return tuple(dict.fromkeys(found))


def roles_words(roles: Iterable[str]) -> str:
    """Return the roles as words in the current language."""
    return listing([say(ROLES[role]) for role in roles])


def time_meant(typed: str) -> time:
    """Return the time of day that was typed: 14:00, 9:05, 14点; raise UsageError if it is none."""
    word = unicodedata.normalize("NFKC", typed).strip().replace("点半", ":30").replace("点", ":")
    word = f"{word}00" if word.endswith(":") else word
    try:
        return read_time(word)
    except ValueError:
        raise UsageError(say("“{typed}” is not a time. Write it as 14:00.", typed=excerpt(typed))) from None


def minutes_meant(typed: str) -> int:
    """Return the number of minutes that was typed; raise UsageError if no step can take so long."""
    word = unicodedata.normalize("NFKC", typed).strip().removesuffix("分钟").removesuffix("min").strip()
    if not word.isdecimal() or not 1 <= int(word) <= LONGEST:
        raise UsageError(
            say(
                "“{typed}” is not possible. Write 1 to {longest} minutes.",
                typed=excerpt(typed),
                longest=LONGEST,
            )
        )
    return int(word)


def month_meant(typed: str) -> str:
    """Return the month that was typed, as 2026-12; raise UsageError if it is none."""
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if not found or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - months
        raise UsageError(say("“{typed}” is not a month. Write it as 2026-12.", typed=excerpt(typed)))
    return f"{found[1]}-{int(found[2]):02d}"


def lines_of(typed: str | None) -> tuple[str, ...]:
    """Return the lines that are not empty."""
    return tuple(line.strip() for line in (typed or "").splitlines() if line.strip())


def at_least_zero(typed: str) -> None:
    """Raise UsageError for a negative number; text that is no number is left to the field."""
    if str(typed).strip().startswith("-"):
        raise UsageError(say("“{typed}” is less than 0. Write a number of 0 or more.", typed=excerpt(typed)))


def between(least: float, most: float) -> Callable[[str], None]:
    """Return a check for a number from ``least`` to ``most``; text that is no number is left to the field."""

    def check(typed: str) -> None:
        try:
            number = float(typed)
        except ValueError:
            return
        if not least <= number <= most:
            raise UsageError(
                say(
                    "“{typed}” is not possible. Write {least} to {most}.",
                    typed=excerpt(typed),
                    least=f"{least:g}",
                    most=f"{most:g}",
                )
            )

    return check


def next_id(letter: str, used: Sequence[str]) -> str:
    """Return the first of r01, r02 … that is not in use."""
    numbers = (f"{letter}{number:02d}" for number in range(1, len(used) + 2))
    return next(one for one in numbers if one not in used)


def typed_number(number: float | None) -> str:
    """Return a number as the text that an input field begins with; empty if unknown."""
    return "" if number is None else f"{number:.10g}"


def typed_day(day: date | None) -> str:
    """Return a day as the text that an input field begins with; empty if there is none."""
    return "" if day is None else day.isoformat()
