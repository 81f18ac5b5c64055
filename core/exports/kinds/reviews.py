"""Reviews as saved by browser plug-ins and connectors. Nicknames are dropped while reading."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from core.exports.sheet import EVERY, Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd

_MOODS = {
    "11": "positive",
    "12": "neutral",
    "13": "negative",
    "正": "positive",
    "中": "neutral",
    "负": "negative",
}
_MOODS |= {"好": "positive", "差": "negative"}
_WORST_FIRST = ("negative", "neutral", "positive", "")


def mood(text: str) -> str:
    """Return "positive", "neutral" or "negative" for ``正面评价``, ``中评``, ``13`` etc.; "" if unknown."""
    return _MOODS.get(text[:2]) or _MOODS.get(text[:1], "")


class Reviews(Sheet):
    """Reviews with stars or sentiment, and follow-up reviews."""

    id = "reviews"
    title = N_("Reviews")
    patterns = ("*评价*", "*评论*")
    key = ("review",)
    grain = "review"
    days = 90
    gaps = ""
    needs = (("text",), ("at",), ("stars", "sentiment", "appended"))
    least = (("text",), ("at",))
    wants = ("item",)
    must = ("date",)
    attributes = (EVERY,)
    columns = (
        Column("review", "id", "评价ID", "评论ID"),
        Column("date", "date"),
        Column("at", "time", "评价时间", "日期", "评论时间", "时间"),
        Column("item", "id", "商品ID", "宝贝ID"),
        Column("title", "text", "商品标题", "商品名称", "宝贝标题"),
        Column("sku", "text", "SKU", "SKU信息", "规格"),
        Column("stars", "ratio", "评分", "星级"),
        Column("sentiment", "text", "情感", "评价情感", "评价类型", "评价"),
        Column("text", "text", "评论内容", "评价内容", "初评内容"),
        Column("appended", "text", "追加评论", "追评内容"),
        Column("reply", "text", "商家回复", "回复内容"),
        Column("platform", "text", "平台"),
        Column("later_mood", "text", "追评情感", inner=True),
        Column("nickname", "text", "用户昵称", "买家昵称", private=True),
        Column("order", "text", "订单ID", "订单编号", private=True),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Set the sentiment to the worse of first review and follow-up review; create missing review ids."""
        del origin
        frame["date"] = frame["at"].dt.normalize()
        if "sentiment" in frame:
            first = frame["sentiment"].map(mood)
            later = frame["later_mood"].map(mood) if "later_mood" in frame else first
            worse = [min(pair, key=_WORST_FIRST.index) for pair in zip(first, later, strict=True)]
            frame["sentiment"] = worse
        if "review" not in frame:
            told = [name for name in ("at", "item", "title", "sku", "text") if name in frame]
            words = frame[told].astype("str").fillna("")
            rows = list(words.agg("\x1f".join, axis=1)) if len(words) else list[str]()
            frame["review"] = [hashlib.blake2b(row.encode(), digest_size=8).hexdigest() for row in rows]
        return frame
