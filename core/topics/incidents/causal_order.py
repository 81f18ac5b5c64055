"""Decide which changes are consequences of others, by a fixed causal order and a test of each link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypeAlias

from core.statistics.cause_weighing import WHOLE, Explained, explained_share
from core.statistics.mix_shift import MixGroup, kitagawa
from core.topics.incidents.change import ObjectChange
from core.topics.incidents.watched_counts import is_possible
from core.topics.incidents.world import World

AHEAD: Final = 14
"""The most days by which a cause may have begun before its effect."""
MOST_OF_SOURCE = 3.0
HALF = 0.5
"""Limits for a traffic source to count as the cause of an item's lost visitors.

The source must have lost at most :data:`MOST_OF_SOURCE` times the visitors that the item lost, and more than
:data:`HALF` of its own.
"""
SEARCH: Final = "搜索"
"""The text that the names of all search traffic sources contain."""
SLACK: Final = timedelta(days=1)
Share: TypeAlias = Callable[[ObjectChange, ObjectChange, World], float]
"""A function of parent (cause), child (effect) and world.

It returns the share of the child's change that the parent explains, 0 to 1.
"""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A change that is a consequence of another change."""

    change: ObjectChange
    open_share: float
    """The share of the change that the parent does not explain; 0 if it explains all of it."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A root change and the changes that follow from it."""

    root: ObjectChange
    consequences: tuple[Consequence, ...] = ()


def incidents(found: Sequence[ObjectChange], world: World) -> list[Incident]:
    """Return the root changes with their consequences: reported ones first, then by expected loss.

    The change that explains another one (its parent) may be a reported change, a fact (known without a test)
    or a possible change. A possible change that explains a reported one is reported as well.
    """
    told = [one for one in found if _is_news(one)]
    parents = _parents(told, world)
    roots: dict[tuple[str, str, str], list[Consequence]] = {}
    known = {one.key: one for one in told}
    for child in told:
        parent = parents.get(child.key)
        if parent is None:
            roots.setdefault(child.key, [])
            continue
        top = _top(parent[0], parents)
        open_share = 0.0 if parent[1].kinship == "consequence" else 1.0 - parent[1].share
        roots.setdefault(top.key, []).append(Consequence(child, open_share))
    said = [
        Incident(_promoted(known[key], of), tuple(sorted(of, key=lambda one: -_weight(one.change))))
        for key, of in roots.items()
    ]
    return sorted(said, key=lambda one: (not _is_called(one.root), -one.root.priority, one.root.key))


def _parents(
    told: Sequence[ObjectChange], world: World
) -> dict[tuple[str, str, str], tuple[ObjectChange, Explained]]:
    """Return the parent of each change that has one, by the change's key, and how much the parent explains.

    A parent is the change from which another one follows. Links with the largest explained share are accepted
    first; a link that would make a change its own ancestor is left out.
    """
    links = [(child, best) for child in told if (best := _parent(child, told, world)) is not None]
    parents: dict[tuple[str, str, str], tuple[ObjectChange, Explained]] = {}
    for child, best in sorted(links, key=lambda one: -one[1][1].share):
        if _top(best[0], parents).key != child.key:
            parents[child.key] = best
    return parents


def _is_news(change: ObjectChange) -> bool:
    bad = change.metric != "price" or change.family == "shop" or change.seen < change.usual
    return bad and (_is_called(change) or is_possible(change))


def _is_called(change: ObjectChange) -> bool:
    return change.called or change.fact


def _weight(change: ObjectChange) -> float:
    return (0.0 if change.loss is None else change.loss.yuan) + change.z * 1e-3


def _top(
    change: ObjectChange, parents: Mapping[tuple[str, str, str], tuple[ObjectChange, Explained]]
) -> ObjectChange:
    while change.key in parents:
        change = parents[change.key][0]
    return change


def _promoted(root: ObjectChange, of: Sequence[Consequence]) -> ObjectChange:
    """Return the root change, marked as reported if any of its consequences is reported.

    The root then takes the highest probability of these consequences and the earliest morning on which one of
    them was reported. If an agent's change has no loss itself, such as slow answers, it takes the largest
    loss of its consequences.
    """
    costs = [
        one.change.loss for one in of if one.change.family == root.family and one.change.loss is not None
    ]
    if root.family == "agent" and root.loss is None and costs:
        root = replace(root, loss=max(costs, key=lambda loss: loss.yuan))
    called = [one.change for one in of if _is_called(one.change)]
    if _is_called(root) or not called:
        return root
    first = min((one.first for one in called if one.first is not None), default=root.first)
    return replace(root, called=True, first=first, sure=max(one.sure for one in called))


def _parent(
    child: ObjectChange, told: Sequence[ObjectChange], world: World
) -> tuple[ObjectChange, Explained] | None:
    """Return the change that best explains ``child``, and how well; None if no change explains it.

    The shares explained by all changes of the same family and metric as the best one are added up.
    """
    shares: list[tuple[float, ObjectChange]] = []
    for one in told:
        arrow = ARROWS.get((one.family, one.metric, child.family, child.metric))
        if arrow is None or one.key == child.key or not _before(one, child):
            continue
        share = min(1.0, max(0.0, arrow(one, child, world)))
        if share > 0:
            shares.append((share, one))
    if not shares:
        return None
    best = max(shares, key=lambda pair: (pair[0], _weight(pair[1])))
    alike = [share for share, one in shares if (one.family, one.metric) == (best[1].family, best[1].metric)]
    share = min(1.0, max(best[0], sum(alike)))
    explained = _tested(child, share)
    return None if explained.kinship == "own" else (best[1], explained)


def _tested(child: ObjectChange, share: float) -> Explained:
    """Return how much of the child's change remains if its parent explains ``share`` of it.

    The child is tested again, with the parent's effect included in its expected value.
    """
    change = child.z or 1.0
    return explained_share(-change, -change * (1.0 - share), 1.0)


def _before(parent: ObjectChange, child: ObjectChange) -> bool:
    """Return whether the parent can have begun before the child.

    It can if their start intervals overlap, if the parent began at most :data:`AHEAD` days earlier, or if the
    child's start is unknown (three weeks ago or earlier).
    """
    overlap = parent.earliest <= child.latest + SLACK and child.earliest <= parent.latest + SLACK
    ahead = timedelta(0) <= child.start - parent.start <= timedelta(days=AHEAD)
    return overlap or ahead or (child.open_start and parent.start <= child.latest + SLACK)


# ---- daily losses of a change, in visitors and in buyers


def _fewer(change: ObjectChange) -> float:
    """Return how much less was counted per day than expected.

    For a rate, this is the count in its numerator (e.g. buyers).
    """
    return (change.expected - change.counted) / max(1, change.days)


def _of_overlap(parent: ObjectChange, child: ObjectChange) -> float:
    """Return the share of the child's days on which the parent had already begun."""
    since = max(parent.start, child.start)
    days = (child.last - since).days + 1
    whole = (child.last - child.start).days + 1
    return max(0.0, min(1.0, days / max(1, whole)))


def _over(part: float, whole: float, parent: ObjectChange, child: ObjectChange) -> float:
    return part / whole * _of_overlap(parent, child) if whole > 0 else 0.0


def _same(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    del world
    return 1.0 if parent.name == child.name else 0.0


def _of_own(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return the share of a change that is explained by the change of another count of the same item.

    0 unless this is most of the change.
    """
    del world
    share = _over(_fewer(parent), _fewer(child), parent, child) if parent.name == child.name else 0.0
    return share if share >= WHOLE else 0.0


def _like_the_rest(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return 1 if an item lost search visitors only as part of a general loss of visitors, else 0.

    It is 0 if search visitors make up most of the item's lost visitors, because then search is the cause.
    """
    del world
    alike = parent.name == child.name and _over(_fewer(child), _fewer(parent), parent, child) < WHOLE
    return 1.0 if alike else 0.0


def _counts(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    del world
    return _over(_fewer(parent), _fewer(child), parent, child)


def _search_of_source(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return the share of a search source's lost visitors that is due to one item's lost search visitors."""
    return _counts(parent, child, world) if SEARCH in child.name else 0.0


def _shop_visitors(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    del world
    return _over(_fewer(parent), child.usual - child.seen, parent, child)


def _gone_visitors(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    del world
    return _over(parent.usual, child.usual - child.seen, parent, child)


def _source_of_item(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return 1 if a source's fall explains an item's lost visitors, else 0.

    The losses must match in size, and the item's loss must not be explained by its search visitors. If the
    item's search visitors fell like its other visitors, only a search source can be the cause.
    """
    search = world.beside("search_visitors", child.name, child.days)
    alike = search is not None and 1.0 - search.ratio >= HALF * (1.0 - child.ratio)
    if alike and SEARCH not in parent.name:
        return 0.0
    of_search = 0.0 if search is None else (search.usual - search.seen) / max(1, child.days)
    if of_search >= WHOLE * _fewer(child):
        return 0.0
    lost, own = _fewer(parent), _fewer(child)
    fits = own > 0 and WHOLE * own <= lost <= MOST_OF_SOURCE * own
    return 1.0 if fits and parent.ratio < HALF else 0.0


def _yuan(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    del world
    if parent.loss is None or child.loss is None:
        return 0.0
    return _over(parent.loss.yuan, child.loss.yuan, parent, child)


def _source_buyers(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return the share of a source's lost buyers that is due to an item whose conversion fell.

    The item's lost buyers are spread over the sources in proportion to the sources' visitors.
    """
    whole = None if world.store is None else float(max(1.0, world.store.visitors[-child.days :].sum()))
    if not whole or not child.exposure:
        return 0.0
    return _over(_fewer(parent) * child.exposure / whole, _fewer(child), parent, child)


def _dilution(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return the share of a fall in one of the shop's rates that is due to the visitors of a new source.

    It is the mix effect of a Kitagawa decomposition.
    """
    newcomers = () if world.sources is None else world.sources.newcomers
    newcomer = next((one for one in newcomers if one.name == parent.name), None)
    if newcomer is None or world.store is None or child.usual <= 0 or child.seen >= child.usual:
        return 0.0
    days = max(1, child.days)
    seen = float(world.store.visitors[-days:].sum())
    new = newcomer.visitors * min(1.0, days / max(1, newcomer.days))
    bought = newcomer.buyers * min(1.0, days / max(1, newcomer.days))
    if seen <= new:
        return 0.0
    buyers = child.seen * seen
    bought = bought if child.metric == "conversion" else 0.0
    split = kitagawa(
        {
            "old": MixGroup(seen, child.usual * seen, seen - new, buyers - bought),
            "new": MixGroup(0.0, 0.0, new, bought),
        }
    )
    if split is None or split.change >= 0:
        return 0.0
    return (split.mix["new"] + split.mix["old"]) / split.change


def _extra_visitors(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return the share of a fall in conversion that is due to extra keyword clicks that bring no orders."""
    if child.family == "item" and (world.words is None or world.words.items.get(parent.name) != child.name):
        return 0.0
    if child.family == "source" and "推广" not in child.name and "直通车" not in child.name:
        return 0.0
    extra = (parent.seen - parent.usual) * child.usual
    return _over(extra, _fewer(child), parent, child)


def _reason_of_item(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return the share of an item's recent refunds that have the parent's refund reason.

    0 if one item alone explains the growth of that reason.
    """
    if world.refunds is None:
        return 0.0
    own = world.refunds.reasons_of.get(child.name, {})
    several = parent.name not in world.refunds.only_items
    whole = sum(own.values())
    return own.get(parent.name, 0.0) / whole if whole and several else 0.0


def _item_of_reason(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return 1 if the parent item alone explains the growth of the refund reason, else 0."""
    if world.refunds is None:
        return 0.0
    return 1.0 if world.refunds.only_items.get(child.name) == parent.name else 0.0


def _same_item(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    """Return 1 if two refund reasons grew because of the same item and the parent grew more, else 0."""
    if world.refunds is None or parent.counted - parent.expected <= child.counted - child.expected:
        return 0.0
    only = world.refunds.only_items
    return 1.0 if only.get(parent.name, "") == only.get(child.name) else 0.0


def _word_spend(parent: ObjectChange, child: ObjectChange, world: World) -> float:
    del world
    return 1.0 if parent.name == child.name else 0.0


ARROWS: Final[dict[tuple[str, str, str, str], Share]] = {
    **{
        ("item", "missing_row", "item", metric): _same
        for metric in ("visitors", "search_visitors", "cart_rate", "conversion")
    },
    ("item", "missing_row", "shop", "visitors"): _gone_visitors,
    ("item", "missing_row", "shop", "conversion"): _yuan,
    ("item", "missing_row", "source", "visitors"): _gone_visitors,
    ("item", "price", "shop", "price"): _yuan,
    ("item", "search_visitors", "item", "visitors"): _of_own,
    ("item", "visitors", "item", "search_visitors"): _like_the_rest,
    ("item", "search_visitors", "source", "visitors"): _search_of_source,
    ("item", "search_visitors", "shop", "visitors"): _shop_visitors,
    ("item", "visitors", "shop", "visitors"): _shop_visitors,
    ("source", "visitors", "item", "visitors"): _source_of_item,
    ("source", "visitors", "shop", "visitors"): _shop_visitors,
    ("item", "paid_share", "item", "conversion"): _of_own,
    ("item", "paid_share", "shop", "conversion"): _counts,
    ("item", "conversion", "item", "cart_rate"): _same,
    ("item", "conversion", "source", "conversion"): _source_buyers,
    ("item", "conversion", "shop", "conversion"): _counts,
    ("item", "cart_rate", "shop", "cart_rate"): _counts,
    ("source", "new_source", "shop", "conversion"): _dilution,
    ("source", "new_source", "shop", "cart_rate"): _dilution,
    ("source", "new_source", "shop", "returning"): _dilution,
    ("source", "new_source", "source", "conversion"): _same,
    ("source", "conversion", "shop", "conversion"): _counts,
    ("word", "clicks", "word", "conversion"): _word_spend,
    ("word", "clicks", "source", "conversion"): _extra_visitors,
    ("word", "clicks", "item", "conversion"): _extra_visitors,
    ("agent", "answer_time", "agent", "first_answer"): _same,
    ("agent", "answer_time", "agent", "conversion"): _same,
    ("agent", "first_answer", "agent", "conversion"): _same,
    ("agent", "conversion", "shop", "conversion"): _counts,
    ("item", "refunds", "reason", "refunds"): _item_of_reason,
    ("reason", "refunds", "item", "refunds"): _reason_of_item,
    ("reason", "refunds", "reason", "refunds"): _same_item,
    ("item", "refunds", "shop", "refunds"): _yuan,
    ("reason", "refunds", "shop", "refunds"): _yuan,
    ("shop", "silent_hours", "shop", "conversion"): lambda *_: 1.0,
    ("shop", "conversion", "shop", "cart_rate"): _same,
}
"""Share functions by (parent family, parent metric, child family, child metric).

Other pairs are not linked.
"""
