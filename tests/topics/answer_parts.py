"""Parts of an answer by what they are called, each asserted to be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.answers.answer import Answer, Finding, Number, Table
from core.answers.answer_codec import encode
from core.language.message import Words
from core.language.speech import speak


def finding_of(answer: Answer, key: str) -> Finding:
    """Return the one finding with the key."""
    (found,) = [one for one in answer.findings if one.key == key]
    return found


def rows_of(answer: Answer, name: str) -> list[Mapping[str, Any]]:
    """Return the rows of the table with the English name, each cell under its column's id."""
    (table,) = [one for one in answer.evidence if isinstance(one, Table) and one.name == name]
    ids = [column.id for column in table.columns]
    assert len(set(ids)) == len(ids)
    return [dict(zip(ids, row, strict=True)) for row in table.rows]


def number_of(answer: Answer, name: str) -> Number:
    """Return the number with the English name."""
    (number,) = [one for one in answer.evidence if isinstance(one, Number) and one.name == name]
    return number


def in_both_languages(ask: Callable[[], Answer[Words]]) -> list[dict[str, Any]]:
    """Return what is answered while English and while Chinese is spoken, as it is stored."""
    speak("zh")
    chinese = encode(ask())
    speak("en")
    return [encode(ask()), chinese]
