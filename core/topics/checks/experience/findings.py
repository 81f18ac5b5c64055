"""The findings about the experience score: distance to the next goal, what would add most, what fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from core.answers.answer import About, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.records.score_page import METRICS, TOTAL
from core.shop.settings import Role
from core.topics.checks.experience.score import FEWEST_ORDERS, is_scored
from core.topics.checks.experience.score_pages import Look

NAMED: Final = 3
STALE: Final = timedelta(days=7)
"""If the score was last looked at longer ago than this, a new look is asked for (a judgement)."""
WEIGHTS_STALE: Final = timedelta(days=31)
LEAST_FALL: Final = 0.02
"""The smallest fall of the total score that is reported; the page shows two decimals (a judgement)."""
RECENT: Final = timedelta(days=14)
NAMES: Final[Mapping[str, str]] = {
    "negative_feedback": N_("negative feedback"),
    "good_reviews": N_("good reviews"),
    "pickup": N_("pick-up within 48 hours"),
    "delivery": N_("delivery time"),
    "response": N_("3-minute response"),
    "satisfaction": N_("chat satisfaction"),
    "refund_hours": N_("refund time"),
    "help_rate": N_("platform help rate"),
}
LEVERS: Final[Mapping[str, tuple[Role, str]]] = {
    "negative_feedback": (
        "design",
        N_("Find the item with the most quality refunds and bad reviews: stop its traffic, correct its "
        "page"),
    ),
    "good_reviews": ("service", N_("Ask buyers for a review after delivery, without rewarding praise")),
    "pickup": (
        "supply",
        N_("List the parcels that are overdue or due within 12 hours; call the courier about those not "
        "picked up"),
    ),
    "delivery": (
        "supply",
        N_("Check the slowest region and courier, and after which hour parcels leave a day later"),
    ),
    "response": ("service", N_(
        "Between 8:00 and 23:00, move agents to the hours with the most unanswered messages")),
    "satisfaction": ("service", N_("Read the chats that ended dissatisfied, and practise better answers")),
    "refund_hours": (
        "service",
        N_("Process returned parcels, and agree at once to refunds of orders not dispatched, the "
        "oldest first"),
    ),
    "help_rate": ("service", N_("Settle open after-sales cases before the buyer calls in the platform")),
}  # fmt: skip
"""For each metric, the role that can improve it and what that role does."""


def of_looks(found: Sequence[Look], valid_orders: int | None, today: date) -> list[Finding[Words]]:
    """Return findings on the newest observation of the score, and on what fell since the one before it.

    Without any observation, the finding is on whether the shop has enough orders to be scored.
    """
    if not found:
        return _too_few(valid_orders)
    last = found[-1]
    said: list[Finding[Words]] = []
    if last.total is not None:
        said.append(_standing(last, last.total, today))
    if len(found) > 1:
        said += _fall(found[-2], last, today)
    return [*said, *_look_again(last, today)]


def _too_few(valid_orders: int | None) -> list[Finding[Words]]:
    if valid_orders is None or is_scored(valid_orders):
        return []
    text = message.plural(
        "Experience score: not scored yet; {n} paid order in 30 days, {line} are needed.",
        "Experience score: not scored yet; {n} paid orders in 30 days, {line} are needed.",
        valid_orders,
        line=FEWEST_ORDERS,
    )
    return [finding("checks", "experience", "info", text)]


def _standing(last: Look, total: float, today: date) -> Finding[Words]:
    values: dict[str, Value] = {
        "total": message.ratio(total),
        "line": message.ratio(last.line),
        "gap": message.ratio(last.line - total),
    }
    if total >= last.line:
        return finding(
            "checks", "experience", "good", say("Experience score {total}, at or above {line}.", **values)
        )
    text = say("Experience score {total}, {gap} short of {line}.", **values)
    if not last.levers:
        more = say(
            "Paste the experience score page with its weights once; then it can be told which metric "
            "to improve first."
        )
        ask = Proposal(
            "operator",
            say("Paste the page of the experience score (form “Experience score”)"),
            due=today.isoformat(),
        )
        return finding("checks", "experience", "watch", message.sentences([text, more]), ask)
    parts = [
        say("{name} +{gain}", name=say(NAMES[one.metric]), gain=message.ratio(one.gain))
        for one in last.levers[:NAMED]
    ]
    more = say("Full marks in these metrics would add most: {parts}.", parts=message.listing(parts))
    role, todo = LEVERS[last.levers[0].metric]
    ask = Proposal(
        role,
        say(todo),
        due=(today + timedelta(days=1)).isoformat(),
        about=About(metric=last.levers[0].metric),
    )
    return finding("checks", "experience", "watch", message.sentences([text, more]), ask)


def _fall(before: Look, last: Look, today: date) -> list[Finding[Words]]:
    if before.total is None or last.total is None or today - last.day > RECENT:
        return []
    if before.total - last.total < LEAST_FALL - 1e-9:
        return []
    text = say(
        "Experience score {before} → {after} since {day}.",
        before=message.ratio(before.total),
        after=message.ratio(last.total),
        day=message.short_day(before.day),
    )
    falls = {
        name: before.scores[name] - last.scores[name]
        for name in METRICS
        if name in before.scores and name in last.scores
    }
    worst = max(falls, key=falls.__getitem__, default="")
    if not worst or falls[worst] <= 0:
        return [finding("checks", "experience_fall", "watch", text)]
    more = say(
        "The largest fall: {name}, {before} → {after}.",
        name=say(NAMES[worst]),
        before=message.ratio(before.scores[worst]),
        after=message.ratio(last.scores[worst]),
    )
    role, todo = LEVERS[worst]
    about = About(metric=worst)
    ask = Proposal(role, say(todo), due=today.isoformat(), about=about)
    return [finding("checks", "experience_fall", "watch", message.sentences([text, more]), ask, about=about)]


def _look_again(last: Look, today: date) -> list[Finding[Words]]:
    if today - last.day > STALE:
        text = say(
            "The experience score was last checked on {day}; each metric covers its own 30 days, so "
            "check it again.",
            day=message.short_day(last.day),
        )
        return [finding("checks", "experience_old", "info", text)]
    old = last.weights_on is not None and today - last.weights_on > WEIGHTS_STALE
    if last.weights_fit and not old:
        return []
    text = say(
        "With the weights entered on {day} the score is {computed}, but the page shows {total}: "
        "paste the page again.",
        day=message.short_day(last.weights_on),
        computed=message.ratio(last.computed),
        total=message.ratio(last.scores.get(TOTAL)),
    )
    if last.weights_fit:
        text = say(
            "The weights of the experience score are from {day} and can change: paste the page again.",
            day=message.short_day(last.weights_on),
        )
    return [finding("checks", "experience_weights", "info", text)]


def table(last: Look) -> Table[Words] | None:
    """Return the table of metrics with score, weight and what full marks would add; None if none is known."""
    gains = {one.metric: one.gain for one in last.levers}
    names = [name for name in METRICS if name in last.scores or name in last.values]
    if not names:
        return None
    columns = (
        TableColumn(
            say("Metric"), "word", "metric", tuple((name, say(told)) for name, told in NAMES.items())
        ),
        TableColumn(say("Score"), "ratio", "score"),
        TableColumn(say("Weight"), "rate", "weight"),
        TableColumn(say("Gain at full marks"), "ratio", "gain"),
    )
    rows = [
        (
            name,
            last.scores.get(name),
            last.weights.get(name),
            None if name not in gains else round(gains[name], 4),
        )
        for name in sorted(names, key=lambda name: -gains.get(name, 0.0))
    ]
    return Table(say("Experience score"), columns, tuple(rows))
