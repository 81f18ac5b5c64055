"""Turn incidents into findings, each with its proposal, its money at stake and a stable id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.answers.answer import (
    LEVELS,
    About,
    Deed,
    Direction,
    Finding,
    Impact,
    LevelName,
    Proposal,
    Verdict,
    finding,
)
from core.language import message
from core.language.message import Words, say
from core.measures.source_names import is_content
from core.shop.settings import Role
from core.topics.incidents import sentences
from core.topics.incidents.candidates import Candidate, weighed
from core.topics.incidents.causal_order import Incident
from core.topics.incidents.change import ObjectChange, level_of
from core.topics.incidents.item_changes import POOL
from core.topics.incidents.watched_counts import is_possible
from core.topics.incidents.world import World

STEP: Final = "incidents"
POSSIBLE_SHOWN = 3
CONSEQUENCES_SHOWN = 2

_ROLES: Final[dict[tuple[str, str], Role]] = {
    ("item", "conversion"): "design",
    ("item", "cart_rate"): "design",
    ("item", "visitors"): "promotion",
    ("item", "refunds"): "service",
    ("source", "visitors"): "promotion",
    ("source", "conversion"): "promotion",
    ("source", "new_source"): "promotion",
    ("word", "clicks"): "promotion",
    ("word", "conversion"): "promotion",
    ("agent", "conversion"): "service",
    ("agent", "answer_time"): "service",
    ("agent", "first_answer"): "service",
    ("reason", "refunds"): "service",
    ("shop", "visitors"): "promotion",
    ("shop", "cart_rate"): "design",
    ("shop", "refunds"): "service",
    ("shop", "returning"): "content",
}
"""The role that looks into a change, by family and metric; the operator if none is listed."""
_BY_CAUSE: Final[dict[Candidate, Role]] = {
    "payment": "operator",
    "sizes": "supply",
    "price": "operator",
    "poor_visitors": "promotion",
    "title": "operator",
    "search": "operator",
    "batch": "supply",
}
_METRICS: Final[dict[tuple[str, str], tuple[str, Direction]]] = {
    ("item", "conversion"): ("item_conversion", "up"),
    ("item", "visitors"): ("item_visitors", "up"),
    ("item", "search_visitors"): ("search_visitors", "up"),
    ("source", "visitors"): ("source_visitors", "up"),
    ("word", "clicks"): ("cost", "down"),
    ("agent", "conversion"): ("service_conversion", "up"),
    ("agent", "answer_time"): ("average_response_s", "down"),
    ("agent", "first_answer"): ("first_response_s", "down"),
    ("shop", "visitors"): ("visitors", "up"),
    ("shop", "conversion"): ("conversion", "up"),
    ("shop", "cart_rate"): ("cart_rate", "up"),
    ("shop", "refunds"): ("refund_amount", "down"),
    ("shop", "returning"): ("returning", "up"),
}
"""The metric a promise is measured by and its desired direction, if the exports hold it."""
_DUE_AFTER: Final = 2


def told(found: list[Incident], world: World, sales: float, today: date) -> list[Finding[Words]]:
    """Return one finding for each incident, the most urgent and most expensive first.

    At most :data:`POSSIBLE_SHOWN` unreported possible changes follow, without a proposal.
    """
    called = [one for one in found if one.root.called or one.root.fact]
    possible = [one for one in found if is_possible(one.root) and _large(one.root, sales)]
    said = [_finding(one, world, sales, today) for one in called]
    return [*said, *(_possible(one.root, world) for one in possible[:POSSIBLE_SHOWN]), *_steady(world)]


def _steady(world: World) -> list[Finding[Words]]:
    """Return a finding listing the shop's figures that are as usual; empty if there are none."""
    if world.store is None or not world.store.steady:
        return []
    names = message.listing([say(sentences.FIGURES[metric]) for metric in world.store.steady])
    return [finding(STEP, "keep", "info", say("Within the usual range: {names}.", names=names))]


def verdict(found: list[Incident], world: World, sales: float) -> Verdict[Words]:
    """Return a verdict with the headline of the most urgent incident, or saying that nothing changed."""
    levels = [(level_of(one.root, sales), one.root) for one in found]
    asking = [(level, root) for level, root in levels if level in ("act", "watch")]
    if not asking:
        return Verdict("info", say("No figure is outside its usual range."))
    level, root = min(asking, key=lambda pair: LEVELS.index(pair[0]))
    text = [sentences.headline(root, world), sentences.money(root), sentences.cause(_causes(root, world))]
    return Verdict(level, message.sentences(text))


def _large(root: ObjectChange, sales: float) -> bool:
    """Return whether a possible change would be worth watching if it were certain."""
    return level_of(replace(root, called=True), sales) != "info"


def _finding(one: Incident, world: World, sales: float, today: date) -> Finding[Words]:
    root = one.root
    causes = _causes(root, world)
    level = level_of(root, sales)
    text = message.sentences(
        [
            sentences.headline(root, world),
            sentences.money(root),
            sentences.besides(root, world),
            sentences.logged(root, world),
            sentences.rival(root, world),
            sentences.cause(causes),
            *(
                sentences.consequence(child.change, child.open_share, world)
                for child in one.consequences[:CONSEQUENCES_SHOWN]
            ),
            sentences.listed_since(root),
        ]
    )
    asks = (_proposal(root, causes, world, level, today),) if level in ("act", "watch") else ()
    return _said(root, world, level, text, *asks)


def _causes(root: ObjectChange, world: World) -> tuple[Candidate, ...]:
    return weighed(root, world).causes


def _said(
    root: ObjectChange, world: World, level: LevelName, text: Words, *asks: Proposal[Words]
) -> Finding[Words]:
    loss = root.loss
    impact = None
    if loss is not None and loss.yuan > 0:
        impact = Impact(loss.yuan, "day", min(loss.low, loss.yuan), max(loss.high, loss.yuan), loss.of)
    made = finding(
        STEP, f"{root.family}_{root.metric}", level, text, *asks, about=about_of(root, world), impact=impact
    )
    first = "" if root.first is None else root.first.isoformat()
    return replace(made, incident=root.identity, since=first, sure=round(root.sure, 3))


def about_of(change: ObjectChange, world: World) -> About:
    """Return the ids of the object a change is about."""
    match change.family:
        case "item":
            return About(aspect="small_items") if change.name == POOL else About(item=change.name)
        case "source":
            return About(source=change.name)
        case "word":
            return About(word=change.name)
        case "agent":
            return About(agent=change.name)
        case "reason":
            return About(item=world.refunded_item(change.name), aspect=change.name)
    return About(metric=change.metric)


def _proposal(
    root: ObjectChange, causes: tuple[Candidate, ...], world: World, level: LevelName, today: date
) -> Proposal[Words]:
    metric, direction = _METRICS.get((root.family, root.metric), (None, None))
    role = _BY_CAUSE.get(causes[0]) if len(causes) == 1 else None
    role = role or _ROLES.get((root.family, root.metric), "operator")
    if root.family == "source" and is_content(root.name):
        role = "content"
    about = about_of(root, world)
    deed: Deed = "lower_spend" if root.metric == "clicks" else ""
    due = today if level == "act" else today + timedelta(days=_DUE_AFTER)
    return Proposal(
        role,
        sentences.look(root, causes, world),
        metric,
        direction,
        due.isoformat(),
        None if metric is None or metric == "cost" else _expected(root),
        root.name or None if root.name != POOL else None,
        deed,
        about,
    )


def _expected(root: ObjectChange) -> float:
    return round(root.usual) if root.usual >= 10 else round(root.usual, 4)  # noqa: PLR2004 - counts are whole


def _possible(root: ObjectChange, world: World) -> Finding[Words]:
    text = say("Possible, not certain: {text}", text=sentences.headline(root, world))
    return _said(root, world, "info", text)
