"""Which rows of the ad exports to count: the item report and the plan report hold the same money twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def ad_rows(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the item report's rows; the plan report's where the item report is missing or names no scenes.

    Those of the whole account where neither is there; None when there are no rows.
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
