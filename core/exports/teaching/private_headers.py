"""Columns about people: what stands in them is not shown, kept or passed on."""

from __future__ import annotations

import re
from typing import Final

from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS

_PRIVATE: Final = re.compile(
    r"姓名|电话|手机|地址|身份证|收件人|收货人|联系人|联系方式|微信|支付宝|账号|留言|买家|昵称|会员名|消费者资料"
    r"|e-?mail|phone|mobile|address|recipient|username|buyer"
)


def is_private(header: str) -> bool:
    """Tell whether cells of the column may tell who somebody is; the agents of the shop are not meant."""
    key = key_of(header)
    return key in _declared() or (_PRIVATE.search(key) is not None and key not in _FIGURES)


_FIGURES: Final = frozenset(
    ("支付买家数", "买家数", "下单买家数", "成交买家数", "买家", "客服昵称", "旺旺昵称")
)
"""Headers that only count people, or name those who work for the shop."""


def _declared() -> frozenset[str]:
    return frozenset(
        key_of(header)
        for sheet in SHEETS.values()
        for column in sheet.columns
        if column.private
        for header in column.headers
    )
