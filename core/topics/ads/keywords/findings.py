"""What is said about bought words, scenes and pictures: few findings, the rest is in the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Finding, LevelName, Proposal
from core.language import wording
from core.language.wording import say
from core.shop.settings import Shop
from core.topics.ads.keywords.additions import Addition
from core.topics.ads.keywords.pictures import Picture
from core.topics.ads.keywords.verdicts import Word, by_decision
from core.topics.ads.traffic.spending import Spending
from core.topics.ads.traffic_holds import Why

NAMED = 3
"""Words of one kind that get their own line; the others stand in the table."""
LOSS_A_DAY = 20.0
"""Yuan a day below which a loss is not worth a line [judgement]."""


def of_words(words: Sequence[Word], today: date) -> list[Finding]:
    """Return deletions one by one, the largest changes of price, and what is to be left alone."""
    found = [_delete(word, today) for word in by_decision(words, "delete")]
    found += [_price(word, today) for word in by_decision(words, "lower")[:NAMED]]
    found += [_price(word, today) for word in by_decision(words, "raise")[:NAMED]]
    found += [_moved(word) for word in words if word.moved is not None and word.decision == "keep"]
    return found + _observed(by_decision(words, "observe"))


def _delete(word: Word, today: date) -> Finding:
    judged = word.judged
    text = say(
        "Delete “{word}” ({item}): {clicks} clicks brought {orders} orders, conversion {rate} ({low}–{high}) "
        "where {even} would pay. It loses about {money} a day.",
        word=word.text,
        item=word.item_name,
        clicks=wording.count(word.clicks),
        orders=wording.count(word.orders),
        rate=wording.percent(judged.rate),
        low=wording.percent(judged.low),
        high=wording.percent(judged.high),
        even=wording.percent(judged.break_even_rate),
        money=wording.money(round(-(word.daily_profit or 0.0))),
    )
    ask = Proposal(
        "promotion",
        say("Delete “{word}” from the plan of {item}", word=word.text, item=word.item_name),
        metric="cost",
        direction="down",
        due=_tomorrow(today),
        expected=0.0,
        item=word.text,
    )
    return Finding(f"paid/delete/{word.item}/{word.text}", "act", text, (ask,))


def _price(word: Word, today: date) -> Finding:
    judged, raised = word.judged, word.decision == "raise"
    values = {
        "word": word.text,
        "item": word.item_name,
        "now": yuan(judged.cpc),
        "next": yuan(word.next_cpc),
        "worth": yuan(judged.max_cpc),
        "rate": wording.percent(judged.rate),
        "low": wording.percent(judged.low),
        "high": wording.percent(judged.high),
    }
    if raised:
        text = say(
            "Raise “{word}” ({item}) from {now} to {next} a click: it converts {rate} ({low}–{high}), "
            "a click is worth {worth}.",
            **values,
        )
        todo = say("Raise “{word}” until a click costs {next}", **values)
    else:
        text = say(
            "Lower “{word}” ({item}) from {now} to {next} a click: at {rate} ({low}–{high}) "
            "a click is worth {worth} at most.",
            **values,
        )
        todo = say("Lower “{word}” until a click costs {next}", **values)
    ask = Proposal(
        "promotion",
        todo,
        metric="cpc",
        direction="up" if raised else "down",
        due=_tomorrow(today),
        expected=None if word.next_cpc is None else round(word.next_cpc, 2),
        item=word.text,
    )
    kind = "raise" if raised else "lower"
    return Finding(f"paid/{kind}/{word.item}/{word.text}", "good" if raised else "watch", text, (ask,))


def _moved(word: Word) -> Finding:
    text = say(
        "“{word}” ({item}): its price already moved by {change}. Leave it until those clicks are credited.",
        word=word.text,
        item=word.item_name,
        change=wording.percent(word.moved, 0, sign=True),
    )
    return Finding(f"paid/moved/{word.item}/{word.text}", "info", text)


def _observed(words: Sequence[Word]) -> list[Finding]:
    if not words:
        return []
    few = min(words, key=lambda word: word.clicks)
    missing = sum(word.judged.more_clicks for word in words)
    cost = sum(word.missing_yuan or 0.0 for word in words)
    names = wording.listing(
        [
            f"{word.text} ({wording.count(word.orders)}/{wording.count(word.clicks)})"
            for word in sorted(words, key=lambda one: one.clicks)[:6]
        ]
    )
    text = say(
        "Leave alone, too few clicks to judge (orders/clicks): {names}. {clicks} clicks say nothing; all of "
        "them together need about {missing} more (≈ {cost}).",
        names=names,
        clicks=wording.count(few.clicks),
        missing=wording.count(missing),
        cost=wording.money(round(cost)),
    )
    return [Finding("paid/observe", "info", text)]


def of_additions(found: Sequence[Addition], held: Mapping[str, Why], today: date) -> list[Finding]:
    """Return the words to add with the price to start at; those of a held item wait."""
    return [_wait(one, why) if (why := held.get(one.item, "")) else _add(one, today) for one in found[:NAMED]]


def _wait(one: Addition, why: Why) -> Finding:
    values = {
        "term": one.term,
        "item": one.item_name,
        "rate": wording.rate_of(one.buyers, one.visitors, one.low, one.high),
    }
    if why == "stock":
        text = say("“{term}” is missing for {item}, {rate} for free; add it when the goods are in.", **values)
    else:
        text = say(
            "“{term}” is missing for {item}, {rate} for free; add it when its buyers are pleased again.",
            **values,
        )
    return Finding(f"paid/add/{one.item}/{one.term}", "info", text)


def _add(one: Addition, today: date) -> Finding:
    rate = wording.rate_of(one.buyers, one.visitors, one.low, one.high)
    values = {"term": one.term, "item": one.item_name, "rate": rate, "price": yuan(one.first_cpc)}
    if one.first_cpc is None:
        text = say("Add “{term}” to {item}: searched for free it converts {rate}.", **values)
        todo = say("Add “{term}” to the plan of {item}", **values)
    else:
        text = say(
            "Add “{term}” to {item}: searched for free it converts {rate}. Start at {price} a click.",
            **values,
        )
        todo = say("Add “{term}” to the plan of {item} at {price} a click", **values)
    ask = Proposal("promotion", todo, metric="ad_clicks", direction="up", due=_tomorrow(today), item=one.term)
    return Finding(f"paid/add/{one.item}/{one.term}", "info", text, (ask,))


def of_scarce(words: Sequence[Word], names: Mapping[str, str], scarce: Mapping[str, float]) -> list[Finding]:
    """Return the advertised items that are about to be sold out: their words are not raised."""
    bought = {word.item for word in words}
    found = []
    for item, days in scarce.items():
        if item in bought:
            text = say(
                "{item}: stock for {days} days. None of its words is raised or added, whatever they bring.",
                item=names.get(item, item),
                days=f"{days:.1f}",
            )
            found.append(Finding(f"paid/scarce/{item}", "watch", text))
    return found


def losing(found: Sequence[Spending], shop: Shop) -> list[Spending]:
    """Return the scenes other than keywords that likely lose a sum worth a line, the largest first."""
    likely = shop.thresholds.likely
    bad = [
        one
        for one in found
        if not one.by_keyword and (one.chance_bad or 0.0) >= likely and (one.daily_loss or 0.0) >= LOSS_A_DAY
    ]
    return sorted(bad, key=lambda one: -(one.daily_loss or 0.0))


def of_spending(found: Sequence[Spending], shop: Shop, today: date) -> list[Finding]:
    """Return the scenes that likely lose money, and the one that earns most."""
    said = [_losing(one, today) for one in losing(found, shop)[:NAMED]]
    likely = shop.thresholds.likely
    earning = [one for one in found if one.chance_bad is not None and one.chance_bad <= 1 - likely]
    if earning:
        best = min(earning, key=lambda one: one.daily_loss or 0.0)
        text = say(
            "{item} earns most by {scene}: ROI {roi} ({low}–{high}) against {even} to break even.",
            **_roi_values(best),
        )
        said.append(Finding(f"paid/earns/{best.item}", "good", text))
    return said


def _losing(one: Spending, today: date) -> Finding:
    text = say(
        "{scene} of {item} likely loses money: ROI {roi} ({low}–{high}), break-even is {even}; "
        "about {loss} a day.",
        loss=wording.money(round(one.daily_loss or 0.0)),
        **_roi_values(one),
    )
    ask = Proposal(
        "promotion",
        say("Lower the price or the budget of {scene} for {item} by a fifth", scene=one.scene, item=one.name),
        metric="cost",
        direction="down",
        due=_tomorrow(today),
        item=one.item,
    )
    level: LevelName = "act" if (one.daily_loss or 0.0) >= 5 * LOSS_A_DAY else "watch"
    return Finding(f"paid/scene/{one.item}/{one.scene}", level, text, (ask,))


def _roi_values(one: Spending) -> dict[str, str]:
    return {
        "item": one.name,
        "scene": one.scene,
        "roi": wording.ratio(one.roi),
        "low": wording.ratio(one.low),
        "high": wording.ratio(one.high),
        "even": wording.ratio(one.break_even),
    }


def of_pictures(found: Sequence[Picture], today: date) -> list[Finding]:
    """Return the pictures that draw clearly too few clicks where the words themselves convert."""
    return [_picture(one, today) for one in found if one.change][:2]


def _picture(one: Picture, today: date) -> Finding:
    sample = "" if one.sample is None else wording.count(one.sample)
    text = say(
        "{item}: the picture draws {ctr} where its slots usually give {usual}, and the words convert: "
        "likely the picture. A test needs {sample} impressions for each.",
        item=one.name,
        ctr=wording.percent(one.found.plain_ctr, 2),
        usual=wording.percent(one.usual_ctr, 2),
        sample=sample,
    )
    ask = Proposal(
        "design",
        say(
            "New main picture for {item}, run beside the old one ({sample} impressions each)",
            item=one.name,
            sample=sample,
        ),
        metric="ctr",
        direction="up",
        due=(today + timedelta(days=3)).isoformat(),
        expected=round(one.usual_ctr, 4),
        item=one.item,
    )
    return Finding(f"paid/picture/{one.item}", "watch", text, (ask,))


def yuan(price: float | None) -> str:
    """Return a price per click with its fen."""
    return wording.DASH if price is None else f"¥{price:.2f}"


def _tomorrow(today: date) -> str:
    return (today + timedelta(days=1)).isoformat()
