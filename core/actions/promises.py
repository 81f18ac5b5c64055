"""Judge actions as promises: is the figure evidence for the promised value or for the usual one?"""

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
"""The maximum number of days measured for a ratio while nobody has said when the action was done."""
MOST_DAYS = 14
"""The maximum number of days measured after the action was done."""
HELD = 0.1
"""The relative deviation from which a figure that should hold has left its level (a judgement)."""
SCALE_FREE = frozenset({"on_hand"})
"""Metrics that are states, not flows: the latest figure counts, without an allowance for variation by
chance."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action whose due day has come, with its outcome."""

    action: Action
    outcome: Outcome
    why: Why
    usual: float | None = None
    """The forecast of the figure without the action."""
    value: float | None = None
    """The figure over the days it was measured."""
    sd: float | None = None
    """The standard deviation of the figure's forecast for so many days, in the figure's unit."""
    measured: date | None = None
    days: int = 0
    """The number of days measured."""
    needed: int | None = None
    """How many days it takes to judge 80 % of such promises."""
    gain: float | None = None
    """How much better the goal predicted the figure than the usual value did: the difference of the CRPS
    (continuous ranked probability score), in standard deviations."""

    @property
    def way(self) -> int:
        """+1 for a figure that should rise, −1 for one that should fall, 0 for any other."""
        return {"up": 1, "down": -1}.get(self.action.direction or "", 0)


def due_promises(actions: Sequence[Action], today: date, since: date | None = None) -> tuple[Action, ...]:
    """Return the actions that became due, or were closed, from ``since`` (None: a week ago) until yesterday.

    An order of goods becomes due on the day the goods are expected. Dropped actions are left out because they
    promise nothing.
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

    The figure is compared with its goal and with its forecast without the action, which allows for weekday
    and calendar. "Kept" and "not kept" both need odds of four to one; otherwise the outcome is "cannot tell".
    A direction without a goal is judged by whether the figure moved in that direction or in the opposite one,
    and the direction "hold" by whether it stayed within 10 %. A figure that is a state (stock on hand) is
    compared without allowing for chance.

    The days measured are those since the action was done; while the action is open, only the due day (for a
    ratio, up to three days). Days on which a campaign hides the figure are left out.
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
    """Judge a figure measured per day, which varies by chance."""
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
    """Judge whether the figure is evidence for its goal or for its usual value."""
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
    """Judge a figure that is a state (stock on hand) and does not vary by chance."""
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
    """Return the first day before ``today`` that has a figure and on which the action can be judged already.

    An action without a due day can be judged from the day after it was done (or agreed). None if no day has a
    figure yet.
    """
    wanted = action.told_on or ((action.closed or action.created) + timedelta(days=1))
    return min((day for day in figures.values if wanted <= day < today), default=None)


def _days(action: Action, figures: Figures, measured: date) -> list[date]:
    """Return the days to measure.

    If the action is done, these are the last days since then. If it is open, they are the last few days for a
    ratio, and only the day ``measured`` for any other figure.
    """
    known = [day for day in sorted(figures.values) if action.created < day <= measured]
    done = action.closed if action.state == "done" else None
    since = [day for day in known if done is not None and done < day]
    if since:
        return since[-MOST_DAYS:]
    return known[-LOOK_DAYS:] if figures.part is not None and known else [measured]
