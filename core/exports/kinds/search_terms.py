"""The search-term report of 生意参谋 (选词助手, 引流搜索词): terms by which visitors found the shop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd

_PLACE = re.compile(r"(店[外内])[-_ ]?(无线|PC)?")


class SearchTerms(Sheet):
    """Visitors and sales by search term, day and place of the search, e.g. outside the shop (店外), on PC."""

    id = "search_terms"
    title = N_("Search terms")
    patterns = ("*引流搜索词*", "*选词助手*")
    key = ("date", "place", "term")
    grain = "day, term"
    days = 30
    needs = (("term",), ("visitors",))
    wants = ("buyers", "gmv")
    must = ("date", "term")
    strangers = ("搜索人气", "搜索指数", "商品ID", "花费", "计划ID")
    adds = ("gmv",)
    attributes = ("category", "platform")
    keyed = ("word",)
    whole_for = ("date", "place")
    weight = ("visitors",)
    columns = (
        Column("date", "date", "统计日期", "日期"),
        Column("place", "text", "位置", "引流位置"),
        Column("term", "text", "搜索词"),
        Column("visitors", "count", "访客数"),
        Column("cart_buyers", "count", "加购人数"),
        Column("favourites", "count", "商品收藏人数"),
        Column("buyers", "count", "支付买家数"),
        Column("gmv", "money", "支付金额"),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """If the file has no column for the place of the search, take it from the name of the file or tab."""
        if "place" not in frame:
            found = _PLACE.search(f"{origin.file} {origin.page}")
            frame["place"] = "-".join(part for part in found.groups() if part) if found else ""
        return frame
