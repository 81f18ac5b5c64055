"""The findings about a day's gap: the changes found this morning, then the split by factor and the scores."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.answers.answer import About, Finding, Impact, Proposal, finding, in_order
from core.answers.incidents import Incidents
from core.language import message
from core.language.message import Value, Words, say
from core.measures.calendar_names import name_of
from core.statistics.drift import ScoreDrop
from core.topics.sales.variance.effects import FACTORS, Gap
from core.topics.sales.variance.score_findings import score_fall
from core.topics.sales.variance.sources import SourceGap
from core.topics.sales.variance.tables import FACTOR_NAMES


def findings(
    gap: Gap,
    sources: SourceGap | None,
    scores: tuple[ScoreDrop, dict[str, tuple[float, float]]] | None,
    found: Incidents | None,
) -> tuple[Finding[Words], ...]:
    """Return the changes found this morning, then what the split by factor and the scores add."""
    due = (gap.day + timedelta(days=2)).isoformat()
    told = [
        *(() if found is None else found.findings()),
        *_dip(gap),
        *_factors(gap, found),
        *_wasted(sources, due),
    ]
    told.extend(score_fall(scores, due))
    return in_order(told)


def _dip(gap: Gap) -> list[Finding[Words]]:
    if gap.dip is None:
        return []
    campaign = name_of(gap.dip)
    if gap.multiplier < 1.0:
        text = say(
            "Days after {campaign} are quiet: {part} below usual is normal after it, not a problem.",
            campaign=campaign,
            part=message.money(-gap.calendar),
        )
    elif gap.multiplier > 1.0:
        text = say(
            "For the days after {campaign} the calendar expects {size} times a usual day's sales.",
            campaign=campaign,
            size=message.ratio(gap.multiplier),
        )
    else:
        text = say(
            "Lower sales are normal on the days after {campaign}. The calendar does not say how "
            "much lower, so part of the difference may simply be this.",
            campaign=campaign,
        )
    return [finding("drivers", "dip", "info", text)]


PRAISED_WRONGLY: Final[dict[str, tuple[str, ...]]] = {
    "visitors": ("source_new_source", "word_clicks"),
    "conversion": ("item_price", "shop_price"),
}
"""Kinds of changes that make a factor look good without being good for the shop.

They are more visitors who do not buy, and more buyers because of a low price.
"""


def _factors(gap: Gap, found: Incidents | None) -> list[Finding[Words]]:
    """Return findings of level "info" on the factors in which the gap lies.

    These findings do not say why a factor changed.
    """
    told: list[Finding[Words]] = []
    for factor in FACTORS:
        if gap.said[factor] == "usual":
            continue
        effect, band = gap.effect(factor), gap.bands[factor]
        values: dict[str, Value] = {
            "factor": say(FACTOR_NAMES[factor]),
            "effect": message.money(effect, sign=True),
            "about": message.money(abs(effect)),
            "low": message.money(band.low if band else None, sign=True),
            "high": message.money(band.high if band else None, sign=True),
        }
        if effect < 0:
            text = say("{factor} below usual: this accounts for about {about} less in sales.", **values)
            told.append(finding("drivers", factor, "info", text))
        elif gap.said[factor] == "possible":
            text = say(
                "{factor} above usual: this accounts for about {about} more in sales, perhaps not by chance.",
                **values,
            )
            told.append(finding("drivers", factor, "info", text))
        elif found is None or not found.of(PRAISED_WRONGLY.get(factor, ())):
            text = say(
                "{factor} changed sales by {effect}, outside its usual range ({low} to {high}).", **values
            )
            told.append(finding("drivers", factor, "info", text))
    return told


def _wasted(sources: SourceGap | None, due: str) -> list[Finding[Words]]:
    told: list[Finding[Words]] = []
    for line in () if sources is None else sources.lines:
        if line.cost.state == "wasted":
            about = About(source=line.name)
            text = say(
                "{source}: {spent} was spent, but it brought no visitors.",
                source=line.name,
                spent=message.money(line.spent),
            )
            ask = Proposal(
                "promotion",
                say("Stop spending on {source} until it is clear where the money went", source=line.name),
                "visitors",
                "up",
                due,
                item=line.name,
                about=about,
            )
            wasted = None if line.spent is None else Impact(line.spent, "day", of="margin")
            told.append(finding("drivers", "wasted", "act", text, ask, about=about, impact=wasted))
    return told
