"""Judge actions as promises: is the figure evidence for the promised value or for "as usual"?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from core.actions.promise_forecast import FigureForecast, comparable, forecast
from core.journal.actions import Action
from core.measures.metrics import Figures
from core.shop.settings import Shop
from core.statistics import evidence

Outcome: TypeAlias = Literal["kept", "not kept", "cannot tell", "waiting"]
Why: TypeAlias = Literal[
    "reached",
    "moved",
    "held",
    "wrong way",
    "short",
    "unclear",
    "as usual",
    "campaign",
    "few days",
    "no figure",
    "no number",
    "done",
    "open",
    "not in yet",
]
LOOK_DAYS = 3
"""The most days of a ratio that are measured while nobody said when the action was done."""
MOST_DAYS = 14
"""The most days measured after it was done."""
HELD = 0.1
"""A figure that is to be held has left its level by this share of it [judgement]."""
SCALE_FREE = frozenset({"on_hand"})
"""Metrics that are states, not flows: the latest figure counts, without an allowance for variation."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action whose due day has come, with its outcome."""

    action: Action
    outcome: Outcome
    why: Why
    usual: float | None = None
    """What was to be expected of the figure without the action."""
    value: float | None = None
    """The figure over the days it was measured."""
    sd: float | None = None
    """By how much the figure of so many days is usually off, in its unit (standard deviation)."""
    measured: date | None = None
    days: int = 0
    """How many days were measured."""
    needed: int | None = None
    """How many days it takes to tell 80 % of such promises."""
    gain: float | None = None
    """How much better the goal predicted the figure than "as usual" did, in standard deviations (CRPS)."""

    @property
    def way(self) -> int:
        """+1 for a figure that should rise, −1 for one that should fall, 0 for any other."""
        return {"up": 1, "down": -1}.get(self.action.direction or "", 0)


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

    The figure is compared with its forecast without the action, which includes weekday and calendar
    in, and
    against the goal. Kept and not kept need the same evidence: four to one for one of the two; everything
    else cannot be told. A direction without a goal is told by a move either way; "hold" by staying within
    10 % against leaving it. A figure that is a state (stock on hand) is compared as it is.

    Checked are the days since the action was done; while it is open, the due day (a ratio: up to three days).
    Days whose figure a campaign hides are left out.
    """
    if action.metric is None or action.direction is None:
        done = action.state == "done"
        return Promise(action, "kept" if done else "not kept", "done" if done else "open")
    if figures is None:
        return Promise(action, "cannot tell", "no figure")
    measured = _measured(action, figures, today)
    if measured is None:
        return Promise(action, "waiting", "not in yet")
    found = _state if action.metric in SCALE_FREE else _flow
    return found(action, action.metric, figures, measured, shop)


def _flow(action: Action, metric: str, figures: Figures, measured: date, shop: Shop) -> Promise:
    """Judge a figure of days, which scatters."""
    days = _days(action, figures, measured)
    plain = comparable(days, metric, shop)
    value = figures.over(plain or days)
    if value is None:
        return Promise(action, "waiting", "not in yet")
    expected = forecast(figures, metric, plain, action.created, shop)
    if expected is None:
        why: Why = "few days" if plain else "campaign"
        return Promise(action, "cannot tell", why, None, value, None, measured)
    return _weighed(action, value, expected, measured, len(plain))


def _weighed(action: Action, value: float, found: FigureForecast, measured: date, days: int) -> Promise:
    """Weigh the figure between its goal and the usual."""
    usual, sd, goal = found.usual, found.sd, action.expected
    way = -1 if action.direction == "down" else 1
    gain: float | None = None
    reasons: dict[str, Why]
    if action.direction == "hold":
        level = usual if goal is None else goal
        weighed = evidence.weigh_hold(value, level, sd, HELD * abs(level))
        reasons = {"kept": "held", "not kept": "wrong way"}
    elif goal is None:
        weighed = evidence.weigh_move(value, usual, sd, way)
        reasons = {"kept": "moved", "not kept": "wrong way"}
    else:
        weighed = evidence.weigh(value, usual, goal, sd, way)
        gain = evidence.score(value, usual, goal, sd)
        reasons = {"kept": "reached", "not kept": "short"}
        if weighed.separation <= 0:
            reasons = {"not kept": "short", "cannot tell": "as usual"}
    needed = (
        evidence.days_needed(usual, goal, found.sd_day, found.autocorrelation)
        if gain is not None and goal is not None
        else None
    )
    why = reasons.get(weighed.told, "unclear")
    return Promise(action, weighed.told, why, usual, value, sd, measured, days, needed, gain)


def _state(action: Action, _metric: str, figures: Figures, measured: date, _shop: Shop) -> Promise:
    """Judge a figure that does not scatter by itself."""
    value = figures.values[measured]
    before = [day for day in sorted(figures.values) if day < action.created][-1:]
    usual = figures.values[before[0]] if before else None
    goal = usual if action.expected is None else action.expected
    if goal is None:
        return Promise(action, "cannot tell", "no number", None, value, None, measured)
    way = -1.0 if action.direction == "down" else 1.0
    if action.direction == "hold":
        kept = abs(value - goal) <= HELD * abs(goal)
    elif action.expected is None:
        kept = way * (value - goal) > 0
    else:
        kept = way * (value - goal) >= 0
    why: Why = "reached" if kept else "short" if action.expected is not None else "wrong way"
    return Promise(action, "kept" if kept else "not kept", why, usual, value, 0.0, measured, days=1)


def _measured(action: Action, figures: Figures, today: date) -> date | None:
    """The first day with a figure from the due day on; from the day after it was done where none was due."""
    wanted = action.told_on or ((action.closed or action.created) + timedelta(days=1))
    return min((day for day in figures.values if wanted <= day < today), default=None)


def _days(action: Action, figures: Figures, measured: date) -> list[date]:
    """Return the days to measure: those since it was done, else a ratio's last ones, else ``measured``."""
    known = [day for day in sorted(figures.values) if action.created < day <= measured]
    done = action.closed if action.state == "done" else None
    since = [day for day in known if done is not None and done < day]
    if since:
        return since[-MOST_DAYS:]
    return known[-LOOK_DAYS:] if figures.part is not None and known else [measured]
