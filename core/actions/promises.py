"""Judge actions as promises: whether the figure changed as promised, beyond its usual variation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from core.journal.actions import Action
from core.measures import baseline
from core.measures.metrics import Figures
from core.shop.settings import Shop
from core.statistics import distributions

Outcome: TypeAlias = Literal["kept", "not kept", "cannot tell", "waiting"]
Why: TypeAlias = Literal[
    "reached",
    "moved",
    "wrong way",
    "short",
    "swing",
    "few",
    "no figure",
    "no number",
    "done",
    "open",
    "not in yet",
]
LOOK_DAYS = 3
"""The number of days averaged for the starting level, and the maximum for measuring a ratio."""
FEW_HITS = 30
"""Below this many buyers (clicks, payers) a share is judged by its interval, not by its value."""
SCALE_FREE = frozenset({"on_hand"})
"""Metrics that are states, not flows: the latest figure counts, without an allowance for variation."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action whose due day has come, with its outcome."""

    action: Action
    outcome: Outcome
    why: Why
    before: float | None = None
    """The figure's level when the action was agreed."""
    value: float | None = None
    """The figure's level on the day it was measured."""
    swing: float | None = None
    """The usual variation of the figure, as a fraction of itself."""
    measured: date | None = None


def due_promises(actions: Sequence[Action], today: date, since: date | None = None) -> tuple[Action, ...]:
    """Return the actions due before today or closed since ``since`` (None: a week ago).

    Dropped actions are left out: they promise nothing any more.
    """
    first = since or today - timedelta(days=7)
    return tuple(
        action
        for action in actions
        if action.state != "dropped"
        and action.created < today
        and (
            (action.told_on is not None and first <= action.told_on < today)
            or (action.arrives is None and action.closed is not None and first <= action.closed < today)
        )
    )


def judge(action: Action, figures: Figures | None, shop: Shop, today: date) -> Promise:
    """Judge an action by the figure it names; without one, only by whether it was done.

    The figure is measured on the due day or the first later day with data; a ratio over up to three days
    since the promise, so that five orders decide nothing. Weekday and calendar are adjusted for through the
    usual days of both dates. Kept: the expected value is reached or, without one, the figure moved in the
    promised direction by more than its usual variation. Not kept: it misses the expected value, or moved the
    other way, by more than that. In between, it cannot be told.
    """
    if action.metric is None or action.direction is None:
        done = action.state == "done"
        return Promise(action, "kept" if done else "not kept", "done" if done else "open")
    if figures is None:
        return Promise(action, "cannot tell", "no figure")
    measured = _measured(action, figures, today)
    if measured is None:
        return Promise(action, "waiting", "not in yet")
    days = _days(action, figures, measured)
    value = figures.over(days)
    if value is None:
        return Promise(action, "waiting", "not in yet")
    before = _start(action, figures, measured, shop)
    swing = 0.0 if action.metric in SCALE_FREE else _swing(figures.values, measured, shop)
    outcome, why = _by_count(action, figures, days) or _outcome(action, value, before, swing)
    return Promise(action, outcome, why, before, value, swing, measured)


def _measured(action: Action, figures: Figures, today: date) -> date | None:
    """The first day with a figure from the due day on; from the day after it was done where none was due."""
    wanted = action.told_on or ((action.closed or action.created) + timedelta(days=1))
    return min((day for day in figures.values if wanted <= day < today), default=None)


def _days(action: Action, figures: Figures, measured: date) -> list[date]:
    """Return the days to measure: for a ratio the last ones since the promise, else only ``measured``."""
    since = [day for day in sorted(figures.values) if action.created < day <= measured][-LOOK_DAYS:]
    return since if figures.part is not None and since else [measured]


def _start(action: Action, figures: Figures, measured: date, shop: Shop) -> float | None:
    """Return the level when the action was agreed, adjusted to the measured day's weekday if possible."""
    days = [day for day in sorted(figures.values) if day < action.created][-LOOK_DAYS:]
    level = figures.over(days) if days else None
    if level is None or figures.part is not None:
        return level
    usual_then = [_usual(figures.values, day, shop) for day in days]
    usual_now = _usual(figures.values, measured, shop)
    known = [usual for usual in usual_then if usual]
    if usual_now is None or len(known) < len(days):
        return level
    return level / (sum(known) / len(known)) * usual_now


def _usual(values: Mapping[date, float], day: date, shop: Shop) -> float | None:
    found = baseline.mean(values, baseline.usual_days(values, day, shop).days)
    return None if found is None else found * shop.multiplier(day)


def _swing(values: Mapping[date, float], measured: date, shop: Shop) -> float | None:
    """Return the larger side of the middle 80 % of usual residuals; None with too few usual days."""
    found = baseline.residuals(values, measured, shop)
    if len(found) < baseline.SMALLEST_BAND:
        return None
    return max(baseline.quantile(found, 0.9), -baseline.quantile(found, 0.1), 0.0)


def _by_count(action: Action, figures: Figures, days: Sequence[date]) -> tuple[Outcome, Why] | None:
    """Judge a share with few hits by its interval; if that contains the expected value, it cannot be told.

    None if there are enough hits to judge the value itself.
    """
    if not figures.proportion or figures.part is None or figures.whole is None or action.expected is None:
        return None
    hits, trials = (sum(side.get(day, 0.0) for day in days) for side in (figures.part, figures.whole))
    if hits >= FEW_HITS or action.direction == "hold" or not 0 <= hits <= trials:
        return None
    low, high = distributions.wilson(hits, trials, 0.9)
    found = distributions.verdict(
        low, high, action.expected, "below" if action.direction == "down" else "above"
    )
    outcomes: dict[str, tuple[Outcome, Why]] = {
        "pass": ("kept", "reached"),
        "fail": ("not kept", "short"),
        "unclear": ("cannot tell", "few"),
    }
    return outcomes[found]


def _outcome(action: Action, value: float, before: float | None, swing: float | None) -> tuple[Outcome, Why]:
    if action.direction == "hold":
        return _held(value, before if action.expected is None else action.expected, swing)
    way = -1.0 if action.direction == "down" else 1.0
    if action.expected is not None:
        missing = way * (action.expected - value)
        if missing <= 0:
            return "kept", "reached"
        inside = swing is None or missing <= swing * abs(action.expected)
        return ("cannot tell", "swing") if inside else ("not kept", "short")
    if before is None:
        return "cannot tell", "no number"
    moved, band = way * (value - before), None if swing is None else swing * abs(before)
    if band is None or -band <= moved <= band:
        return "cannot tell", "swing"
    return ("kept", "moved") if moved > 0 else ("not kept", "wrong way")


def _held(value: float, level: float | None, swing: float | None) -> tuple[Outcome, Why]:
    if level is None or swing is None:
        return "cannot tell", "no number" if level is None else "swing"
    return ("kept", "reached") if abs(value - level) <= swing * abs(level) else ("not kept", "wrong way")
