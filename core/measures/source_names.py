"""Names of traffic sources, which exports rename over time, and which of their rows to count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

SOURCE_NUMBERS = (
    "visitors",
    "new_visitors",
    "buyers",
    "gmv",
    "ordered_buyers",
    "ordered_amount",
    "cart_buyers",
    "favourite_buyers",
)
"""Columns that may be summed over the sub-sources of a source."""
_WHOLE_SHOP = ("全店流量", "全店", "全部", "")

_FORMER = re.compile(r"[（(]原.*?[)）]$")
CONTENT_SOURCE = re.compile(r"视频|直播|逛逛|微淘|小红书|抖音")
PAID_SOURCE = re.compile(r"推广|直通车|引力魔方|万相台|超级推荐|钻展|智能场景|付费")

ASSISTANT_SOURCE = re.compile(r"千问|(?<![A-Za-z])AI(?![A-Za-z])|问问|智能助手|购物助手")

COSTS = (
    (re.compile(r"关键词|直通车"), "ads_keyword"),
    (re.compile(r"人群|引力魔方|超级推荐"), "ads_crowd"),
    (re.compile(r"全站"), "ads_whole"),
    (re.compile(r"智能场景|万相台"), "ads_scene"),
    (re.compile(r"淘宝客"), "taoke_fee"),
)
"""Patterns of source names, each with the column of the shop's daily figures that contains the source's
cost."""


def source_name(name: str, shop: Shop | None = None) -> str:
    """Return the source's current name: 关键词推广 for 关键词推广(原直通车), and as set in shop.toml."""
    plain = _FORMER.sub("", name)
    names = shop.source_names if shop is not None else {}
    return names.get(name) or names.get(plain) or plain


def is_paid(source: str, level1: str = "") -> bool:
    """Return whether the source is paid traffic."""
    return level1.startswith("付费") or bool(PAID_SOURCE.search(source))


def cost_column(source: str) -> str:
    """Return the column of the shop's daily figures with the source's cost; empty if there is none."""
    return next((column for pattern, column in COSTS if pattern.search(source)), "")


def is_content(source: str) -> bool:
    """Return whether the source's traffic comes from published content (videos, live streams, posts)."""
    return bool(CONTENT_SOURCE.search(source))


def is_assistant(source: str) -> bool:
    """Return whether the platform's own assistant sent the visitors (千问, AI 万能搜)."""
    return bool(ASSISTANT_SOURCE.search(source))


def one_carrier(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame without rows of single traffic carriers (流量载体) if a day also has whole-shop rows.

    Days without whole-shop rows are unchanged.
    """
    if "carrier" not in frame.columns:
        return frame
    whole = frame["carrier"].isin(_WHOLE_SHOP)
    split = frame["date"].isin(frame.loc[whole, "date"])
    return frame[whole | ~split]
