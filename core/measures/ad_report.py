"""Which rows of the ad report are counted, because its item part and its plan part contain the same money."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def ad_rows(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the rows by item or, if there are none or they have no ad types, the rows by plan.

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
    """Return the rows by item; if there are none, those by plan; else those of the whole account."""
    for report in ("item", "plan"):
        if (frame["report"] == report).any():
            return frame[frame["report"] == report]
    return frame


def credits_sales(frame: pd.DataFrame) -> bool:
    """Return whether the rows contain the sales from ads; some reports contain only their cost."""
    return bool(frame["gmv"].notna().any())
