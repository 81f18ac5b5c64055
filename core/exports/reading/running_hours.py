"""Handle hourly figures given as running totals from midnight: 00:00~00:59, 00:00~01:59 and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from core.exports.cells import fold
from core.exports.reading.problem_collector import ProblemCollector
from core.exports.sheet import Sheet
from core.language.wording import say

if TYPE_CHECKING:
    import pandas as pd

_LABEL: Final = re.compile(r"0?0:00(?::00)?(?:~|～|-|–|—|至|到)(\d{1,2}):(\d{2})(?::\d{2})?")
_LAST: Final = 24


def running_hours(labels: Iterable[str]) -> dict[str, float]:
    """Return the hour in which each label ends; empty unless all labels start at midnight.

    ``00:00~08:59`` and ``00:00~09:00`` end in hour 8.
    """
    hours: dict[str, float] = {}
    for label in labels:
        found = _LABEL.fullmatch(re.sub(r"\s+", "", fold(label)))
        if found is None:
            return {}
        minutes = int(found[1]) * 60 + int(found[2]) - 1
        if not 0 <= minutes < _LAST * 60:
            return {}
        hours[label] = float(minutes // 60)
    return hours if len(set(hours.values())) > 1 or max(hours.values(), default=0) else {}


def by_hour(frame: pd.DataFrame, sheet: type[Sheet], header: str, troubles: ProblemCollector) -> pd.DataFrame:
    """Convert running totals into the figures of each single hour.

    Counts of people become unknown, because a person can be part of several hours. Refuse the file if a
    running total decreases.
    """
    held = frame.sort_values(["date", "hour"], kind="stable")
    grouped = held.groupby("date", sort=False)
    for column in sheet.columns:
        name = column.name
        if name in sheet.key or name not in held:
            continue
        if name not in sheet.adds:
            held[name] = float("nan")
            continue
        before = grouped[name].shift().fillna(0.0)
        own = held[name] - before
        if (own < 0).any():
            at = own.index[own < 0][0]
            troubles.refuse(
                say(
                    "The running total of {header} decreases at {label}.",
                    header=column.headers[0],
                    label=f"{held['hour'].loc[at]:02.0f}:59",
                ),
                say("Download the file again."),
                header,
            )
            return frame
        held[name] = own
    troubles.note(
        say("The hourly figures are running totals (from 00:00); they were converted to single hours."),
        say("Numbers of people cannot be converted to single hours and are left empty."),
    )
    return held
