"""The findings about bad reviews, open cases and copied listings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Deed, Finding, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import ListingCopy, Recorded, ReviewCase
from core.topics.reviews.bad_reviews import WEEK, Bad, Watched
from core.topics.reviews.lexicon import ASPECTS, counted

FEWEST_SAME = 3
"""The fewest different reviews about a subject for it to be named."""
LATE_DAYS = 2
"""The days after which an open case is late; the aim is one day."""
CHASE_DAYS = 7
"""The days after which a complaint without a result is followed up."""
MAKER = ("seams", "colour", "fabric", "smell")
"""The review subjects that depend on the manufacturer."""


def rising(one: Watched, today: date) -> Finding[Words]:
    """Return the finding on a rise of bad reviews, their subjects and the actions."""
    text = say(
        "{item}: {bad} of {n} reviews in {days} days are bad, usually {usual}. Bad reviews have "
        "clearly increased.",
        item=one.name,
        bad=len(one.bad),
        n=one.reviews,
        days=WEEK,
        usual=message.percent(one.usual),
    )
    service = Proposal(
        "service",
        message.plural(
            "Answer the {n} bad review of {item} today: contact the buyer, refund or resend, then reply "
            "in public",
            "Answer the {n} bad reviews of {item} today: contact the buyers, refund or resend, then "
            "reply in public",
            len(one.bad),
            item=one.name,
        ),
        due=today.isoformat(),
        item=one.item,
        deed="answer_reviews",
        about=About(item=one.item),
        quantity=float(len(one.bad)),
    )
    return finding(
        "reviews",
        "rise",
        "act",
        message.sentences([text, themes(one.bad)]),
        _cure(one, today),
        service,
        about=About(item=one.item),
    )


def _cure(one: Watched, today: date) -> Proposal[Words]:
    """Return the proposal to remove the cause of the bad reviews, assigned to a role by their subject.

    The role is supply for faulty goods, content for sizes, service for service, and the operator for all
    other subjects.
    """
    leading = counted(bad.words for bad in one.bad)
    first = leading[0][0] if leading else ""
    due = (today + timedelta(days=WEEK)).isoformat()
    values: dict[str, Value] = {"item": one.name, "theme": word_for(first, one.bad) if first else ""}
    if first in MAKER:
        role, text = (
            "supply",
            say(
                "Stop shipping this batch of {item}, check the stock for {theme}, talk to the factory",
                **values,
            ),
        )
    elif first == "size":
        role, text = (
            "content",
            say(
                "Correct the size advice for {item} on the item page and in the service team's answers",
                **values,
            ),
        )
    elif first == "service":
        role, text = (
            "service",
            say("Go through the chats behind the bad reviews of {item} with the service team", **values),
        )
    else:
        role, text = "operator", say("Find and fix the cause of the bad reviews of {item}", **values)
    return Proposal(
        role,
        text,
        metric="negative_reviews",
        direction="down",
        due=due,
        about=About(item=one.item),
    )


def themes(bad: Sequence[Bad]) -> Words:
    """Return a text naming the subjects that occur in at least three different reviews; empty if none."""
    found = [(name, n) for name, n in counted(one.words for one in bad) if n >= FEWEST_SAME]
    if not found:
        return ""
    named = [say("{theme} {n} ({word})", theme=say(name), n=n, word=word_for(name, bad)) for name, n in found]
    return say("The bad reviews are mostly about: {themes}.", themes=message.listing(named))


def word_for(aspect: str, bad: Sequence[Bad]) -> str:
    """Return the subject's word that most reviews use; at least one review must use one of its words."""
    used = Counter(word for one in bad for word in ASPECTS[aspect] if word in one.words)
    return used.most_common(1)[0][0]


def usual(one: Watched, today: date) -> Finding[Words]:
    """Return the finding on bad reviews that are no more than usual."""
    open_ones = [bad for bad in one.bad if not bad.answered]
    first = open_ones[0] if open_ones else one.bad[0]
    text = message.plural(
        "{item}: {n} bad review in {days} days, no more than usual: “{text}”. A reply is enough.",
        "{item}: {n} bad reviews in {days} days, no more than usual; the newest: “{text}”. Replies "
        "are enough.",
        len(one.bad),
        item=one.name,
        days=WEEK,
        text=first.words[:30],
    )
    ask = Proposal(
        "service",
        say("Reply to the bad review of {item}: “{text}”", item=one.name, text=first.words[:30]),
        due=today.isoformat(),
        item=one.item,
        deed="answer_reviews",
        about=About(item=one.item),
    )
    asks = (ask,) if open_ones else ()
    return finding("reviews", "usual", "info", text, *asks, about=About(item=one.item))


def additions(bad: Sequence[Bad], names: Mapping[str, str], today: date) -> list[Finding[Words]]:
    """Return findings on complaints in follow-ups to good reviews, which a filter by rating misses."""
    since = today - timedelta(days=2 * WEEK)
    found = [one for one in bad if one.why == "addition" and one.day >= since and one.item in names]
    return [_addition(one, names[one.item], today) for one in found[:3]]


def _addition(one: Bad, name: str, today: date) -> Finding[Words]:
    ask = Proposal(
        "service",
        say("Reply to the follow-up review: “{text}”", text=one.appended[:30]),
        due=today.isoformat(),
        item=one.item,
        deed="answer_reviews",
        about=About(entry=one.review),
    )
    text = say(
        "{item}: a good review of {day} got a bad follow-up (“{text}”); filtering by stars hides it.",
        item=name,
        day=message.short_day(one.day),
        text=one.appended[:30],
    )
    return finding("reviews", "addition", "watch", text, ask, about=About(entry=one.review))


def cases(
    open_cases: Sequence[Recorded[ReviewCase]], names: Mapping[str, str], today: date
) -> list[Finding[Words]]:
    """Return the finding on recorded cases that have been open for two days or longer; empty if none."""
    late = [one for one in open_cases if (today - one.at.date()).days >= LATE_DAYS]
    if not late:
        return []
    oldest = min(late, key=lambda one: one.at)
    text = message.plural(
        "{n} bad review has been open for two days or longer, since {day}: {item}, {theme}.",
        "{n} bad reviews have been open for two days or longer, the oldest since {day}: {item}, {theme}.",
        len(late),
        day=message.short_day(oldest.at.date()),
        item=names.get(oldest.value.item, oldest.value.item),
        theme=oldest.value.theme or oldest.value.text[:20],
    )
    ask = Proposal(
        "service", say("Settle the open bad reviews, or note what is holding them up"), due=today.isoformat()
    )
    return [finding("reviews", "cases", "watch", text, ask)]


def copies(
    found: Sequence[Recorded[ListingCopy]], names: Mapping[str, str], prices: Mapping[str, float], today: date
) -> list[Finding[Words]]:
    """Return findings on copies to complain about, complaints to follow up, and copies taken down."""
    said = [_copy(one, names, prices, today) for one in found]
    return [one for one in said if one is not None]


def _copy(
    one: Recorded[ListingCopy], names: Mapping[str, str], prices: Mapping[str, float], today: date
) -> Finding[Words] | None:
    copy, age = one.value, (today - one.at.date()).days
    about = About(item=copy.item, rival=copy.shop)
    values: dict[str, Value] = {
        "item": names.get(copy.item, copy.item),
        "shop": copy.shop,
        "days": age,
        "price": message.money(copy.price),
        "ours": message.money(_rounded(prices.get(copy.item))),
    }

    def ask(text: Words, deed: Deed) -> Proposal[Words]:
        return Proposal("design", text, due=today.isoformat(), item=copy.item, deed=deed, about=about)

    if copy.state == "found" and copy.stolen_pictures:
        text = say(
            "{shop} sells a copy of {item} with our pictures, at {price} (ours {ours}); no complaint "
            "has been filed yet.",
            **values,
        )
        todo = say("File a complaint about stolen pictures against {shop}, with the original files", **values)
        return finding("reviews", "copy", "act", text, ask(todo, "complain"), about=about)
    if copy.state == "found":
        text = say(
            "{shop} sells the same item as {item} for {price} (ours {ours}), with its own pictures, so "
            "a complaint is not possible: show what we do better.",
            **values,
        )
        return finding("reviews", "copy", "info", text, about=about)
    if copy.state == "complained" and age >= CHASE_DAYS:
        text = say("The complaint against {shop} ({item}) has had no result for {days} days.", **values)
        todo = say("Follow up on the complaint against {shop}", **values)
        return finding("reviews", "copy", "watch", text, ask(todo, "follow_up"), about=about)
    if copy.state == "removed" and age <= CHASE_DAYS:
        text = say("{shop}'s copy of {item} was taken down: the complaint worked.", **values)
        return finding("reviews", "copy", "good", text, about=about)
    return None


def _rounded(price: float | None) -> float | None:
    return None if price is None else round(price)
