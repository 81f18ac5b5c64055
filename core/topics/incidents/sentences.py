"""The wording of an incident: object, counts, start, money, likely cause and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.language import message
from core.language.message import N_, Value, Words, say
from core.topics.incidents.candidates import Candidate
from core.topics.incidents.change import ObjectChange
from core.topics.incidents.item_changes import POOL
from core.topics.incidents.logged_changes import Part
from core.topics.incidents.world import Beside, World

WIDE_START = 5
"""If the interval of possible start days has this many days or more, no likeliest day is named."""
SMALL = 10.0
"""Counts per day below this are shown with one decimal."""
TINY = 0.1
"""Counts per day below this need two decimals: 0.0 would say that there never was one."""
TELLS = 2.0
"""The z-score that a change of 30 % would need before an unchanged figure is called "as usual"."""


def a_day(value: float) -> Words:
    """Return a count per day as text: an integer if whole or from 10 on, otherwise with one decimal.

    Below 0.1 it has two decimals.
    """
    if value >= SMALL or value == int(value):
        return message.count(value)
    return message.ratio(value, 1 if value >= TINY else 2)


def since(change: ObjectChange) -> Words:
    """Return the text saying since when the change has lasted, with the interval of plausible start days."""
    if change.open_start:
        return say("for three weeks or longer")
    days: dict[str, Value] = {
        "day": message.short_day(change.start),
        "first": message.short_day(change.earliest),
        "last": message.short_day(change.latest),
    }
    if change.earliest == change.latest:
        return say("since {day}", **days)
    if (change.latest - change.earliest).days >= WIDE_START:
        return say("since some day between {first} and {last}", **days)
    return say("since {day} ({first} to {last})", **days)


def headline(change: ObjectChange, world: World) -> Words:
    """Return the text saying what changed, in counts, and since when."""
    item = world.refunded_item(change.name) if change.family == "reason" else ""
    if item:
        text = N_(
            "{item}: {seen} refunds a day for “{name}”, {since}; all items together usually have {usual}."
        )
        return say(text, item=world.item_name(item), **_values(change, world))
    return say(_HEADLINES[change.family, change.metric], **_values(change, world))


def _values(change: ObjectChange, world: World) -> dict[str, Value]:
    values: dict[str, Value] = {
        "name": _name(change, world),
        "since": since(change),
        "seen": a_day(change.seen),
        "usual": a_day(change.usual),
        "seen_a_day": a_day(change.counted / max(1, change.days)),
        "usual_a_day": a_day(change.expected / max(1, change.days)),
        "rate": message.percent(change.seen, 2),
        "usual_rate": message.percent(change.usual, 2),
        "paid": message.money(change.seen),
        "usual_paid": message.money(change.usual),
        "times": message.ratio(change.ratio, 1),
        "counted": message.count(change.counted),
        "expected": a_day(change.expected),
        "visitors": message.count(change.exposure),
        "share": message.percent(change.of_own, 0),
    }
    return values


def _name(change: ObjectChange, world: World) -> Words:
    if change.family == "item":
        return (
            say("Items with few visitors, together") if change.name == POOL else world.item_name(change.name)
        )
    return change.name


_HEADLINES: Final[Mapping[tuple[str, str], str]] = {
    ("item", "conversion"): N_("{name}: {seen_a_day} buyers a day {since}, usually {usual_a_day}."),
    ("item", "cart_rate"): N_(
        "{name}: {seen_a_day} visitors a day add it to the cart {since}, usually {usual_a_day}."
    ),
    ("item", "visitors"): N_("{name}: {seen} visitors a day {since}, usually {usual}."),
    ("item", "search_visitors"): N_("{name}: {seen} visitors a day from search {since}, usually {usual}."),
    ("item", "paid_share"): N_("{name}: {seen_a_day} orders a day are paid {since}, usually {usual_a_day}."),
    ("item", "refunds"): N_("{name}: {seen} refunds a day {since}, usually {usual}."),
    ("item", "price"): N_("{name}: buyers pay {paid} a piece {since}, usually {usual_paid}."),
    ("item", "missing_row"): N_(
        "{name} has been missing from the item files {since}; it had {usual} visitors a day. Was it "
        "taken down, or left out of the file?"
    ),
    ("source", "visitors"): N_("{name}: {seen} visitors a day {since}, usually {usual}."),
    ("source", "conversion"): N_(
        "{name}: {seen_a_day} of its visitors buy each day {since}, usually {usual_a_day}."
    ),
    ("source", "new_source"): N_(
        "{name} brought {visitors} more visitors and {counted} buyers {since}; as many usual "
        "visitors of the shop would bring {expected} buyers."
    ),
    ("word", "clicks"): N_(
        "“{name}”: {seen} clicks a day {since}, usually {usual}; they brought {counted} orders, while "
        "this many clicks usually bring {expected}."
    ),
    ("word", "conversion"): N_(
        "“{name}”: {counted} orders {since}, while its clicks usually bring {expected}."
    ),
    ("agent", "conversion"): N_(
        "{name}: {seen_a_day} inquiries a day end in a payment {since}, usually {usual_a_day}."
    ),
    ("agent", "answer_time"): N_("{name}: answer time {seen} s {since}, usually {usual} s."),
    ("agent", "first_answer"): N_("{name}: time to the first answer {seen} s {since}, usually {usual} s."),
    ("reason", "refunds"): N_("Refunds for “{name}”: {seen} a day {since}, usually {usual}."),
    ("shop", "visitors"): N_("Shop: {seen} visitors a day {since}, usually {usual}."),
    ("shop", "conversion"): N_(
        "Shop: {seen_a_day} buyers a day {since}; this many visitors usually bring {usual_a_day}."
    ),
    ("shop", "price"): N_("Shop: for the same items, buyers pay {share} less {since}."),
    ("shop", "cart_rate"): N_("Shop: {rate} of visitors add to the cart {since}, usually {usual_rate}."),
    ("shop", "refunds"): N_("Shop: {paid} of refunds a day {since}, usually {usual_paid}."),
    ("shop", "returning"): N_("Shop: {rate} of visitors are returning ones {since}, usually {usual_rate}."),
    ("shop", "silent_hours"): N_(
        "Shop: {name} brought {visitors} visitors {since} but not one buyer; usually {expected} "
        "of them would buy."
    ),
}


_DIRECT: Final = ("price", "refunds", "clicks", "new_source")
"""Metrics whose loss is the amount itself, so it is named neither sales nor margin."""


def money(change: ObjectChange) -> Words:
    """Return the text of the cost per day with its interval; empty if the loss is unknown or below 1 yuan."""
    loss = change.loss
    if loss is None or loss.yuan < 1:
        return ""
    values: dict[str, Value] = {
        "yuan": message.money(round(loss.yuan)),
        "low": message.money(round(loss.low)),
        "high": message.money(round(loss.high)),
    }
    if round(loss.high) <= round(loss.low):
        return say("The loss is about {yuan} a day.", **values)
    if change.metric in _DIRECT:
        return say("The loss is about {yuan} a day ({low} to {high}).", **values)
    if loss.of == "margin":
        return say("The loss is about {yuan} of margin a day ({low} to {high}).", **values)
    return say("The loss is about {yuan} of sales a day ({low} to {high}).", **values)


_BESIDE: Final[Mapping[str, str]] = {
    "visitors": N_("visitors"),
    "cart_rate": N_("added to cart"),
    "conversion": N_("conversion"),
    "paid_share": N_("paid-order rate"),
}


FIGURES: Final[Mapping[str, str]] = {
    "visitors": N_("Visitors"),
    "conversion": N_("Conversion"),
    "price": N_("Prices paid"),
    "cart_rate": N_("Add-to-cart rate"),
    "refunds": N_("Refunds"),
    "returning": N_("Returning visitors"),
}
"""The names of the shop's figures, by metric."""


def besides(root: ObjectChange, world: World) -> Words:
    """Return the text saying which other figures of the item are as usual and which fell as well."""
    if root.family != "item" or root.metric not in ("conversion", "cart_rate", "visitors", "search_visitors"):
        return ""
    calm: list[Words] = []
    fallen: list[Words] = []
    for metric, name in _BESIDE.items():
        one = world.beside(metric, root.name, root.days) if metric != root.metric else None
        if one is None or (root.metric == "search_visitors" and metric == "visitors"):
            continue
        if one.z <= -TELLS and one.ratio <= 1.0 - 0.5 * (1.0 - root.ratio):
            fallen.append(say(name))
        elif abs(one.z) < TELLS and _telling(one, root.days):
            calm.append(say(name))
    if root.metric in ("conversion", "cart_rate") and world.price_change(root.name, root.start) == 0:
        calm.append(say("price"))
    said: list[Words] = []
    if fallen:
        said.append(say("Also down: {names}.", names=message.listing(fallen)))
    if calm:
        said.append(say("As usual: {names}.", names=message.listing(calm)))
    return message.sentences(said) if said else ""


def _telling(one: Beside, days: int) -> bool:
    """Return whether a change of 30 % would have been visible, so that "as usual" is informative."""
    return bool(0.3 * (one.usual / (1.0 + 0.02 / days * one.usual)) ** 0.5 >= TELLS)


CAUSES: Final[Mapping[Candidate, str]] = {
    "page": N_("the page or pictures"),
    "rival": N_("a rival's price"),
    "price": N_("our own higher price"),
    "sizes": N_("sizes or colours that are sold out"),
    "payment": N_("payment, coupon or stock at checkout"),
    "offer": N_("a coupon that ended, or a later delivery date"),
    "poor_visitors": N_("more visitors who do not buy"),
    "title": N_("a change of title, category or attribute"),
    "search": N_("a lower search rank"),
    "shelf": N_("fewer display positions on the platform's pages"),
    "season": N_("the season"),
    "balance": N_("the balance, budget or approval of the ads"),
    "platform": N_("a lost display position on the platform"),
    "load": N_("more inquiries than one person can answer"),
    "agent": N_("the agent answering more slowly, with the usual number of inquiries"),
    "invalid_clicks": N_("clicks from people who do not buy"),
    "batch": N_("a faulty batch or a wrong size table"),
    "process": N_("the warehouse, the courier or a promise that was not kept"),
    "coupon": N_("a wrongly set coupon or item discount"),
    "listed_price": N_("a lowered list price"),
    "shop_offer": N_("a shop coupon or a spend-and-save offer"),
    "checkout": N_("payment or coupons at checkout"),
    "demand": N_("lower demand"),
}


def cause(candidates: tuple[Candidate, ...]) -> Words:
    """Return the text naming the likely cause, or the two that cannot be told apart; empty if unknown."""
    if not candidates:
        return ""
    first = say(CAUSES[candidates[0]])
    if len(candidates) == 1:
        return say("Probably {cause}.", cause=first)
    return say("Cannot tell yet: {first}, or {second}.", first=first, second=say(CAUSES[candidates[1]]))


def logged(root: ObjectChange, world: World) -> Words:
    """Return the text saying which part of the item's listing was changed near the start; empty if none."""
    if root.family != "item":
        return ""
    one = world.changed(root.name, root.start, *_CHANGED)
    return "" if one is None else say(_CHANGED[one.part], day=message.short_day(one.day))


def rival(root: ObjectChange, world: World) -> Words:
    """Return the text on a rival's price cut near the start of the item's change; empty if there was none."""
    if root.family != "item" or root.metric not in ("conversion", "cart_rate"):
        return ""
    one = world.rivals.near(root.name, root.start)
    if one is None:
        return ""
    values: dict[str, Value] = {
        "shop": one.shop,
        "item": one.item,
        "before": message.money(one.before),
        "after": message.money(one.after),
        "day": message.short_day(one.day),
        "ours": message.money(world.paid(root.name)),
    }
    if world.rivals.says(root.name, root.earliest, root.latest) == "cannot tell":
        return say(
            "{shop} changed the price of {item} from {before} to {after} (seen on {day}), ours costs "
            "{ours}; they change prices all the time, so that says little.",
            **values,
        )
    return say(
        "{shop} changed the price of {item} from {before} to {after} (seen on {day}); ours costs "
        "{ours}. Look for their item's name in our search terms and chats.",
        **values,
    )


_CHANGED: Final[Mapping[Part, str]] = {
    "title": N_("The item's title was changed on {day}."),
    "price": N_("The item's listed price was changed on {day}."),
    "picture": N_("The item's main picture was changed on {day}."),
    "page": N_("The item's page was changed on {day}."),
}


def listed_since(change: ObjectChange) -> Words:
    """Return the text saying since when the incident has been listed; empty on its first morning."""
    if change.first is None or change.first > change.last:
        return ""
    return say("This finding has been listed since {day}.", day=message.short_day(change.first))


def consequence(change: ObjectChange, open_share: float, world: World) -> Words:
    """Return the text of a consequence, with the share of it that the root change leaves unexplained."""
    text = headline(change, world)
    if not open_share:
        return say("Consequence: {text}", text=text)
    return say(
        "Consequence (other causes account for about {share} of it): {text}",
        text=text,
        share=message.percent(open_share, 0),
    )


def look(root: ObjectChange, candidates: tuple[Candidate, ...], world: World) -> Words:
    """Return the text of the next step: a check that tells the likely causes apart, or the remedy."""
    values = _values(root, world) | {"day": message.short_day(root.start)}
    for name in (*candidates, ""):
        found = _LOOKS.get((root.family, root.metric, name))
        if found is not None:
            return say(found, **values)
    return ""


_LOOKS: Final[Mapping[tuple[str, str, str], str]] = {
    ("item", "conversion", "price"): N_("Set {name}'s price back, or note why it stays"),
    ("item", "conversion", "payment"): N_(
        "Place a test order for {name}: do payment, coupon and every size work?"
    ),
    ("item", "conversion", "sizes"): N_("Find out today when {name}'s sold-out sizes are back"),
    ("item", "conversion", "poor_visitors"): N_(
        "Find out which source or keyword sends {name} the additional visitors"
    ),
    ("item", "conversion", ""): N_(
        "First check what was changed on {name} around {day}, then rivals' prices"
    ),
    ("item", "cart_rate", ""): N_("First check what was changed on {name} around {day}, then rivals' prices"),
    ("item", "visitors", "title"): N_(
        "Search for {name}: was its title, category or an attribute changed around {day}?"
    ),
    ("item", "visitors", "search"): N_(
        "Search for {name}: was its title, category or an attribute changed around {day}?"
    ),
    ("item", "visitors", ""): N_(
        "Compare {name} with similar items and the market: did it lose display positions, or is "
        "it the season?"
    ),
    ("item", "search_visitors", ""): N_(
        "Search for {name}: was its title, category or an attribute changed around {day}?"
    ),
    ("item", "paid_share", ""): N_("Place a test order for {name}: do payment, coupon and every size work?"),
    ("item", "refunds", ""): N_("Read the newest refunds of {name} and note what they have in common"),
    ("item", "price", ""): N_(
        "Check {name}'s price, coupons and promotions now: buyers usually pay {usual_paid}"
    ),
    ("item", "missing_row", ""): N_("Check whether {name} is still listed"),
    ("source", "visitors", "balance"): N_("Check the balance, budget and approval of {name} at once"),
    ("source", "visitors", ""): N_(
        "Find out why {name} shows our shop less often; paid traffic does not replace it"
    ),
    ("source", "conversion", ""): N_(
        "Check on which page visitors from {name} arrive and to whom it shows our items"
    ),
    ("source", "new_source", ""): N_(
        "Find out whether {name} is paid traffic; if so, pause it until you know why its visitors do not buy"
    ),
    ("word", "clicks", ""): N_(
        "“{name}”: limit its daily spend, check hours and regions, ask for a check of invalid clicks"
    ),
    ("word", "conversion", ""): N_(
        "“{name}”: check its page and rank, and lower the bid until orders return"
    ),
    ("agent", "conversion", ""): N_(
        "Read five lost chats of {name} together and agree on what to say instead"
    ),
    ("agent", "answer_time", "load"): N_("Give {name} fewer chats in the busy hours"),
    ("agent", "answer_time", ""): N_("Ask {name} why answers have been slower since {day}"),
    ("agent", "first_answer", "load"): N_("Give {name} fewer chats in the busy hours"),
    ("agent", "first_answer", ""): N_("Ask {name} why answers have been slower since {day}"),
    ("reason", "refunds", ""): N_("Read the newest refunds for “{name}” and fix what causes them"),
    ("shop", "visitors", ""): N_(
        "Find out which source lost the visitors, why, and what it costs to bring them back"
    ),
    ("shop", "conversion", "checkout"): N_("Place a test order now: payment, stock, coupon"),
    ("shop", "conversion", "demand"): N_(
        "Find out what was changed around {day} on pages that all visitors see"
    ),
    ("shop", "conversion", ""): N_("Place a test order, then compare the paid-order rate with last week"),
    ("shop", "price", ""): N_("Check shop coupons and spend-and-save offers: which one lowers all prices?"),
    ("shop", "cart_rate", ""): N_("Find out what was changed around {day} on pages that all visitors see"),
    ("shop", "refunds", ""): N_("Read the newest refunds and note which part of the order they are about"),
    ("shop", "returning", ""): N_(
        "Find out which posts and messages to returning customers have been cut back since {day}"
    ),
    ("shop", "silent_hours", ""): N_("Place a test order now: payment, stock, coupon"),
}
