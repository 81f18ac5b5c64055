"""The analysis of reviews: which bad ones to solve today, whether they rose, and copied listings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import (
    About,
    Answer,
    Cell,
    Evidence,
    Finding,
    Table,
    TableColumn,
    Verdict,
    in_order,
    key_of,
    nodata,
)
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.language import message
from core.language.message import N_, Words, say
from core.records.records import COPY_STATES, ListingCopy, Recorded, Records, ReviewCase
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics import distributions
from core.topics.reviews import findings as reviews_findings
from core.topics.reviews.bad_reviews import USUAL_DAYS, WEEK, Bad, Watched, bad_reviews, watch
from core.topics.reviews.lexicon import aspects
from core.topics.reviews.worsening import most_visited, weighed_by

if TYPE_CHECKING:
    import pandas as pd

OPEN_STATES = ("open", "contacted")
SHOWN = 20
RATE_STATES = {"few": N_("too few reviews"), "rise": N_("more than usual"), "usual": N_("usual")}
YES_NO = {"yes": N_("yes"), "no": N_("no")}
OLD = 2
"""The days since the newest review from which the export is called old."""


def cases(
    items: Items,
    reviews: Reviews | None = None,
    copies: Records[ListingCopy] | None = None,
    cases: Records[ReviewCase] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which bad reviews must be dealt with today, are there more than usual, and who copies our items?

    Looks only at the five items with most visitors in the last seven days (without visitors: most
    pieces sold), where a bad review costs most.

    A review is bad by its rating (three stars or fewer, mixed or bad) or, without a rating, by its
    words; it is also bad if the follow-up to a good review complains (words like "not" are taken into
    account). "More than usual" is said only if so many bad reviews would be rare at the item's usual
    rate, with all five items tested together, and there are at least three. With fewer than ten reviews
    their texts are listed and no rate is given. One more bad review is not an increase.

    The program recognises words, not meaning, and knows only copies that were recorded. Bad reviews are
    answered and their cause fixed: paying to remove them is not an option, and the platform may not
    delete them.
    """
    visitors = most_visited(items.frame, shop, today)
    if not visitors:
        return nodata(
            say(
                (
                    "Item traffic of the last {n} days is missing, so it is not known which five items to "
                    "look at."
                ),
                n=WEEK,
            )
        )
    titles = dict(zip(items.frame["item"], items.frame["title"], strict=True))
    names = {str(item): item_name(shop, str(item), str(title)) for item, title in titles.items()}
    watched = watch(reviews.frame, visitors, names, today) if reviews is not None else []
    bad = bad_reviews(reviews.frame) if reviews is not None else []
    open_cases = [one for one in _newest_cases(cases) if one.value.state in OPEN_STATES]
    known_copies = _newest_copies(copies)
    findings = (
        *(reviews_findings.rising(one, today) for one in watched if one.risen),
        *reviews_findings.copies(known_copies, names, _prices(items.frame, today), today),
        *reviews_findings.cases(open_cases, names, today),
        *reviews_findings.additions(bad, {item: names[item] for item in visitors}, today),
        *(reviews_findings.usual(one, today) for one in watched if one.bad and not one.risen),
    )
    return Answer(
        verdict=_verdict(watched, findings, reviews, _nameless(bad, today)),
        findings=in_order(findings),
        evidence=_evidence(watched, known_copies, names, weighed_by(items.frame), today),
        limits=tuple(_limits(reviews, bad, watched, today)),
    )


def _prices(frame: pd.DataFrame, today: date) -> dict[str, float]:
    """Return the mean price in yuan paid per piece over the last week, by item."""
    days = frame["date"].dt.date
    week = frame[(days >= today - timedelta(days=WEEK)) & (days < today)]
    summed = week.groupby("item")[["gmv", "units"]].sum()
    rows = zip(summed.index, summed["gmv"], summed["units"], strict=True)
    return {str(item): float(gmv / units) for item, gmv, units in rows if units > 0}


def _newest_cases(records: Records[ReviewCase] | None) -> list[Recorded[ReviewCase]]:
    """Return the latest state of every case, dated with the day of its first record.

    Records of the same item and review text belong to one case.
    """
    newest: dict[tuple[str, str], Recorded[ReviewCase]] = {}
    for one in records or ():
        spot = (one.value.item, one.value.text or one.value.theme)
        since = newest[spot].at if spot in newest else one.at
        newest[spot] = Recorded(one.value, since, one.who, one.id)
    return list(newest.values())


def _newest_copies(records: Records[ListingCopy] | None) -> list[Recorded[ListingCopy]]:
    """Return the latest record of every copied listing, one for each item and copying shop."""
    newest = {(one.value.item, one.value.shop): one for one in records or ()}
    return list(newest.values())


def _nameless(bad: Sequence[Bad], today: date) -> int:
    """Return the number of unanswered bad reviews of recent weeks for which the file names no item."""
    oldest = today - timedelta(days=USUAL_DAYS)
    return sum(not one.item and not one.answered and oldest <= one.day < today for one in bad)


def _verdict(
    watched: Sequence[Watched], findings: Sequence[Finding[Words]], reviews: Reviews | None, nameless: int
) -> Verdict[Words]:
    risen = [one for one in watched if one.risen]
    urgent = [one for one in findings if one.level == "act"]
    if risen:
        first = max(risen, key=lambda one: len(one.bad))
        parts = [
            say(
                "{item}: {bad} of {n} reviews this week are bad, usually {usual}. More than usual: find the "
                "cause today.",
                item=first.name,
                bad=len(first.bad),
                n=first.reviews,
                usual=message.percent(first.usual),
            )
        ]
        if others := len(urgent) - 1:
            parts.append(
                message.plural(
                    "{n} more review case is waiting.", "{n} more review cases are waiting.", others
                )
            )
        return Verdict("act", message.sentences(parts))
    if urgent:
        return Verdict("act", urgent[0].text)
    if reviews is None:
        return Verdict(
            "nodata", say("No reviews are imported; copies and open cases are as you recorded them.")
        )
    unanswered = sum(not bad.answered for one in watched for bad in one.bad)
    if unanswered:
        text = message.plural(
            "No more bad reviews than usual on the five main items; {n} bad review of this week waits "
            "for an answer.",
            "No more bad reviews than usual on the five main items; {n} bad reviews of this week wait "
            "for an answer.",
            unanswered,
        )
        return Verdict("watch", text)
    if nameless:
        text = message.plural(
            "{n} bad review waits for an answer; the file does not say which item it is about.",
            "{n} bad reviews wait for an answer; the file does not say which items they are about.",
            nameless,
        )
        return Verdict("watch", text)
    return Verdict(
        "good", say("No bad review waits on the five main items, and none of them has more than usual.")
    )


def _evidence(
    watched: Sequence[Watched],
    copies: Sequence[Recorded[ListingCopy]],
    names: Mapping[str, str],
    weighed: str,
    today: date,
) -> tuple[Evidence[Words], ...]:
    pieces: list[Evidence[Words]] = []
    if watched:
        pieces.append(_item_table(watched, weighed))
    queue = _queue(watched, today)[:SHOWN]
    if queue:
        pieces.append(_queue_table(queue, names))
    if copies:
        pieces.append(_copy_table(copies, names))
    return tuple(pieces)


def _queue_table(queue: Sequence[Bad], names: Mapping[str, str]) -> Table[Words]:
    columns = (
        TableColumn(say("Day"), "date", "day"),
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Stars"), "count", "stars"),
        TableColumn(say("Review"), "text", "review"),
        TableColumn(say("What it is about"), "text", "aspects"),
    )
    rows = tuple(
        (
            one.day.isoformat(),
            names.get(one.item, one.item),
            one.stars,
            one.words[:60],
            message.listing(map(say, aspects(one.words))),
        )
        for one in queue
    )
    about = tuple(About(entry=one.review) for one in queue)
    keys = tuple(key_of("reviews", "answer", one) for one in about)
    return Table(say("Reviews to answer, the costliest first"), columns, rows, keys, about=about)


def _copy_table(copies: Sequence[Recorded[ListingCopy]], names: Mapping[str, str]) -> Table[Words]:
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Shop that sells the copy"), "text", "shop"),
        TableColumn(say("Price of the copy"), "money", "price"),
        TableColumn(say("Stolen pictures"), "word", "our_pictures", _named(YES_NO)),
        TableColumn(say("State"), "word", "state", _named(COPY_STATES)),
        TableColumn(say("Since"), "date", "since"),
    )
    rows = tuple(
        (
            names.get(one.value.item, one.value.item),
            one.value.shop,
            one.value.price,
            _yes(one.value.stolen_pictures),
            one.value.state,
            one.at.date().isoformat(),
        )
        for one in copies
    )
    about = tuple(About(item=one.value.item, rival=one.value.shop) for one in copies)
    keys = tuple(key_of("reviews", "copy", one) for one in about)
    return Table(say("Copies"), columns, rows, keys, about=about)


def _item_table(watched: Sequence[Watched], weighed: str) -> Table[Words]:
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(
            say("Visitors, 7 days") if weighed == "visitors" else say("Pieces sold, 7 days"), "count", weighed
        ),
        TableColumn(say("Reviews"), "count", "reviews", total="sum"),
        TableColumn(say("Bad reviews"), "count", "bad", total="sum"),
        TableColumn(say("% bad reviews"), "text", "rate"),
        TableColumn(say("Usual % bad reviews"), "rate", "usual"),
        TableColumn(say("Chance that it is coincidence"), "rate", "chance"),
        TableColumn(say("State"), "word", "state", _named(RATE_STATES)),
    )
    about = tuple(About(item=one.item) for one in watched)
    return Table(say("The items with most visitors"), columns, tuple(map(_item_row, watched)), about=about)


def _item_row(one: Watched) -> tuple[Cell | Words, ...]:
    bad = min(len(one.bad), one.reviews)
    rate = (
        message.DASH
        if one.few
        else message.rate_of(bad, one.reviews, *distributions.wilson(bad, one.reviews))
    )
    return (
        one.name,
        one.visitors,
        one.reviews,
        len(one.bad),
        rate,
        round(one.usual, 4),
        None if one.rise.q is None else round(one.rise.q, 4),
        "few" if one.few else ("rise" if one.risen else "usual"),
    )


def _named(names: Mapping[str, str]) -> tuple[tuple[str, Words], ...]:
    return tuple((id_, say(name)) for id_, name in names.items())


def _queue(watched: Sequence[Watched], today: date) -> list[Bad]:
    """Return unanswered bad reviews weighted by traffic and age (halved every two days), highest first."""
    weighted = [
        (one.visitors * 0.5 ** ((today - bad.day).days / 2), bad)
        for one in watched
        for bad in one.bad
        if not bad.answered
    ]
    return [bad for _, bad in sorted(weighted, key=lambda pair: -pair[0])]


def _yes(value: bool | None) -> str:  # noqa: FBT001 - a plain answer of a form
    return message.DASH if value is None else ("yes" if value else "no")


def _limits(
    reviews: Reviews | None, bad: Sequence[Bad], watched: Sequence[Watched], today: date
) -> list[Words]:
    if reviews is None:
        return [
            say("No reviews are imported, so an increase cannot be seen. Import them at least once a week.")
        ]
    limits: list[Words] = []
    newest = max((when for when in reviews.frame["date"].dt.date if isinstance(when, date)), default=None)
    if newest is not None and (today - newest).days > OLD:
        limits.append(
            say("The newest review is from {day}; later ones are not in the file.", day=message.day(newest))
        )
    looked = {one.item for one in watched}
    start = today - timedelta(days=WEEK)
    elsewhere = sum(one.item != "" and one.item not in looked and start <= one.day < today for one in bad)
    if elsewhere:
        limits.append(
            message.plural(
                "{n} bad review of this week is about other items, which are not judged here.",
                "{n} bad reviews of this week are about other items, which are not judged here.",
                elsewhere,
            )
        )
    if any(one.few and one.bad for one in watched):
        limits.append(say("Items with fewer than ten reviews this week get no rate: read the texts."))
    limits.append(
        say(
            "A follow-up review shows the date of the first review but may be more recent. Only "
            "recorded copies are known."
        )
    )
    return limits
