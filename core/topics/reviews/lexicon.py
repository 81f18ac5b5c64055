"""Detection of complaints and their subjects by word lists with negation, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.language.message import N_

BEFORE = 2
"""The characters before a word in which a negation reverses it (没有色差, 不起球)."""
_NEGATION = re.compile(r"[不没无未别]")
_HARMLESS = re.compile(r"差不多|差一点|差点|差价已|不大不小|不薄不厚|慢慢")

COMPLAINTS = (
    "起球", "掉色", "褪色", "染色", "开线", "脱线", "脱胶", "色差", "异味", "刺鼻",
    "偏小", "偏大", "太小", "太大", "破损", "破洞", "破了", "坏了", "少发", "漏发",
    "发错", "错发", "太慢", "很慢", "物流慢", "发货慢", "缩水", "变形", "掉毛", "扎人",
    "扎肉", "线头多", "粗糙", "做工差", "质量差", "质量不好", "质量不行", "态度差", "态度恶劣", "不理人",
    "不回复", "失望", "后悔", "难看", "不值", "不满意", "不推荐", "不好看", "不合适", "没法穿",
    "不能穿", "想退", "退货了", "要退", "太薄", "很薄", "透光", "差评", "垃圾", "骗人",
    "假货", "太差", "很差", "好差", "真差", "染了", "发白",
)  # fmt: skip
"""The words that express a complaint.

A negation before a word cancels it, except for words that themselves begin with one.
"""

ASPECTS: dict[str, tuple[str, ...]] = {
    N_("size"): (
        "尺码",
        "偏小",
        "偏大",
        "太小",
        "太大",
        "大一码",
        "小一码",
        "袖子",
        "裤长",
        "偏长",
        "偏短",
        "紧",
        "肥",
    ),
    N_("fabric"): ("面料", "布料", "薄", "起球", "掉毛", "扎", "透光", "静电", "缩水", "变形"),
    N_("colour"): ("掉色", "褪色", "染", "色差", "发白", "颜色不"),
    N_("seams"): ("开线", "脱线", "线头", "做工", "扣子", "拉链", "破", "粗糙"),
    N_("smell"): ("异味", "味道", "刺鼻", "臭"),
    N_("delivery"): ("物流", "快递", "发货", "包装", "少发", "漏发", "发错", "错发"),
    N_("service"): ("客服", "态度", "不回", "不理", "自己缝", "自己弄"),
    N_("price"): ("降价", "差价", "保价", "贵", "不值"),
}
"""The subjects of complaints with their words; a review may have several."""


def complaints(text: str) -> tuple[str, ...]:
    """Return the complaint words of a text that are not negated."""
    plain = _HARMLESS.sub(lambda found: "　" * len(found.group()), text)
    found = []
    for word in COMPLAINTS:
        start = plain.find(word)
        if start >= 0 and not _negated(plain, start, word):
            found.append(word)
    return tuple(found)


def _negated(text: str, start: int, word: str) -> bool:
    if _NEGATION.match(word):
        return False
    return bool(_NEGATION.search(text[max(0, start - BEFORE) : start]))


def aspects(text: str) -> tuple[str, ...]:
    """Return the subjects of a complaint (as ids of translatable messages), recognised by the words in it."""
    return tuple(name for name, words in ASPECTS.items() if any(_stands(text, word) for word in words))


def _stands(text: str, word: str) -> bool:
    start = text.find(word)
    return start >= 0 and not _negated(text, start, word)


def counted(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Return the subjects with the number of different texts about each, most first."""
    numbers: dict[str, int] = {}
    for text in texts:
        for name in aspects(text):
            numbers[name] = numbers.get(name, 0) + 1
    return sorted(numbers.items(), key=lambda pair: -pair[1])
