"""The findings about keywords, ad types and pictures; everything else is only in the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.shop.settings import Shop
from core.topics.ads.keywords.additions import Addition
from core.topics.ads.keywords.pictures import Picture
from core.topics.ads.keywords.verdicts import ItemKeyword, by_decision
from core.topics.ads.traffic.spending import Spending, net_note
from core.topics.ads.traffic_holds import Why
from core.topics.page import page_gate

NAMED = 3
"""The maximum number of keywords of one kind that get a finding of their own."""
_BUYS_MORE = ("raise", "add")
"""The kinds of findings that buy more visitors."""
CENT = 0.01
"""Prices within this many yuan of each other are the same."""
LOSS_A_DAY = 20.0
"""The smallest loss in yuan per day that is reported (a judgement)."""


def of_words(words: Sequence[ItemKeyword], today: date) -> list[Finding[Words]]:
    """Return findings on keywords to delete, the largest bid changes, and keywords to leave alone."""
    found = [_delete(word, today) for word in by_decision(words, "delete")]
    found += [_price(word, today) for word in by_decision(words, "lower")[:NAMED]]
    found += [_price(word, today) for word in by_decision(words, "raise")[:NAMED]]
    found += [_moved(word) for word in words if word.moved is not None and word.decision == "keep"]
    return found + _observed(by_decision(words, "observe"))


def _delete(word: ItemKeyword, today: date) -> Finding[Words]:
    judged, loss = word.judged, -(word.daily_profit or 0.0)
    text = message.plural(
        "Delete “{word}” ({item}): {clicks} clicks brought {n} order, conversion probably {rate} "
        "({low}–{high}); break-even is {even}. It loses about {money} a day.",
        "Delete “{word}” ({item}): {clicks} clicks brought {n} orders, conversion probably {rate} "
        "({low}–{high}); break-even is {even}. It loses about {money} a day.",
        round(word.orders),
        word=word.text,
        item=word.item_name,
        clicks=message.count(word.clicks),
        rate=message.percent(judged.rate),
        low=message.percent(judged.low),
        high=message.percent(judged.high),
        even=message.percent(judged.break_even_rate),
        money=message.money(round(loss)),
    )
    if judged.break_even_rate is None:
        text = say(
            "Delete “{word}” ({item}): after refunds, fees and parcels, an order of {item} loses money "
            "even without ads. The keyword costs about {money} a day.",
            word=word.text,
            item=word.item_name,
            money=message.money(round(loss)),
        )
    text = message.sentences([text, _only_by_margin(word)])
    ask = Proposal(
        "promotion",
        say("Delete “{word}” from the ad plan of {item}", word=word.text, item=word.item_name),
        metric="cost",
        direction="down",
        due=_tomorrow(today),
        expected=0.0,
        item=word.text,
        deed="delete_word",
        about=word.about,
    )
    impact = Impact(loss, "day", of="margin") if loss > 0 else None
    return finding("paid", "delete", "act", text, ask, about=word.about, impact=impact)


def _price(word: ItemKeyword, today: date) -> Finding[Words]:
    judged, raised = word.judged, word.decision == "raise"
    values: dict[str, Value] = {
        "word": word.text,
        "item": word.item_name,
        "now": message.price(judged.cpc),
        "next": message.price(word.next_cpc),
        "worth": message.price(judged.max_cpc),
        "rate": message.percent(judged.rate),
        "low": message.percent(judged.low),
        "high": message.percent(judged.high),
    }
    if raised:
        text = say(
            "Raise the bid on “{word}” ({item}) until a click costs {next} (now {now}): it converts "
            "{rate} ({low}–{high}), so a click is worth {worth}.",
            **values,
        )
        todo = say("Raise the bid on “{word}” until a click costs {next}", **values)
    else:
        text = say(
            "Lower the bid on “{word}” ({item}) until a click costs {next} (now {now}): it converts "
            "{rate} ({low}–{high}), so a click is worth {worth} at most.",
            **values,
        )
        todo = say("Lower the bid on “{word}” until a click costs {next}", **values)
        text = message.sentences([text, _aim(word), _only_by_margin(word)])
    ask = Proposal(
        "promotion",
        todo,
        metric="cpc",
        direction="up" if raised else "down",
        due=_tomorrow(today),
        expected=None if word.next_cpc is None else round(word.next_cpc, 2),
        item=word.text,
        deed="raise_bid" if raised else "lower_bid",
        about=word.about,
        price=word.next_cpc,
    )
    if raised:
        return finding("paid", "raise", "good", text, ask, about=word.about)
    return finding("paid", "lower", "watch", text, ask, about=word.about)


def _aim(word: ItemKeyword) -> Words:
    """Return the text on the cost per click to aim for, and on whether it takes several steps to reach."""
    aim, price = word.judged.target_cpc, message.price(word.judged.target_cpc)
    if aim is not None and word.next_cpc is not None and word.next_cpc > aim + CENT:
        return say(
            "The aim is {price} a click, so that a profit is left; lower the bid step by step.", price=price
        )
    return say("The aim is {price} a click, so that a profit is left.", price=price)


def _only_by_margin(word: ItemKeyword) -> Words:
    """Return the text saying that a keyword's margin covers its cost, but not after fees; else empty."""
    order, now = word.order, word.judged.cpc
    if order is None or now is None or not word.pays_by_margin_only:
        return ""
    return say(
        "Judged by margin alone, this keyword would pay: an order's margin is {margin}, but only {value} "
        "remains after fees, parcels and returns.",
        margin=message.price(order.margin_kept),
        value=message.price(order.value),
    )


def _moved(word: ItemKeyword) -> Finding[Words]:
    text = say(
        "“{word}” ({item}): its cost per click just changed by {change}. Leave it until the orders "
        "of those clicks are credited.",
        word=word.text,
        item=word.item_name,
        change=message.percent(word.moved, 0, sign=True),
    )
    return finding("paid", "moved", "info", text, about=word.about)


def _observed(words: Sequence[ItemKeyword]) -> list[Finding[Words]]:
    if not words:
        return []
    few = min(words, key=lambda word: word.clicks)
    missing = sum(word.judged.more_clicks for word in words)
    cost = sum(word.missing_yuan or 0.0 for word in words)
    names = message.listing(
        [
            say(
                "{word} ({orders}/{clicks})",
                word=word.text,
                orders=message.count(word.orders),
                clicks=message.count(word.clicks),
            )
            for word in sorted(words, key=lambda one: one.clicks)[:6]
        ]
    )
    text = say(
        "Leave these alone, they have too few clicks to judge (orders/clicks): {names}. {clicks} "
        "clicks prove nothing; together they need about {missing} more (about {cost}).",
        names=names,
        clicks=message.count(few.clicks),
        missing=message.count(missing),
        cost=message.money(round(cost)),
    )
    return [finding("paid", "observe", "info", text)]


def of_additions(found: Sequence[Addition], held: Mapping[str, Why], today: date) -> list[Finding[Words]]:
    """Return findings on keywords to add with their first bid.

    Items in ``held`` must not get more buyers now; their keywords are to be added later.
    """
    return [_wait(one, why) if (why := held.get(one.item, "")) else _add(one, today) for one in found[:NAMED]]


def _wait(one: Addition, why: Why) -> Finding[Words]:
    values: dict[str, Value] = {
        "term": one.term,
        "item": one.item_name,
        "rate": _believed(one),
    }
    if why == "stock":
        text = say(
            "{item} does not advertise “{term}”, which converts {rate} in free search; add it once "
            "stock arrives.",
            **values,
        )
    elif why == "price":
        text = say(
            "{item} does not advertise “{term}”, which converts {rate} in free search; add it once the "
            "price is above cost.",
            **values,
        )
    else:
        text = say(
            "{item} does not advertise “{term}”, which converts {rate} in free search; add it once "
            "reviews and refunds are back to normal.",
            **values,
        )
    return finding("paid", "add", "info", text, about=one.about)


def _believed(one: Addition) -> Words:
    """Return the text with a term's buyers and visitors, and the conversion estimated from these numbers."""
    return say(
        "{k}/{n}, probably {rate} ({low}–{high})",
        k=message.count(one.buyers),
        n=message.count(one.visitors),
        rate=message.percent(one.rate),
        low=message.percent(one.low),
        high=message.percent(one.high),
    )


def _add(one: Addition, today: date) -> Finding[Words]:
    values: dict[str, Value] = {
        "term": one.term,
        "item": one.item_name,
        "rate": _believed(one),
        "price": message.price(one.first_cpc),
    }
    if one.first_cpc is None:
        text = say("Add “{term}” to the ads of {item}: in free search it converts {rate}.", **values)
        todo = say("Add “{term}” to the ad plan of {item}", **values)
    else:
        text = say(
            "Add “{term}” to the ads of {item}: in free search it converts {rate}. Start with {price} a "
            "click.",
            **values,
        )
        todo = say("Add “{term}” to the ad plan of {item} at {price} a click", **values)
    ask = Proposal(
        "promotion",
        todo,
        metric="ad_clicks",
        direction="up",
        due=_tomorrow(today),
        item=one.term,
        deed="add_word",
        about=one.about,
        price=one.first_cpc,
    )
    return finding("paid", "add", "info", text, ask, about=one.about)


def of_scarce(
    words: Sequence[ItemKeyword], names: Mapping[str, Words], scarce: Mapping[str, float]
) -> list[Finding[Words]]:
    """Return findings on advertised items about to sell out, whose keyword bids must not be raised."""
    bought = {word.item for word in words}
    found: list[Finding[Words]] = []
    for item, days in scarce.items():
        if item in bought:
            text = say(
                "{item}: {days} days of cover. Do not raise or add its keywords until stock arrives.",
                item=names.get(item, item),
                days=message.ratio(days, 1),
            )
            found.append(finding("paid", "scarce", "watch", text, about=About(item=item)))
    return found


def losing(found: Sequence[Spending], shop: Shop) -> list[Spending]:
    """Return the ads other than keyword ads that likely lose at least 20 yuan a day, largest loss first."""
    likely = shop.thresholds.likely
    bad = [
        one
        for one in found
        if not one.by_keyword and (one.chance_bad or 0.0) >= likely and (one.daily_loss or 0.0) >= LOSS_A_DAY
    ]
    return sorted(bad, key=lambda one: -(one.daily_loss or 0.0))


def of_spending(found: Sequence[Spending], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on the items and ad types that likely lose the most, and on the best earning one."""
    said = [_losing(one, today) for one in losing(found, shop)[:NAMED]]
    likely = shop.thresholds.likely
    earning = [one for one in found if one.chance_bad is not None and one.chance_bad <= 1 - likely]
    if earning:
        best = min(earning, key=lambda one: one.daily_loss or 0.0)
        text: Words = say(
            "{item} earns most with {scene}: ROI {roi} ({low}–{high}), break-even {even}.",
            **_roi_values(best),
        )
        text = message.sentences([text, net_note(best)])
        said.append(finding("paid", "earns", "good", text, about=About(item=best.item)))
    return said


def _losing(one: Spending, today: date) -> Finding[Words]:
    loss, about = one.daily_loss or 0.0, About(item=one.item, scene=one.scene)
    text: Words = say(
        "{scene} for {item} probably loses money: ROI {roi} ({low}–{high}), break-even {even}; "
        "about {loss} a day.",
        loss=message.money(round(loss)),
        **_roi_values(one),
    )
    if one.never_pays:
        text = say(
            "{scene} of {item} loses about {loss} a day: after refunds, fees and parcels, an order "
            "loses money even without ads.",
            loss=message.money(round(loss)),
            **_roi_values(one),
        )
    ask = Proposal(
        "promotion",
        say(
            "Lower the bids or the budget of {scene} for {item} by a fifth",
            scene=one.scene_name,
            item=one.name,
        ),
        metric="cost",
        direction="down",
        due=_tomorrow(today),
        item=one.item,
        deed="lower_spend",
        about=about,
    )
    level: LevelName = "act" if loss >= 5 * LOSS_A_DAY else "watch"
    impact = Impact(loss, "day", of="margin") if loss > 0 else None
    text = message.sentences([text, net_note(one)])
    return finding("paid", "scene", level, text, ask, about=about, impact=impact)


def _roi_values(one: Spending) -> dict[str, Value]:
    return {
        "item": one.name,
        "scene": one.scene_name,
        "roi": message.ratio(one.roi),
        "low": message.ratio(one.low),
        "high": message.ratio(one.high),
        "even": message.ratio(one.break_even),
    }


def of_pictures(found: Sequence[Picture], today: date) -> list[Finding[Words]]:
    """Return findings on the two worst pictures with clearly too few clicks although the keywords convert."""
    return [_picture(one, today) for one in found if one.change][:2]


def _picture(one: Picture, today: date) -> Finding[Words]:
    about = About(item=one.item)
    text: Words = say(
        "{item}: the click rate of its picture is {ctr}, where the same ad slots usually give "
        "{usual}, and its keywords convert well: the picture is probably the problem.",
        item=one.name,
        ctr=message.percent(one.found.plain_ctr, 2),
        usual=message.percent(one.usual_ctr, 2),
    )
    todo = say("Make a new main picture for {item} and test it beside the old one", item=one.name)
    if one.sample is not None:
        sample = message.count(one.sample)
        text = message.sentences(
            [text, say("Each picture in the test needs {sample} impressions.", sample=sample)]
        )
        todo = say(
            "Make a new main picture for {item} and test it beside the old one ({sample} impressions each)",
            item=one.name,
            sample=sample,
        )
    ask = Proposal(
        "design",
        todo,
        metric="ctr",
        direction="up",
        due=(today + timedelta(days=3)).isoformat(),
        expected=round(one.usual_ctr, 4),
        item=one.item,
        deed="test_picture",
        about=about,
    )
    return finding("paid", "picture", "watch", text, ask, about=about)


def waiting_for_page(found: Sequence[Finding[Words]], bounce: float | None) -> list[Finding[Words]]:
    """Return the findings, without proposals to buy visitors while the pages' bounce rate is too high.

    ``bounce`` is the bounce rate if it is over the limit; None if it is not.
    """
    if bounce is None:
        return list(found)
    kept = [page_gate.waiting(one) if one.kind in _BUYS_MORE and one.proposals else one for one in found]
    if all(one.kind not in _BUYS_MORE for one in found):
        return kept
    text = say(
        "The bounce rate is {bounce}, above its limit. Lower bids and delete keywords now; raise bids "
        "and add keywords once the page is good again.",
        bounce=message.percent(bounce),
    )
    return [*kept, finding("paid", "page", "watch", text)]


def _tomorrow(today: date) -> str:
    return (today + timedelta(days=1)).isoformat()
