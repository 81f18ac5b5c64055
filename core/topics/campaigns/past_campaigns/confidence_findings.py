"""How sure a campaign's effect is, in words and as a table: chance, the untouched items, a year ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.answers.answer import Table, TableColumn
from core.language import wording
from core.language.wording import N_, say
from core.topics.campaigns.past_campaigns.comparisons import FEWEST_WINDOWS, Sure
from core.topics.campaigns.uplift import Call

CALLS: Mapping[Call | None, str] = {
    "up": N_("sold more"),
    "down": N_("sold less"),
    "no call": N_("no call"),
    None: N_("cannot tell"),
}


def doubts(one: Sure) -> list[str]:
    """Return what speaks for or against the number, a sentence each; nothing where there is nothing."""
    said = []
    if one.call == "no call":
        said.append(_no_call(one))
    rest = one.rest
    if rest is not None and rest.low is not None and rest.high is not None:
        said.append(
            say(
                "Items on offer {share} beyond those that were not (8 in 10: {low} to {high}).",
                share=_share(rest.share),
                low=_share(rest.low),
                high=_share(rest.high),
            )
        )
    if told := _year_ago(one):
        said.append(told)
    return said


def _no_call(one: Sure) -> str:
    found = one.placebo
    if found is not None and one.ordinary:
        return say(
            "No call: {k} of {n} such windows without a campaign brought as much.",
            k=found.as_large,
            n=found.windows,
        )
    if one.review.window.call != "no call":
        return say("No call: the items that were not on offer did the same.")
    return say("No call: such days scatter as much without a campaign.")


def _year_ago(one: Sure) -> str:
    then, signed = one.last_year.window, one.last_year.signed
    if then is not None:
        return say(
            "Last year the same campaign brought {then} on its days, now {now}.",
            then=_share(then.share),
            now=_share(one.review.window.share),
        )
    if signed is not None and signed.uplift is not None:
        return say(
            "Signed last year: {net} net, now {now} so far.",
            net=wording.money(round(signed.uplift, -2), sign=True),
            now=wording.money(round(one.review.net.uplift, -2), sign=True),
        )
    return ""


def table(found: Sequence[Sure]) -> Table:
    """Return each campaign with all it was held against."""
    columns = (
        TableColumn(say("Campaign")),
        TableColumn(say("Call")),
        TableColumn(say("Beyond usual"), "rate"),
        TableColumn(say("Windows without one"), "count"),
        TableColumn(say("As much by chance"), "count"),
        TableColumn(say("Called all the same"), "count"),
        TableColumn(say("On offer against the rest"), "rate"),
        TableColumn(say("8 in 10")),
        TableColumn(say("Last year"), "rate"),
        TableColumn(say("Signed last year"), "money"),
    )
    rows = []
    for one in found:
        chance, rest, then = one.placebo, one.rest, one.last_year
        band = wording.DASH
        if rest is not None and rest.low is not None and rest.high is not None:
            band = f"{_share(rest.low)} … {_share(rest.high)}"
        rows.append(
            (
                one.review.campaign.name,
                say(CALLS[one.call]),
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
    return Table(say("How sure these numbers are"), columns, tuple(rows))


def limits(found: Sequence[Sure]) -> list[str]:
    """Return what could not be held against, and why."""
    said = []
    few = [one for one in found if one.placebo is None or one.placebo.windows < FEWEST_WINDOWS]
    if few:
        said.append(
            say(
                "{names}: under {n} earlier windows of its length without a campaign; chance alone cannot be "
                "counted.",
                names=wording.listing([one.review.campaign.name for one in few]),
                n=FEWEST_WINDOWS,
            )
        )
    bare = [one for one in found if one.rest is None]
    if bare:
        said.append(
            say(
                "{names}: no items to hold it against: all were on offer, nobody wrote which, or the item "
                "report does not reach back far enough.",
                names=wording.listing([one.review.campaign.name for one in bare]),
            )
        )
    if len(bare) < len(found):
        said.append(
            say(
                "Items not on offer may have lost buyers to those that were, or gained by the crowd: the "
                "difference holds both."
            )
        )
    new = [one for one in found if one.last_year.window is None and one.last_year.signed is None]
    if new:
        said.append(
            say(
                "{names}: nothing of last year: import its days, or it was not there.",
                names=wording.listing([one.review.campaign.name for one in new]),
            )
        )
    return said


def _share(value: float) -> str:
    return wording.percent(value, 0, sign=True)
