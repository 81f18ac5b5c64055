"""What moved and what to do about it: factors, sources, items, indicators, scores; most urgent first."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding, in_order
from core.language import message
from core.language.message import Value, Words, say
from core.measures.calendar_names import name_of
from core.measures.source_names import is_content, is_paid
from core.shop.settings import Role
from core.statistics.drift import ScoreDrop
from core.topics.sales.variance.effects import FACTORS, URGENT, Gap
from core.topics.sales.variance.indicator_bins import Binned
from core.topics.sales.variance.items import ItemGap, ItemLine
from core.topics.sales.variance.score_findings import score_fall
from core.topics.sales.variance.sources import SourceGap, SourceLine
from core.topics.sales.variance.tables import FACTOR_NAMES

SHOWN = 2
"""Sources and items of each kind that become findings."""


def findings(
    gap: Gap,
    sources: SourceGap | None,
    items: ItemGap | None,
    bins: tuple[Binned, ...],
    scores: tuple[ScoreDrop, dict[str, tuple[float, float]]] | None,
) -> tuple[Finding[Words], ...]:
    """Return what moved and what to do, most urgent first; an unchanged day has none."""
    due = (gap.day + timedelta(days=2)).isoformat()
    found = [
        *_dip(gap),
        *_factors(gap, due, sources),
        *_sources(gap, sources, due),
        *_items(items, due),
        *_bins(gap, bins, due),
    ]
    found.extend(score_fall(scores, due))
    return in_order(found)


def _dip(gap: Gap) -> list[Finding[Words]]:
    if gap.dip is None:
        return []
    campaign = name_of(gap.dip)
    if gap.multiplier < 1.0:
        text = say(
            "Days after {campaign} are quiet: {part} below usual is the dip, not a problem.",
            campaign=campaign,
            part=message.money(-gap.calendar),
        )
    elif gap.multiplier > 1.0:
        text = say(
            "For the days after {campaign} the calendar expects ×{size} of a usual day.",
            campaign=campaign,
            size=message.ratio(gap.multiplier),
        )
    else:
        text = say(
            "Days after {campaign} sell less; the calendar has no size for it, so part of the gap is that.",
            campaign=campaign,
        )
    return [finding("drivers", "dip", "info", text)]


_DUTIES: dict[str, tuple[Role, str]] = {
    "visitors": ("promotion", "visitors"),
    "conversion": ("design", "conversion"),
    "aov": ("operator", "aov"),
}


def _duty(factor: str) -> Words:
    return {
        "visitors": say("Say which source lost the visitors, why, and what brings them back at which cost"),
        "conversion": say(
            "Compare price, main picture, stock and reviews of the falling items with last week's"
        ),
        "aov": say("Check what changed in bundles, coupons and the share of cheap items"),
    }[factor]


def _factors(gap: Gap, due: str, sources: SourceGap | None) -> list[Finding[Words]]:
    found: list[Finding[Words]] = []
    usual = {
        "visitors": gap.expected.visitors,
        "conversion": _over(gap.expected.buyers, gap.expected.visitors),
        "aov": _over(gap.expected.gmv, gap.expected.buyers),
    }
    for factor in FACTORS:
        if gap.said[factor] == "usual":
            continue
        effect, band = gap.effect(factor), gap.bands[factor]
        values: dict[str, Value] = {
            "factor": say(FACTOR_NAMES[factor]),
            "effect": message.money(effect, sign=True),
            "low": message.money(band.low if band else None, sign=True),
            "high": message.money(band.high if band else None, sign=True),
        }
        if gap.said[factor] == "possible":
            values["about"] = message.money(abs(effect))
            text = (
                say("{factor} above usual: about {about} more, perhaps not by chance.", **values)
                if effect >= 0
                else say("{factor} below usual: about {about} less, perhaps not by chance.", **values)
            )
            level: LevelName = "info"
        elif effect > 0:
            text = say("{factor} brought {effect}, beyond its swing ({low} to {high}).", **values)
            level = "good"
        else:
            text = (
                say("{factor} cost {effect}, beyond its swing ({low} to {high}).", **values)
                if gap.total >= 0
                else say("{factor} cost {effect}, a likely cause (usual swing {low} to {high}).", **values)
            )
            level = _factor_level(gap, effect)
        role, metric = _DUTIES[factor]
        asks: tuple[Proposal[Words], ...] = (
            Proposal(role, _duty(factor), metric, "up", due, expected=usual[factor]),
        )
        stopped = _stopped(sources) if factor == "visitors" and effect < 0 else ""
        if stopped and level in (
            "act",
            "watch",
        ):  # its own finding says who does what; bought ones do not replace it
            text, level, asks = (
                say("{text} Mostly {source}, which stopped.", text=text, source=stopped),
                "watch",
                (),
            )
        urgent = level in ("act", "watch")
        impact = Impact(-effect, "once") if effect < 0 else None
        found.append(finding("drivers", factor, level, text, *(asks if urgent else ()), impact=impact))
    return found


def _stopped(sources: SourceGap | None) -> str:
    """The source that lost most of all, where it is one that stopped."""
    fallen = [] if sources is None else [line for line in sources.told if line.lost < 0]
    worst = min(fallen, key=lambda line: line.lost, default=None)
    return "" if worst is None or worst.since is None else worst.name


def _factor_level(gap: Gap, effect: float) -> LevelName:
    soft = gap.dip is not None and gap.multiplier == 1.0
    return "act" if effect <= -URGENT * gap.usually and not soft else "watch"


def _over(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def _sources(gap: Gap, sources: SourceGap | None, due: str) -> list[Finding[Words]]:
    if sources is None:
        return []
    moved = sources.told
    by_loss = sorted(moved, key=lambda line: (line.since is None, line.lost))
    fallen = [line for line in by_loss if (line.change.z or 0.0) < 0][:SHOWN]
    risen = [line for line in moved if (line.change.z or 0.0) > 0 and line.lost > 0][:SHOWN]
    found = [_fallen(line, gap, due) for line in fallen]
    for line in risen:
        text = say(
            "{source}: {visitors} visitors, usually {usual} ({effect}); keep doing what brought them.",
            **_source_values(line),
        )
        found.append(finding("drivers", "source", "good", text, about=About(source=line.name)))
    for line in sources.lines:
        if line.cost.state == "wasted":
            about = About(source=line.name)
            text = say(
                "{source}: {spent} spent and not one visitor came.",
                source=line.name,
                spent=message.money(line.spent),
            )
            ask = Proposal(
                "promotion",
                say("Stop {source} until it is clear where the money went", source=line.name),
                "visitors",
                "up",
                due,
                item=line.name,
                about=about,
            )
            wasted = None if line.spent is None else Impact(line.spent, "day", of="margin")
            found.append(finding("drivers", "wasted", "act", text, ask, about=about, impact=wasted))
    return found


def _source_values(line: SourceLine) -> dict[str, Value]:
    return {
        "source": line.name,
        "visitors": message.count(line.visitors),
        "usual": message.count(line.usual),
        "effect": message.money(line.lost, sign=True),
    }


def _fallen(line: SourceLine, gap: Gap, due: str) -> Finding[Words]:
    values = _source_values(line)
    if line.since is not None:
        text = say(
            "{source} stopped: {visitors} visitors, usually {usual}, since {since} ({effect} a day).",
            since=message.short_day(line.since),
            **values,
        )
        todo = (
            say("Check balance, budget and approval of {source} at once", source=line.name)
            if is_paid(line.name)
            else say(
                "Ask why {source} is not shown any more; bought traffic does not replace it", source=line.name
            )
        )
        level: LevelName = "act"
    else:
        text = say("{source}: {visitors} visitors, usually {usual} ({effect}).", **values)
        todo = say("Say what changed in {source} and what restores it", source=line.name)
        level = "watch" if line.lost > -URGENT * gap.usually else "act"
    role: Role = "content" if is_content(line.name) else "promotion"
    expected = None if line.usual is None else round(line.usual)
    about = About(source=line.name)
    ask = Proposal(role, todo, "source_visitors", "up", due, expected=expected, item=line.name, about=about)
    impact = Impact(-line.lost, "once" if line.since is None else "day") if line.lost < 0 else None
    return finding("drivers", "source", level, text, ask, about=about, impact=impact)


def _items(items: ItemGap | None, due: str) -> list[Finding[Words]]:
    if items is None:
        return []
    lines = [line for line in items.lines if line.item and line.moved and line.state == "usual"]
    fallen = [line for line in lines if line.effects.total < 0][:SHOWN]
    risen = [line for line in lines if line.effects.total > 0][:SHOWN]
    gone = [line for line in items.lines if line.item and line.state == "gone"][:1]
    found = [_item(line, due) for line in fallen]
    for line in gone:
        text = say("{item}: no visitor and no sale any more ({effect}); taken down?", **_item_values(line))
        ask = Proposal(
            "operator",
            say("Check whether {item} is still on the shelf", item=line.title),
            "gmv",
            "up",
            due,
            item=line.item,
            about=About(item=line.item),
        )
        found.append(finding("drivers", "item", "act", text, ask, about=ask.about, impact=_item_loss(line)))
    for line in risen:
        text = say(
            "{item}: {sold}, usually {usual} ({effect}); see whether it can be copied to others.",
            **_item_values(line),
        )
        found.append(finding("drivers", "item", "good", text, about=About(item=line.item)))
    return found


def _item_values(line: ItemLine) -> dict[str, Value]:
    return {
        "item": line.title,
        "sold": message.money(line.now.gmv),
        "usual": message.money(line.expected.gmv),
        "effect": message.money(line.effects.total, sign=True),
    }


def _item(line: ItemLine, due: str) -> Finding[Words]:
    factor = min(FACTORS, key=lambda name: float(getattr(line.effects, name)))
    text = say(
        "{item}: {sold}, usually {usual} ({effect}), most of it through {factor}.",
        factor=say(FACTOR_NAMES[factor]),
        **_item_values(line),
    )
    role, metric = _DUTIES[factor]
    about = About(item=line.item)
    ask = Proposal(role, _duty(factor), f"item_{metric}", "up", due, item=line.item, about=about)
    return finding("drivers", "item", "watch", text, ask, about=about, impact=_item_loss(line))


def _item_loss(line: ItemLine) -> Impact | None:
    """What the item sold less than usual: once, or each day when it is gone; None when it did not."""
    lost = -line.effects.total
    return Impact(lost, "day" if line.state == "gone" else "once") if lost > 0 else None


def _bins(gap: Gap, bins: tuple[Binned, ...], due: str) -> list[Finding[Words]]:
    """The indicators beside the three factors that left their swing, and in one line those to keep up."""
    found: list[Finding[Words]] = []
    calm = [
        one for one in bins if one.bin == "keep" and gap.said.get(one.indicator.metric, "usual") == "usual"
    ]
    steady = [say(one.indicator.name) for one in calm]
    if steady:
        text = say("Steady, inside their usual swing: {names}.", names=message.listing(steady))
        found.append(finding("drivers", "keep", "info", text))
    for one in bins:
        metric, standing, show = one.indicator.metric, one.standing, one.indicator.show
        if metric in FACTORS or one.bin == "keep":
            continue
        values: dict[str, Value] = {
            "name": say(one.indicator.name),
            "value": show(standing.value),
            "usual": show(standing.usual),
        }
        if one.bin == "achieved":
            text = say("{name} {value}, usually {usual}: better than its swing.", **values)
            found.append(finding("drivers", metric, "good", text))
            continue
        text = say("{name} {value}, usually {usual}: worse than its swing.", **values)
        ask = Proposal(
            one.indicator.role,
            say("Find what changed and bring {name} back to {usual}", **values),
            metric,
            one.indicator.good,
            due,
            expected=standing.usual,
        )
        refunds = standing.value - standing.usual if metric == "refund_amount" else 0.0
        impact = Impact(refunds, "once") if refunds > 0 else None
        found.append(finding("drivers", metric, "watch", text, ask, impact=impact))
    return found
