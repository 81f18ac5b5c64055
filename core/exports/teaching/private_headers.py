"""Recognize columns with personal data, whose cells are never shown, stored or passed on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from core.exports.header_keys import key_of, without_unit
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.known_layouts import known_layouts
from core.exports.teaching.column_words import all_words

PSEUDONYM: Final = "buyer"
"""The only column naming people that may be read; the names are replaced by irreversible hashes."""
_PRIVATE: Final = re.compile(
    r"姓名|电话|手机|地址|身份证|收件人|收货人|联系人|联系方式|微信|支付宝|账号|留言|买家|昵称|会员名|消费者资料"
    r"|e-?mail|phone|mobile|address|recipient|username|buyer"
)


def is_private(header: str) -> bool:
    """Return whether cells of the column may identify a person.

    Headers that a kind of export reads are not private: such columns contain numbers of people, or names of
    the shop's staff.
    """
    key = _key(header)
    return key not in _public() and (_PRIVATE.search(key) is not None or key in _private())


def is_pseudonym(header: str) -> bool:
    """Return whether the column contains buyers' names, which are stored as pseudonyms."""
    return _key(header) in _named(PSEUDONYM)


@cache
def _public() -> frozenset[str]:
    return frozenset(_keys(private=False)) - _named(PSEUDONYM)


@cache
def _private() -> frozenset[str]:
    return frozenset(_keys(private=True))


def _keys(*, private: bool) -> Iterator[str]:
    for sheet in SHEETS.values():
        for column in sheet.columns:
            if column.private is private:
                yield from map(_key, column.headers)
    if not private:
        for layout in known_layouts():
            yield from (_key(header) for rule in layout.columns.values() for header in rule.named)
        yield from (_key(word) for words in all_words().values() for word in words)


@cache
def _named(target: str) -> frozenset[str]:
    """Return the normalized forms of every header that the column has in any kind of export."""
    columns = (column for sheet in SHEETS.values() for column in sheet.columns if column.name == target)
    return frozenset(_key(header) for column in columns for header in column.headers)


def _key(header: str) -> str:
    return without_unit(key_of(header.partition("#")[0]))[0]
