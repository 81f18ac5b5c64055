"""How certain a campaign's effect is, as texts and a table: placebo, items not on offer, last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from core.answers.answer import Cell, Table, TableColumn
from core.language import message
from core.language.message import N_, Words, say
from core.topics.campaigns.past_campaigns.comparisons import FEWEST_WINDOWS, Sure
from core.topics.campaigns.uplift import Call

UNKNOWN: Final = "unknown"
"""The id of the conclusion if there are too few weeks without a campaign."""
CALLS: Mapping[Call | Literal["unknown"], str] = {
    "up": N_("sold more than usual"),
    "down": N_("sold less than usual"),
    "no call": N_("cannot tell"),
    UNKNOWN: N_("cannot tell"),
}


def doubts(one: Sure) -> list[Words]:
    """Return the arguments for or against the effect, each as one text; empty if there are none."""
    said: list[Words] = []
    if one.call == "no call":
        said.append(_no_call(one))
    rest = one.rest
    if rest is not None and rest.low is not None and rest.high is not None:
        said.append(
            say(
                "Items on offer sold {share} more than those that were not (80%: {low} to {high}).",
                share=_share(rest.share),
                low=_share(rest.low),
                high=_share(rest.high),
            )
        )
    return [*said, *_year_ago(one)]


def _no_call(one: Sure) -> Words:
    found = one.placebo
    if found is not None and one.ordinary:
        return say(
            "Effect cannot be told: {k} of {n} similar periods without a campaign sold as much.",
            k=found.as_large,
            n=found.windows,
        )
    if one.review.window.call != "no call":
        return say("Effect cannot be told: items that were not on offer changed in the same way.")
    return say("Effect cannot be told: days like these vary as much by chance.")


def _year_ago(one: Sure) -> list[Words]:
    then, signed = one.last_year.window, one.last_year.signed
    if then is not None:
        text = say(
            "Last year the same campaign sold {then} on its days, this year {now}.",
            then=_share(then.share),
            now=_share(one.review.window.share),
        )
        return [text]
    if signed is not None and signed.uplift is not None:
        text = say(
            "Result signed off last year: {net} including quiet days; this year {now} so far.",
            net=message.money(round(signed.uplift, -2), sign=True),
            now=message.money(round(one.review.net.uplift, -2), sign=True),
        )
        return [text]
    return []


def table(found: Sequence[Sure]) -> Table[Words]:
    """Return the table of campaigns with all comparisons."""
    columns = (
        TableColumn(say("Campaign"), id="campaign"),
        TableColumn(
            say("Conclusion"), "word", "call", tuple((call, say(name)) for call, name in CALLS.items())
        ),
        TableColumn(say("Sold more than usual"), "rate", "share"),
        TableColumn(say("Periods without campaign"), "count", "windows"),
        TableColumn(say("Of these, sold as much as the campaign"), "count", "as_large"),
        TableColumn(say("Wrongly judged effective"), "count", "called"),
        TableColumn(say("Items on offer vs. others"), "rate", "against_the_rest"),
        TableColumn(say("80% range"), id="interval"),
        TableColumn(say("Last year"), "rate", "last_year"),
        TableColumn(say("Signed-off result last year"), "money", "signed_last_year"),
    )
    rows: list[tuple[Cell | Words, ...]] = []
    for one in found:
        chance, rest, then = one.placebo, one.rest, one.last_year
        band: Words = message.DASH
        if rest is not None and rest.low is not None and rest.high is not None:
            band = say("{low} … {high}", low=_share(rest.low), high=_share(rest.high))
        rows.append(
            (
                one.review.campaign.name,
                one.call or UNKNOWN,
                round(one.review.window.share, 4),
                None if chance is None else chance.windows,
                None if chance is None else chance.as_large,
                None if chance is None else chance.called,
                None if rest is None else round(rest.share, 4),
                band,
                None if then.window is None else round(then.window.share, 4),
                None if then.signed is None else then.signed.uplift,
            )
        )
    return Table(say("How reliable these figures are"), columns, tuple(rows))


def limits(found: Sequence[Sure]) -> list[Words]:
    """Return which comparisons were not possible, and why."""
    said: list[Words] = []
    few = [one for one in found if one.placebo is None or one.placebo.windows < FEWEST_WINDOWS]
    if few:
        said.append(
            say(
                "{names}: fewer than {n} earlier periods of the same length without a campaign, too few to "
                "say what happens by chance.",
                names=message.listing([one.review.campaign.name for one in few]),
                n=FEWEST_WINDOWS,
            )
        )
    bare = [one for one in found if one.rest is None]
    if bare:
        said.append(
            say(
                "{names}: there are no items to compare with: all were on offer, it was not noted which, or "
                "the item file does not go back far enough.",
                names=message.listing([one.review.campaign.name for one in bare]),
            )
        )
    if len(bare) < len(found):
        said.append(
            say(
                "Items not on offer may have lost buyers to those on offer, or gained some of "
                "the campaign's additional visitors: the difference includes both effects."
            )
        )
    new = [one for one in found if one.last_year.window is None and one.last_year.signed is None]
    if new:
        said.append(
            say(
                "{names}: no figures of last year. Import last year's days; or there was no such campaign.",
                names=message.listing([one.review.campaign.name for one in new]),
            )
        )
    return said


def _share(value: float) -> Words:
    return message.percent(value, 0, sign=True)
