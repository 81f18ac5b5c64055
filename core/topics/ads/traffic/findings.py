"""The findings about buying traffic: where to buy more or less, and strengths of successful items."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import Records
from core.records.team import PromotionPlan
from core.shop.settings import Shop
from core.topics.ads.traffic.buying import Purchase
from core.topics.ads.traffic.spending import net_note
from core.topics.ads.traffic.strengths import Strength
from core.topics.sales.traffic import cost_per_visitor

NAMED = 3
WORTH = 20.0
"""The smallest change of spend in yuan per day that is reported (a judgement)."""


def of_purchases(found: Sequence[Purchase], today: date, *, page_fails: bool) -> list[Finding[Words]]:
    """Return findings on where to buy more and less; none proposes to buy more while the page fails.

    The page fails (``page_fails``) while its bounce rate is over the limit.
    """
    more = sorted(
        (one for one in found if one.call == "more" and one.change >= WORTH), key=lambda one: -one.change
    )
    less = sorted((one for one in found if one.call == "less"), key=lambda one: one.change)
    said = [_less(one, today) for one in less[:NAMED]]
    said += [_more(one, today, page_fails=page_fails) for one in more[:NAMED]]
    scarce = dict.fromkeys((one.spent.item, one.spent.name) for one in found if one.call == "scarce")
    return said + [_scarce(*one) for one in scarce]


def _values(one: Purchase) -> dict[str, Value]:
    low, high = one.marginal_range or (None, None)
    sold = one.brings(one.change)
    return {
        "item": one.spent.name,
        "scene": one.spent.scene_name,
        "now": message.money(round(one.daily)),
        "change": message.money(round(abs(one.change))),
        "roi": message.ratio(one.spent.roi),
        "marginal": message.ratio(one.marginal),
        "low": message.ratio(low),
        "high": message.ratio(high),
        "even": message.ratio(one.spent.break_even),
        "least": message.money(None if sold is None else round(sold[0])),
        "most": message.money(None if sold is None else round(sold[1])),
    }


def _more(one: Purchase, today: date, *, page_fails: bool) -> Finding[Words]:
    values = _values(one)
    about = About(item=one.spent.item, scene=one.spent.scene)
    text: Words
    if page_fails:
        text = say(
            "{scene} for {item} could take {change} a day more of ad spend (this additional "
            "spend would return {marginal} per yuan, break-even {even}), but only once the page "
            "is good again.",
            **values,
        )
        return finding("promotion", "more", "info", text, about=about)
    text = say(
        "Buy more: {scene} for {item}, {change} a day on top of {now}. The additional spend returns "
        "{marginal} per yuan ({low}–{high}), break-even {even}; expect {least} to {most} more sales "
        "a day.",
        **values,
    )
    text = message.sentences([text, net_note(one.spent)])
    ask = Proposal(
        "promotion",
        say("{scene} for {item}: spend {change} a day more, check again in four days", **values),
        metric="visitors",
        direction="up",
        due=(today + timedelta(days=4)).isoformat(),
        item=one.spent.item,
        deed="raise_spend",
        about=about,
        price=one.daily + one.change,
    )
    return finding("promotion", "more", "good", text, ask, about=about, impact=_gain(one))


def _gain(one: Purchase) -> Impact | None:
    """Return the sales per day gained by buying more, with their range; None if unknown.

    The gain is the geometric mean of the two ends of the range.
    """
    sold = one.brings(one.change)
    if sold is None:
        return None
    low, high = sold
    return Impact(math.sqrt(low * high), "day", low, high, side="gain")


def _less(one: Purchase, today: date) -> Finding[Words]:
    about = About(item=one.spent.item, scene=one.spent.scene)
    values = _values(one)
    returned: dict[str, Value] = {
        "roi": message.price(one.spent.roi),
        "marginal": message.price(one.marginal),
        "even": message.price(one.spent.break_even),
    }
    text: Words = say(
        "Buy less: {scene} for {item} returns {roi} per yuan on average, but the last part spent "
        "only {marginal} (break-even {even}). Cut a fifth and save {change} a day.",
        **(values | returned),
    )
    if one.spent.never_pays:
        text = say(
            "Buy less: {scene} of {item}. After refunds, fees and parcels an order loses money even "
            "without ads, so no return is high enough. Cut a fifth, save {change} a day.",
            **values,
        )
    ask = Proposal(
        "promotion",
        say("{scene} for {item}: spend {change} a day less", **values),
        metric="cost",
        direction="down",
        due=(today + timedelta(days=1)).isoformat(),
        expected=round(one.daily + one.change),
        item=one.spent.item,
        deed="lower_spend",
        about=about,
        price=one.daily + one.change,
    )
    text = message.sentences([text, "" if one.spent.never_pays else net_note(one.spent)])
    roi, even = one.spent.roi, one.spent.break_even
    bad = one.spent.never_pays or (roi is not None and even is not None and roi < even)
    level: LevelName = "act" if bad and -one.change >= 5 * WORTH else "watch"
    impact = Impact(-one.change, "day", of="margin")
    return finding("promotion", "less", level, text, ask, about=about, impact=impact)


def _scarce(item: str, name: Words) -> Finding[Words]:
    text = say(
        "{item} will run out before new stock arrives. Do not buy more traffic for it, whatever the ROI.",
        item=name,
    )
    return finding("promotion", "scarce", "info", text, about=About(item=item))


def of_strengths(found: Sequence[Strength], today: date) -> list[Finding[Words]]:
    """Return findings on what items that reach their target do better, and which items could do the same."""
    return [_strength(one, today) for one in found[:NAMED]]


def _strength(one: Strength, today: date) -> Finding[Words]:
    about = About(item=one.selling.item)
    show: Callable[[float], Words] = message.money if one.kind == "price" else message.percent
    values: dict[str, Value] = {
        "item": one.selling.name,
        "week": message.money(one.selling.week),
        "aim": message.money(one.selling.aim),
        "value": show(one.value),
        "usual": show(one.usual),
    }
    text = {
        "conversion": say(
            "{item} is above its target ({week} in 7 days, target {aim}). Its strength is "
            "conversion: {value}, while items of a similar price have {usual}.",
            **values,
        ),
        "source": say(
            "{item} is above its target ({week} in 7 days, target {aim}). Its strength is free search: "
            "{value} of its visitors, usually {usual}.",
            **values,
        ),
        "price": say(
            "{item} is above its target ({week} in 7 days, target {aim}). Its strength is the "
            "price: each buyer pays {value}, for similar items {usual}, and its conversion is no "
            "lower.",
            **values,
        ),
    }[one.kind]
    if not one.copies:
        return finding("promotion", "strength", "good", text, about=about)
    names = message.listing([copy.name for copy in one.copies])
    role = {"conversion": "design", "source": "content", "price": "operator"}[one.kind]
    todo = {
        "conversion": say(
            "{names}: make the first pictures and selling points like those of {item}", names=names, **values
        ),
        "source": say("{names}: put the keywords that work for {item} into the title", names=names, **values),
        "price": say(
            "{names}: try a slightly higher price or a better bundle, as {item} has", names=names, **values
        ),
    }[one.kind]
    metric = {"conversion": "item_conversion", "source": "item_visitors", "price": "item_aov"}[one.kind]
    due = (today + timedelta(days=3)).isoformat()
    copied = one.copies[0].item
    ask = Proposal(role, todo, metric=metric, direction="up", due=due, item=copied, about=About(item=copied))
    more = say("{text} Apply it to: {names}.", text=text, names=names)
    return finding("promotion", "strength", "good", more, ask, about=about)


def of_plans(
    plans: Records[PromotionPlan], price: tuple[float, float] | None, shop: Shop, today: date
) -> list[Finding[Words]]:
    """Return findings on today's proposals of the promotion team, compared with the price of a visitor.

    If there are none, return a finding that says so.
    """
    own = [one for one in plans if one.at.astimezone(shop.zone).date() == today]
    if not own:
        text = say(
            "Today the promotion team has not proposed anything yet: hear its proposal before you show "
            "this screen."
        )
        return [finding("promotion", "first", "info", text)]
    return [_plan(one.value, one.id, price) for one in own]


def _plan(plan: PromotionPlan, place: str, price: tuple[float, float] | None) -> Finding[Words]:
    about = About(entry=place)
    asked = say(
        "The promotion team proposes {channel}: {budget} a day more.",
        channel=plan.channel,
        budget=message.money(plan.budget),
    )
    if not plan.budget or not plan.visitors or price is None:
        text = say(
            "{asked} The proposal lacks the number of visitors or the amount of money, so it cannot "
            "be checked.",
            asked=asked,
        )
        return finding("promotion", "plan", "info", text, about=about)
    each = cost_per_visitor(plan.budget, plan.visitors).value or 0.0
    values: dict[str, Value] = {
        "asked": asked,
        "each": message.money(each),
        "low": message.money(price[0]),
        "high": message.money(price[1]),
    }
    if each < price[0]:
        text = say(
            "{asked} That is {each} a visitor. An additional visitor costs {low}–{high} in this shop, "
            "so the proposal expects too many visitors.",
            **values,
        )
        return finding("promotion", "plan", "watch", text, about=about)
    if each > price[1]:
        text = say(
            "{asked} That is {each} a visitor. An additional visitor costs {low}–{high} in this shop, "
            "so it is too expensive.",
            **values,
        )
        return finding("promotion", "plan", "watch", text, about=about)
    text = say(
        "{asked} {each} a visitor matches what an additional visitor costs in this shop ({low}–{high}).",
        **values,
    )
    return finding("promotion", "plan", "good", text, about=about)
