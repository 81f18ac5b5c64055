"""The analysis of whether the shop's pages are good enough or must be improved before buying traffic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Answer, Verdict
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.shop.settings import Shop
from core.topics.page import findings, marks, visitors
from core.topics.page.marks import WEEK, PageFigure

if TYPE_CHECKING:
    import pandas as pd

FEWEST_DAYS = 4
"""The fewest days of the week that must have data."""


def health(
    days: ShopDay, items: Items | None = None, sources: Sources | None = None, *, shop: Shop, today: date
) -> Answer[Words]:
    """Were last week's pages good enough, or must the page be fixed before traffic is bought?

    Reads the shop's daily figures, the items (for the best seller's order value) and the traffic
    sources (for the share of paid visitors).

    The seven days up to yesterday are one sample. The shop's order value should be at least 1.3 times
    that of the best seller (buyers buy other items too), the bounce rate under 70% (goal 60%), and
    pages per visitor at least 2.5 (goal 3.5). If at least half of the visitors are returning ones, the
    bounce rate should be under 50% and pages per visitor at least 4. These limits are settings. A
    figure meets or misses its limit only if its whole interval lies on one side; otherwise it cannot be
    told, and the screen says how much more data is needed. The best seller is the item marked as hero
    in shop.toml, or else the one with most visitors in four weeks.

    The program cannot tell whether the page or its visitors changed: on the same page, new and paid
    visitors bounce more often. The file has one bounce rate for all visitors, so the mix of visitors is
    shown beside it.
    """
    last = today - timedelta(days=1)
    frame = marks.week(days.frame, last)
    seen = baseline.column(frame, "visitors")
    if not seen:
        return Answer(
            Verdict(
                "nodata", say("No visitors of last week are imported; the page is judged on a whole week.")
            )
        )
    if len(seen) < FEWEST_DAYS:
        text = message.plural(
            "Only {n} day of last week is imported; the page is judged on a whole week.",
            "Only {n} days of last week are imported; the page is judged on a whole week.",
            len(seen),
        )
        return Answer(Verdict("nodata", text))
    sold = None if items is None else items.frame
    own = marks.with_own_lines(shop, frame)
    found = (marks.aov(frame, sold, own, last), marks.bounce(frame, own), marks.depth(frame, own))
    lines = [line for line in found if line is not None]
    if not lines:
        text = say("The shop file has no bounce rate, page views or buyers for last week.")
        return Answer(Verdict("nodata", text))
    since = marks.bounce_shift(days.frame, last)
    mix = visitors.mix(days.frame, None if sources is None else sources.frame, shop, last)
    return Answer(
        verdict=findings.verdict(lines, since),
        findings=(*findings.findings(lines, since, today), *visitors.findings(mix)),
        evidence=(*findings.numbers(lines), findings.table(lines), findings.course(days.frame, last, lines)),
        limits=(*_stricter(shop, own, frame), *_limits(lines, seen, items, mix, shop, last)),
    )


def _stricter(shop: Shop, own: Shop, frame: pd.DataFrame) -> tuple[Words, ...]:
    """Return the text saying why the limits are stricter than usual; empty if they are not."""
    if own is shop:
        return ()
    text = say(
        "{share} of the week's visitors are returning ones, so the limits for the page are {bounce} "
        "bounce rate and {depth} pages per visitor.",
        share=message.percent(marks.old_share(frame), 0),
        bounce=message.percent(own.thresholds.bounce_pass, 0),
        depth=message.ratio(own.thresholds.depth_pass),
    )
    return (text,)


def _limits(
    lines: Sequence[PageFigure],
    seen: Mapping[date, float],
    items: Items | None,
    mix: Sequence[visitors.Mix],
    shop: Shop,
    last: date,
) -> tuple[Words, ...]:
    said: list[Words] = []
    if len(seen) < WEEK:
        said.append(say("Only {n} of the seven days are imported.", n=len(seen)))
    if items is None:
        said.append(say("Without the item file the best seller's order value is unknown."))
    elif marks.lonely(items.frame, shop, last):
        said.append(
            say("Only one item sells, so its order value is that of the shop and their ratio means nothing.")
        )
    elif not any(line.key == "aov" for line in lines):
        said.append(
            say(
                "The best seller had no buyers last week, so the shop-to-hero order ratio cannot be "
                "calculated."
            )
        )
    else:
        said.append(
            say(
                "The file does not show how much the values of single orders differ; a standard "
                "deviation of three quarters of the mean is assumed."
            )
        )
    if mix and all(abs(now - before) < visitors.MIX_MOVED for _, now, before in mix):
        names = message.listing([who for who, _, _ in mix])
        said.append(
            say(
                "The share of {names} hardly changed, so it does not explain a change in the figures.",
                names=names,
            )
        )
    else:
        said.append(
            say(
                "Bounce rate and pages per visitor depend on who visits; the file does not split them by "
                "kind of visitor."
            )
        )
    said.append(say("A visitor who came on two days is counted twice."))
    return tuple(said)
