"""What is said about bad reviews, open cases and copies, and what to do today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Finding, Proposal
from core.language import wording
from core.language.wording import say
from core.records.records import ListingCopy, Recorded, ReviewCase
from core.topics.reviews.bad_reviews import WEEK, Bad, Watched
from core.topics.reviews.lexicon import ASPECTS, counted

FEWEST_SAME = 3
"""Different reviews that make a theme (analysis 10)."""
LATE_DAYS = 2
"""Days after which an open case is late; the aim is a day."""
CHASE_DAYS = 7
"""Days after which a complaint without a result is asked after."""
MAKER = ("seams", "colour", "fabric", "smell")
"""Aspects that are decided where the goods are made."""


def rising(one: Watched, today: date) -> Finding:
    """Say that bad reviews rose, what they are about, and who does what."""
    text = say(
        "{item}: {bad} bad of {n} reviews in {days} days, usually {usual}. That is a rise. {themes}",
        item=one.name,
        bad=len(one.bad),
        n=one.reviews,
        days=WEEK,
        usual=wording.percent(one.usual),
        themes=themes(one.bad),
    ).strip()
    service = Proposal(
        "service",
        say(
            "Answer the {n} bad reviews of {item} today: contact, refund or resend, then reply",
            n=len(one.bad),
            item=one.name,
        ),
        due=today.isoformat(),
        item=one.item,
    )
    return Finding(f"reviews/rise/{one.item}", "act", text, (_cure(one, today), service))


def _cure(one: Watched, today: date) -> Proposal:
    """Who ends it: the maker where the goods are at fault, else whoever writes the page or answers."""
    leading = counted(bad.words for bad in one.bad)
    first = leading[0][0] if leading else ""
    due = (today + timedelta(days=WEEK)).isoformat()
    values = {"item": one.name, "theme": word_for(first, one.bad) if first else ""}
    if first in MAKER:
        role, text = (
            "supply",
            say("Stop the batch of {item}, check the stock for {theme}, talk to the maker", **values),
        )
    elif first == "size":
        role, text = (
            "content",
            say("Put the size advice of {item} right on the page and in service's answers", **values),
        )
    elif first == "service":
        role, text = (
            "service",
            say("Read the conversations behind the bad reviews of {item} with the team", **values),
        )
    else:
        role, text = "operator", say("Find the cause of the bad reviews of {item} and end it", **values)
    return Proposal(
        role,
        text,
        metric="negative_reviews",
        direction="down",
        due=due,
    )


def themes(bad: Sequence[Bad]) -> str:
    """Say what three or more different reviews are about; nothing when no three agree."""
    found = [(name, n) for name, n in counted(one.words for one in bad) if n >= FEWEST_SAME]
    if not found:
        return ""
    named = [f"{say(name)} {n} ({word_for(name, bad)})" for name, n in found]
    return say("About: {themes}.", themes=wording.listing(named))


def word_for(aspect: str, bad: Sequence[Bad]) -> str:
    """Return the word most of the reviews about the aspect use."""
    used = Counter(word for one in bad for word in ASPECTS[aspect] if word in one.words)
    return used.most_common(1)[0][0] if used else say(aspect)


def usual(one: Watched, today: date) -> Finding:
    """Say that there are bad reviews and that they are no more than usual."""
    open_ones = [bad for bad in one.bad if not bad.answered]
    first = open_ones[0] if open_ones else one.bad[0]
    text = wording.plural(
        "{item}: {n} bad review in {days} days, no more than usual: “{text}”. Answer it; no more is needed.",
        "{item}: {n} bad reviews in {days} days, no more than usual; newest: “{text}”. Answer them.",
        len(one.bad),
        item=one.name,
        days=WEEK,
        text=first.words[:30],
    )
    ask = Proposal(
        "service",
        say("Answer the bad review of {item}: “{text}”", item=one.name, text=first.words[:30]),
        due=today.isoformat(),
        item=one.item,
    )
    return Finding(f"reviews/usual/{one.item}", "info", text, (ask,) if open_ones else ())


def additions(bad: Sequence[Bad], names: Mapping[str, str], today: date) -> list[Finding]:
    """Point at complaints that stand in an addition to a good review, where a filter by grade misses them."""
    since = today - timedelta(days=2 * WEEK)
    found = [one for one in bad if one.why == "addition" and one.day >= since and one.item in names]
    return [
        Finding(
            f"reviews/addition/{one.review}",
            "watch",
            say(
                "{item}: a good review of {day} was added to: “{text}”. A filter by grade does not show it.",
                item=names[one.item],
                day=wording.short_day(one.day),
                text=one.appended[:30],
            ),
            (
                Proposal(
                    "service",
                    say("Answer the addition: “{text}”", text=one.appended[:30]),
                    due=today.isoformat(),
                    item=one.item,
                ),
            ),
        )
        for one in found[:3]
    ]


def cases(open_cases: Sequence[Recorded[ReviewCase]], names: Mapping[str, str], today: date) -> list[Finding]:
    """Say which recorded cases wait longer than they should."""
    late = [one for one in open_cases if (today - one.at.date()).days >= LATE_DAYS]
    if not late:
        return []
    oldest = min(late, key=lambda one: one.at)
    text = wording.plural(
        "{n} review case is open for two days or longer; the oldest since {day}: {item}, {theme}.",
        "{n} review cases are open for two days or longer; the oldest since {day}: {item}, {theme}.",
        len(late),
        day=wording.short_day(oldest.at.date()),
        item=names.get(oldest.value.item, oldest.value.item),
        theme=oldest.value.theme or oldest.value.text[:20],
    )
    ask = Proposal(
        "service", say("Close the open review cases or say what is missing"), due=today.isoformat()
    )
    return [Finding("reviews/cases", "watch", text, (ask,))]


def copies(
    found: Sequence[Recorded[ListingCopy]], names: Mapping[str, str], prices: Mapping[str, float], today: date
) -> list[Finding]:
    """Say which copies to complain about, which complaints to chase, and what was taken down."""
    said = [_copy(one, names, prices, today) for one in found]
    return [one for one in said if one is not None]


def _copy(
    one: Recorded[ListingCopy], names: Mapping[str, str], prices: Mapping[str, float], today: date
) -> Finding | None:
    copy, age = one.value, (today - one.at.date()).days
    key = f"reviews/copy/{copy.item}/{copy.shop}"
    values = {
        "item": names.get(copy.item, copy.item),
        "shop": copy.shop,
        "days": age,
        "price": wording.money(copy.price),
        "ours": wording.money(_rounded(prices.get(copy.item))),
    }
    if copy.state == "found" and copy.stolen_pictures:
        text = say(
            "{shop} copies {item} with our pictures, {price} against our {ours}; no complaint filed yet.",
            **values,
        )
        ask = Proposal(
            "design",
            say("File the picture complaint against {shop} with the original files", **values),
            due=today.isoformat(),
            item=copy.item,
        )
        return Finding(key, "act", text, (ask,))
    if copy.state == "found":
        text = say(
            "{shop} sells the same as {item} for {price}, ours {ours}; own pictures, so no complaint: "
            "answer with what we do better.",
            **values,
        )
        return Finding(key, "info", text)
    if copy.state == "complained" and age >= CHASE_DAYS:
        ask = Proposal(
            "design",
            say("Ask after the complaint against {shop}", **values),
            due=today.isoformat(),
            item=copy.item,
        )
        return Finding(
            key,
            "watch",
            say("The complaint against {shop} ({item}) has no result after {days} days.", **values),
            (ask,),
        )
    if copy.state == "removed" and age <= CHASE_DAYS:
        return Finding(key, "good", say("{shop}'s copy of {item} is gone: the complaint worked.", **values))
    return None


def _rounded(price: float | None) -> float | None:
    return None if price is None else round(price)
