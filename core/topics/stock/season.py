"""Whether goods ordered today would arrive within their season."""

from __future__ import annotations

from datetime import date, timedelta

SEASON_MONTHS = {
    "春": range(1, 7),
    "夏": range(3, 10),
    "秋": range(7, 13),
    "冬": (*range(9, 13), *range(1, 4)),
}
"""The months in which goods of each season are bought, chosen generously (a judgement)."""
ALL_YEAR = ("四季", "春夏秋冬")


def out_of_season(title: str, arrival: date) -> str:
    """Return the seasons named in the title if goods arriving on that day would miss them all; else empty."""
    named = [season for season in SEASON_MONTHS if season in title]
    if not named or any(word in title for word in ALL_YEAR) or len(named) == len(SEASON_MONTHS):
        return ""
    selling = {month for season in named for month in SEASON_MONTHS[season]}
    coming = {(arrival + timedelta(days=ahead)).month for ahead in (0, 30)}
    return "" if selling & coming else "/".join(named)
