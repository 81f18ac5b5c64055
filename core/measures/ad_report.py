"""Selects the ad export rows to count, because the item and the plan report contain the same money."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def ad_rows(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the rows of the item report or, if it is missing or has no scenes, of the plan report.

    Without either, return all rows, i.e. those of the whole account. Return None if there are no rows.
    """
    if frame is None or frame.empty:
        return None
    item = frame[frame["report"] == "item"]
    plan = frame[frame["report"] == "plan"]
    if item.empty and plan.empty:
        return frame
    if item.empty or (not plan.empty and not (item["scene"] != "").any()):
        return plan if not plan.empty else item
    return item


def one_report(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the item report, else the plan report, else the whole account; never of two."""
    for report in ("item", "plan"):
        if (frame["report"] == report).any():
            return frame[frame["report"] == report]
    return frame


def credits_sales(frame: pd.DataFrame) -> bool:
    """Return whether the rows contain the sales from ads; some reports contain only their cost."""
    return bool(frame["gmv"].notna().any())
