"""Parse the text of the experience score page, in which each figure follows the name of its score."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

HIGHEST: Final = 5.0
TOTAL: Final = "total"
DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "goods": ("宝贝质量", "商品质量", "商品体验"),
    "logistics": ("物流速度", "物流体验", "物流时效"),
    "service": ("服务保障", "服务体验", "服务质量"),
}
"""The dimensions of the experience score: their ids, and the names by which the page may call them."""
METRICS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "negative_feedback": ("goods", ("商品负反馈率", "首次品退率", "负反馈率")),
    "good_reviews": ("goods", ("商品好评率", "商品差评率", "好评率")),
    "pickup": ("logistics", ("48小时揽收及时率", "48小时揽收", "揽收及时率")),
    "delivery": ("logistics", ("物流到货时长", "到货时长")),
    "response": ("service", ("旺旺3分钟人工响应率", "3分钟人工响应率", "3分钟响应率", "三分钟响应率")),
    "satisfaction": ("service", ("旺旺满意度", "客户满意度", "满意度")),
    "refund_hours": ("service", ("退款处理时长", "退款时长")),
    "help_rate": ("service", ("平台求助率", "求助率")),
}
"""The metrics of the experience score: their ids, each with its dimension and its possible names on the
page."""
_TOTALS: Final = ("店铺真实体验分", "真实体验分", "店铺体验分", "综合体验分", "体验分")
_EXTRA: Final = ("附加分", "加分")
_OTHER: Final = ("超过同行", "较昨日", "较前日", "统计区间", "统计周期", "等级")
_NUMBER: Final = r"[-+]?\d{1,6}(?:\.\d{1,6})?"
_WEIGHT: Final = re.compile(rf"权重\D{{0,6}}?({_NUMBER})\s*%")
_SCORE: Final = re.compile(rf"得分\D{{0,6}}?({_NUMBER})|({_NUMBER})\s*分(?!钟)")
_VALUE: Final = re.compile(rf"({_NUMBER})\s*(%|小时|h|天)")
_PLAIN: Final = re.compile(rf"(?<![\d.]){_NUMBER}(?![\d.%])")


@dataclass(frozen=True, slots=True)
class ShownName:
    """The figures that the page shows for one dimension or metric; a figure that it does not show is None."""

    score: float | None = None
    weight: float | None = None
    """The weight of a metric within its dimension, or of a dimension within the total, as a fraction."""
    value: float | None = None
    """The metric's own value: a fraction, or a number of hours."""


@dataclass(frozen=True, slots=True)
class ScorePage:
    """The figures found on a page, each by the id of its dimension or metric."""

    shown: Mapping[str, ShownName] = field(default_factory=dict)
    extra: float = 0.0

    @property
    def wrong(self) -> float | None:
        """Return the first score outside 0 to 5; None if there is none."""
        scores = (one.score for one in self.shown.values() if one.score is not None)
        return next((score for score in scores if not 0 <= score <= HIGHEST), None)

    @property
    def weights(self) -> dict[str, float]:
        """Return the weights found on the page, by the id of their dimension or metric."""
        return {name: one.weight for name, one in self.shown.items() if one.weight is not None}


def read_page(text: str) -> ScorePage:
    """Return the figures of a pasted page; dimensions and metrics that it does not mention are left out.

    The text between one name and the next belongs to the first of the two. A percentage after 权重 is a
    weight, a number after 得分 or before 分 is a score, and any other number with a unit is the metric's own
    value.
    """
    names = {name: id_ for id_, names in DIMENSIONS.items() for name in names}
    names |= {name: id_ for id_, (_, names_) in METRICS.items() for name in names_}
    names |= dict.fromkeys(_TOTALS, TOTAL) | dict.fromkeys(_EXTRA, "extra") | dict.fromkeys(_OTHER, "")
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    found = list(pattern.finditer(text))
    shown: dict[str, ShownName] = {}
    extra = 0.0
    for place, match in enumerate(found):
        name = names[match[0]]
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        part = text[match.end() : end]
        if not name:
            continue
        one = _shown(part, metric=name in METRICS)
        if name == "extra":
            extra = one.score or extra
        elif one != ShownName():
            shown[name] = _joined(shown.get(name, ShownName()), one)
    return ScorePage(shown, extra)


def _joined(first: ShownName, later: ShownName) -> ShownName:
    """Return the figures of a name's first mention; those missing there are taken from a later mention."""
    return ShownName(
        later.score if first.score is None else first.score,
        later.weight if first.weight is None else first.weight,
        later.value if first.value is None else first.value,
    )


def _shown(part: str, *, metric: bool) -> ShownName:
    weight = _WEIGHT.search(part)
    rest = _WEIGHT.sub(" ", part)
    score = _SCORE.search(rest)
    if score is not None:
        rest = rest.replace(score[0], " ", 1)
    value = _VALUE.search(rest) if metric else None
    if value is not None:
        rest = rest.replace(value[0], " ", 1)
    elif weight is None and (lone := _VALUE.search(rest)) is not None and lone[2] == "%" and not metric:
        weight = lone
        rest = rest.replace(lone[0], " ", 1)
    plain = None if score is not None else _PLAIN.search(rest)
    return ShownName(
        score=float(next(filter(None, score.groups()))) if score else float(plain[0]) if plain else None,
        weight=float(weight[1]) / 100 if weight else None,
        value=_value_of(value) if value else None,
    )


def _value_of(match: re.Match[str]) -> float:
    number = float(match[1])
    return {"%": number / 100, "天": number * 24}.get(match[2], number)


def read_weights(text: str) -> dict[str, float]:
    """Return the weights in a text that names each dimension or metric with its percentage.

    The keys of the result are the ids of dimensions and metrics; the weights are fractions.
    """
    found = {}
    for name, one in read_page(text).shown.items():
        share = one.weight if one.weight is not None else one.value
        if share is not None and 0 <= share <= 1:
            found[name] = share
    return found
