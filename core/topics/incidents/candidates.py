"""Compare how well each possible cause explains an incident's root change."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from core.measures.source_names import is_paid
from core.statistics.cause_weighing import UNKNOWN, likely_causes, posterior
from core.statistics.price_shift import GATE
from core.topics.incidents.change import ObjectChange
from core.topics.incidents.world import Beside, World

Candidate: TypeAlias = Literal[
    "page",
    "rival",
    "price",
    "sizes",
    "payment",
    "offer",
    "poor_visitors",
    "title",
    "search",
    "shelf",
    "season",
    "balance",
    "platform",
    "load",
    "agent",
    "invalid_clicks",
    "batch",
    "process",
    "coupon",
    "listed_price",
    "shop_offer",
    "checkout",
    "demand",
]
PRIOR_UNKNOWN: Final = 0.2
ALIKE = 0.5
"""The part of conversion's relative fall that the add-to-cart rate must share to count as fallen too."""
ROSE = 1.5
MOST = 0.7
"""The share of a fall in the price paid that a fall of listed or other items' prices must reach.

From it on, the fall is attributed to the listed price or to an offer of the whole shop.
"""
KNOWN = 3.0
"""The log evidence for the page as cause if its pictures or text were changed then (a judgement)."""
MET: Final = {"likely": 3.0, "possible": 1.5, "cannot tell": 0.0}
"""The log evidence for a rival's price cut near the start of the change (a judgement).

The keys are the results of :meth:`RivalMoves.says`.
"""
CLEAR = 3.0
"""The absolute z-score from which another figure of the item is evidence for or against a cause."""
LOAD = 1.3
"""The ratio of an agent's recent to usual inquiries per day from which workload explains slow answers."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The likely cause, or the two causes that cannot be told apart; empty if there is no evidence."""

    causes: tuple[Candidate, ...]


def weighed(root: ObjectChange, world: World) -> Weighed:
    """Return the likely causes of a root change, judged by other figures of the same object."""
    evidence = _evidence(root, world)
    if not evidence:
        return Weighed(())
    each = (1.0 - PRIOR_UNKNOWN) / len(evidence)
    weights: dict[str, float] = {str(name): value for name, value in evidence.items()} | {UNKNOWN: 0.0}
    prior = dict.fromkeys(weights, each) | {UNKNOWN: PRIOR_UNKNOWN}
    chances = posterior(weights, prior)
    names: dict[str, Candidate] = {one: one for one in evidence}
    return Weighed(tuple(names[one] for one in likely_causes(chances)))


def _evidence(root: ObjectChange, world: World) -> dict[Candidate, float]:
    """Return the log evidence for each candidate, relative to an unknown cause.

    The values were set by judgement, not estimated.
    """
    weigh = _WEIGHED.get((root.family, root.metric))
    return {} if weigh is None else weigh(root, world)


def _of_source(root: ObjectChange, world: World) -> dict[Candidate, float]:
    del world
    return {"balance": 3.0} if is_paid(root.name) else {"platform": 1.0}


def _of_agent(root: ObjectChange, world: World) -> dict[Candidate, float]:
    load = 1.0 if world.agents is None else world.agents.loads.get(root.name, 1.0)
    return {"load": 3.0, "agent": -2.0} if load >= LOAD else {"agent": 3.0, "load": -2.0}


def _of_conversion(root: ObjectChange, world: World) -> dict[Candidate, float]:
    lost = 1.0 - root.ratio
    carts = world.beside("cart_rate", root.name, root.days)
    paid = world.beside("paid_share", root.name, root.days)
    visitors = world.beside("visitors", root.name, root.days)
    bounce = world.bounce(root.name, root.days)
    alike = root.metric == "cart_rate" or (carts is not None and 1.0 - carts.ratio >= ALIKE * lost)
    steady = carts is not None and not alike
    found: dict[Candidate, float] = {"page": 0.5, "rival": 0.2}
    if alike:
        found |= {"page": 1.5, "rival": 1.2}
    if steady:
        found |= {"page": -2.0, "rival": -2.0, "payment": 1.0, "offer": 0.8}
    if bounce is not None and bounce.z > CLEAR:
        found["page"] += 2.0
    if world.changed(root.name, root.start, "picture", "page"):
        found["page"] += KNOWN
    if world.rivals.near(root.name, root.start) is not None:
        found["rival"] += MET[world.rivals.says(root.name, root.earliest, root.latest)]
    if (world.price_change(root.name, root.start) or 0.0) >= GATE:
        found["price"] = 4.0
    if paid is not None and paid.z < -CLEAR:
        found["payment"] = 4.0
    elif paid is not None and steady:
        found["payment"] = -1.0
    if visitors is not None and visitors.ratio >= ROSE:
        found["poor_visitors"] = 3.0
    return found | _of_sizes(root, world, steady=steady)


def _of_sizes(root: ObjectChange, world: World, *, steady: bool) -> dict[Candidate, float]:
    """Return the log evidence for sold-out sizes as the cause of a fall in conversion.

    Strong if the fall is 0.5 to 1.5 times the share of sizes that is sold out; weak if there is no stock list
    and the add-to-cart rate is unchanged (``steady``); otherwise none.
    """
    empty, lost = world.empty_sizes.get(root.name, 0.0), 1.0 - root.ratio
    if empty and 0.5 * empty <= lost <= 1.5 * empty:
        return {"sizes": 3.0}
    return {"sizes": 1.0} if steady and not world.stocked else {}


def _of_item_visitors(root: ObjectChange, world: World) -> dict[Candidate, float]:
    search = world.beside("search_visitors", root.name, root.days)
    whole = world.beside("visitors", root.name, root.days)
    titled = world.changed(root.name, root.start, "title") is not None
    if root.metric == "search_visitors" or _makes(search, whole):
        return {"title": 3.5, "search": 0.0} if titled else {"search": 1.2, "title": 1.0}
    return {"shelf": 1.0, "season": 0.8}


def _makes(part: Beside | None, whole: Beside | None) -> bool:
    """Return whether ``part`` lost at least 70 % as many visitors as ``whole`` lost."""
    if part is None or whole is None or whole.usual <= whole.seen:
        return False
    return (part.usual - part.seen) >= 0.7 * (whole.usual - whole.seen)


def _of_reason(root: ObjectChange, world: World) -> dict[Candidate, float]:
    return {"batch": 2.0} if world.refunded_item(root.name) else {"process": 2.0}


def _of_refunds(root: ObjectChange, world: World) -> dict[Candidate, float]:
    reasons = {} if world.refunds is None else world.refunds.reasons_of.get(root.name, {})
    whole = sum(reasons.values())
    one = bool(whole) and max(reasons.values()) >= 0.6 * whole
    return {"batch": 2.0 if one else 0.8, "page": 0.6}


def _of_shop(root: ObjectChange, world: World) -> dict[Candidate, float]:
    """Return the log evidence for checkout problems, weaker demand and the shop's pages as causes of a fall.

    It depends on whether buyers who placed an order paid as often as usual.
    """
    paid = world.paid_of_ordered(root.days)
    if paid is None:
        return {"checkout": 1.0, "demand": 0.9}
    lost = 1.0 - root.ratio
    return {"checkout": 4.0, "demand": -1.0} if 1.0 - paid >= ALIKE * lost else {"demand": 1.5, "page": 1.0}


def _of_price(root: ObjectChange, world: World) -> dict[Candidate, float]:
    listed = world.listed.get(root.name)
    change = math.log(root.seen / root.usual)
    fell = math.log(listed / root.usual) if listed and listed < root.usual else 0.0
    return {price_cause(change, fell, 0.0): 2.0}


def price_cause(change: float, listed: float, others: float) -> Candidate:
    """Return the likely cause of a lower price paid.

    ``change``, ``listed`` and ``others`` are log changes of the item's price paid, of its listed price and of
    other items' prices. The result is "shop_offer" if other items' prices fell about as much, "listed_price"
    if the item's listed price fell about as much, else "coupon".
    """
    if others <= MOST * change:
        return "shop_offer"
    return "listed_price" if listed <= MOST * change else "coupon"


_Weigh: TypeAlias = Callable[[ObjectChange, World], dict[Candidate, float]]
_WEIGHED: Final[dict[tuple[str, str], _Weigh]] = {
    ("item", "conversion"): _of_conversion,
    ("item", "cart_rate"): _of_conversion,
    ("item", "visitors"): _of_item_visitors,
    ("item", "search_visitors"): _of_item_visitors,
    ("item", "refunds"): _of_refunds,
    ("item", "price"): _of_price,
    ("item", "paid_share"): lambda *_: {"payment": 3.0},
    ("source", "visitors"): _of_source,
    ("word", "clicks"): lambda *_: {"invalid_clicks": 0.5},
    ("agent", "answer_time"): _of_agent,
    ("agent", "first_answer"): _of_agent,
    ("reason", "refunds"): _of_reason,
    ("shop", "price"): lambda *_: {"shop_offer": 2.0},
    ("shop", "conversion"): _of_shop,
}
