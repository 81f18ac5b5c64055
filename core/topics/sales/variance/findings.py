"""What moved and what to do about it: factors, sources, items, indicators, scores; most urgent first."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import LEVELS, Finding, LevelName, Proposal
from core.language import wording
from core.language.wording import say
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
) -> tuple[Finding, ...]:
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
    return tuple(sorted(found, key=lambda finding: LEVELS.index(finding.level)))


def _dip(gap: Gap) -> list[Finding]:
    if gap.dip is None:
        return []
    campaign = gap.dip.note or gap.dip.kind
    if gap.multiplier != 1.0:
        text = say(
            "After {campaign} the calendar expects ×{size}: {part} on usual days is the dip, no fault.",
            campaign=campaign,
            size=wording.ratio(gap.multiplier),
            part=wording.money(gap.calendar, sign=True),
        )
    else:
        text = say(
            "Days after {campaign} sell less; the calendar has no size for it, so part of the gap is that.",
            campaign=campaign,
        )
    return [Finding("drivers/dip", "info", text)]


_DUTIES: dict[str, tuple[Role, str]] = {
    "visitors": ("promotion", "visitors"),
    "conversion": ("design", "conversion"),
    "aov": ("operator", "aov"),
}


def _duty(factor: str) -> str:
    return {
        "visitors": say("Say which source lost the visitors, why, and what brings them back at which cost"),
        "conversion": say(
            "Compare price, main picture, stock and reviews of the falling items with last week's"
        ),
        "aov": say("Check what changed in bundles, coupons and the share of cheap items"),
    }[factor]


def _factors(gap: Gap, due: str, sources: SourceGap | None) -> list[Finding]:
    found = []
    usual = {
        "visitors": gap.expected.visitors,
        "conversion": _over(gap.expected.buyers, gap.expected.visitors),
        "aov": _over(gap.expected.gmv, gap.expected.buyers),
    }
    for factor in FACTORS:
        if gap.said[factor] == "usual":
            continue
        effect, band = gap.effect(factor), gap.bands[factor]
        values = {
            "factor": say(FACTOR_NAMES[factor]),
            "effect": wording.money(effect, sign=True),
            "low": wording.money(band.low if band else None, sign=True),
            "high": wording.money(band.high if band else None, sign=True),
        }
        if gap.said[factor] == "possible":
            text = say("{factor}: {effect}, possibly more than its swing ({low} to {high}).", **values)
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
        asks: tuple[Proposal, ...] = (
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
        found.append(Finding(f"drivers/{factor}", level, text, asks if level in ("act", "watch") else ()))
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


def _sources(gap: Gap, sources: SourceGap | None, due: str) -> list[Finding]:
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
        found.append(Finding(f"drivers/source/{line.name}", "good", text))
    for line in sources.lines:
        if line.cost.state == "wasted":
            text = say(
                "{source}: {spent} spent and not one visitor came.",
                source=line.name,
                spent=wording.money(line.spent),
            )
            ask = Proposal(
                "promotion",
                say("Stop {source} until it is clear where the money went", source=line.name),
                "visitors",
                "up",
                due,
                item=line.name,
            )
            found.append(Finding(f"drivers/wasted/{line.name}", "act", text, (ask,)))
    return found


def _source_values(line: SourceLine) -> dict[str, str]:
    return {
        "source": line.name,
        "visitors": wording.count(line.visitors),
        "usual": wording.count(line.usual),
        "effect": wording.money(line.lost, sign=True),
    }


def _fallen(line: SourceLine, gap: Gap, due: str) -> Finding:
    values = _source_values(line)
    if line.since is not None:
        text = say(
            "{source} stopped: {visitors} visitors, usually {usual}, since {since} ({effect} a day).",
            since=wording.short_day(line.since),
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
    ask = Proposal(role, todo, "source_visitors", "up", due, expected=expected, item=line.name)
    return Finding(f"drivers/source/{line.name}", level, text, (ask,))


def _items(items: ItemGap | None, due: str) -> list[Finding]:
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
        )
        found.append(Finding(f"drivers/item/{line.item}", "act", text, (ask,)))
    for line in risen:
        text = say(
            "{item}: {sold}, usually {usual} ({effect}); see whether it can be copied to others.",
            **_item_values(line),
        )
        found.append(Finding(f"drivers/item/{line.item}", "good", text))
    return found


def _item_values(line: ItemLine) -> dict[str, str]:
    return {
        "item": line.title,
        "sold": wording.money(line.now.gmv),
        "usual": wording.money(line.expected.gmv),
        "effect": wording.money(line.effects.total, sign=True),
    }


def _item(line: ItemLine, due: str) -> Finding:
    factor = min(FACTORS, key=lambda name: float(getattr(line.effects, name)))
    text = say(
        "{item}: {sold}, usually {usual} ({effect}), most of it through {factor}.",
        factor=say(FACTOR_NAMES[factor]),
        **_item_values(line),
    )
    role, metric = _DUTIES[factor]
    ask = Proposal(role, _duty(factor), f"item_{metric}", "up", due, item=line.item)
    return Finding(f"drivers/item/{line.item}", "watch", text, (ask,))


def _bins(gap: Gap, bins: tuple[Binned, ...], due: str) -> list[Finding]:
    """The indicators beside the three factors that left their swing, and in one line those to keep up."""
    found = []
    calm = [
        one for one in bins if one.bin == "keep" and gap.said.get(one.indicator.metric, "usual") == "usual"
    ]
    steady = [say(one.indicator.name) for one in calm]
    if steady:
        text = say("Steady, inside their usual swing: {names}.", names=wording.listing(steady))
        found.append(Finding("drivers/keep", "info", text))
    for one in bins:
        metric, standing, show = one.indicator.metric, one.standing, one.indicator.show
        if metric in FACTORS or one.bin == "keep":
            continue
        values = {
            "name": say(one.indicator.name),
            "value": show(standing.value),
            "usual": show(standing.usual),
        }
        if one.bin == "achieved":
            text = say("{name} {value}, usually {usual}: better than its swing.", **values)
            found.append(Finding(f"drivers/{metric}", "good", text))
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
        found.append(Finding(f"drivers/{metric}", "watch", text, (ask,)))
    return found
