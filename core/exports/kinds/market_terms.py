"""生意参谋 市场 搜索排行: what people search for in the category, whether they reach the shop or not.

No real download was available: the headers are those of the page. A list kept by hand (date, term,
popularity) is read as well.
"""

from __future__ import annotations

from core.exports.sheet import Column, Sheet
from core.language.wording import N_


class MarketTerms(Sheet):
    """The category's search terms by day, as the platform ranks them; popularity is an index, no count."""

    id = "market_terms"
    title = N_("Market searches")
    patterns = ("*搜索排行*", "*市场搜索*", "*行业热词*")
    key = ("date", "term")
    grain = "day, term"
    days = 45
    gaps = ""
    needs = (("term",), ("popularity", "growth"))
    wants = ("popularity",)
    must = ("date", "term")
    strangers = ("商品ID", "访客数", "花费", "计划ID")
    attributes = ("category", "platform")
    keyed = ("word",)
    columns = (
        Column("date", "date", "统计日期", "日期"),
        Column("term", "text", "搜索词", "关键词"),
        Column("rank", "count", "热搜排名", "飙升排名", "排名"),
        Column("popularity", "count", "搜索人气", "搜索指数"),
        Column("growth", "ratio", "搜索增长幅度"),
        Column("clicks", "count", "点击人气"),
        Column("click_rate", "rate", "点击率"),
        Column("conversion", "rate", "支付转化率"),
    )
