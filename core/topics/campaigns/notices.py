"""The analysis of campaign notices: which need a decision or an application, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import (
    About,
    Answer,
    Deed,
    Finding,
    LevelName,
    Proposal,
    Table,
    TableColumn,
    Verdict,
    finding,
    in_order,
)
from core.language import message
from core.language.message import Value, Words, plural, say
from core.records.records import CampaignEntry, Records
from core.records.team import Notice
from core.shop.settings import Shop
from core.topics.rivals.displayed_counts import bigram_dice

SOON_DAYS = 3
SILENT_DAYS = 4
"""Days without a recorded notice after which the groups were probably not read (a judgement)."""
FOLLOWED_DAYS = 7
SAME = 0.6
"""The similarity of names from which a notice and a campaign are taken to be the same (a judgement)."""
OPEN = ("new", "preparing")


@dataclass(frozen=True, slots=True)
class Due:
    """A notice of a campaign, with the days left until its deadline and the campaign recorded for it."""

    value: Notice
    days: int | None
    """Days left until the deadline; negative if it is over, None if none was recorded."""
    entry: CampaignEntry | None
    """The campaign recorded for the notice; None if there is none."""

    @property
    def settled(self) -> bool:
        """Return whether nothing is left to do: declined, signed up for, or not suitable for the shop."""
        applied = self.entry is not None and self.entry.state in ("applied", "accepted", "running", "over")
        return self.value.concerns is False or self.value.state not in OPEN or applied


def deadlines(
    notices: Records[Notice], campaigns: Records[CampaignEntry], *, shop: Shop, today: date
) -> Answer[Words]:
    """Which announced campaigns need a decision or a sign-up, and by when?

    Reads the notices noted down (from groups and platform messages) and the campaigns listed in the
    morning's campaign step.

    A notice is settled if it was declined, does not suit us, or was signed up for, also if the
    campaign's own record says so. Open ones are ordered by deadline: within three days of it they must
    be decided or handed in; one that ran out undecided is mentioned once, so that the next is not
    missed in the same way. No campaign has to be joined: declining is an answer too.

    It cannot see the groups or the platform's pages: a notice that nobody notes down is not known here.
    """
    newest = {one.value.campaign: one.value for one in notices}
    if not newest:
        text = say("No campaign notice has been recorded yet: look through {notice_places} once.")
        return Answer(Verdict("info", text), limits=_limits())
    entries = {one.value.name: one.value for one in campaigns}
    found = [_due(value, list(entries.values()), today) for value in newest.values()]
    open_ones = sorted(
        (one for one in found if not one.settled and (one.days is None or one.days >= -FOLLOWED_DAYS)),
        key=lambda one: 99 if one.days is None else one.days,
    )
    last = max(one.at.astimezone(shop.zone).date() for one in notices)
    return Answer(
        _verdict(open_ones, found),
        in_order((*[_finding(one, today) for one in open_ones], *_silent(last, today))),
        (_table(open_ones),) if open_ones else (),
        _limits(),
    )


def _due(value: Notice, entries: Sequence[CampaignEntry], today: date) -> Due:
    alike = [
        one for one in entries if one.name == value.campaign or bigram_dice(one.name, value.campaign) >= SAME
    ]
    days = None if value.deadline is None else (value.deadline - today).days
    return Due(value, days, alike[-1] if alike else None)


def _verdict(open_ones: Sequence[Due], found: Sequence[Due]) -> Verdict[Words]:
    soon = [one for one in open_ones if one.days is not None and 0 <= one.days <= SOON_DAYS]
    if soon:
        first = soon[0]
        values: dict[str, Value] = {"name": first.value.campaign, "when": _when(first), "todo": _todo(first)}
        text = plural(
            "{n} campaign notice is open: {name} {when}, {todo}.",
            "{n} campaign notices are open, first: {name} {when}, {todo}.",
            len(open_ones),
            **values,
        )
        return Verdict("act" if (first.days or 0) <= 1 else "watch", text, asks=True)
    if open_ones:
        text = plural(
            "{n} campaign notice is open, but it is not due within three days.",
            "{n} campaign notices are open, but none is due within three days.",
            len(open_ones),
        )
        return Verdict("info", text)
    return Verdict(
        "good",
        plural(
            "The {n} campaign notice is settled: nothing to sign up for.",
            "All {n} campaign notices are settled: nothing to sign up for.",
            len(found),
        ),
    )


def _when(one: Due) -> Words:
    if one.days is None:
        return say("has no deadline")
    if one.days < 0:
        return say("ended on {day}", day=message.short_day(one.value.deadline))
    return say("ends today") if one.days == 0 else plural("ends in {n} day", "ends in {n} days", one.days)


def _todo(one: Due) -> Words:
    if one.value.concerns is None and one.value.state == "new":
        return say("not decided yet whether we take part")
    return say("sign-up not handed in yet")


def _finding(one: Due, today: date) -> Finding[Words]:
    value = one.value
    values: dict[str, Value] = {
        "name": value.campaign,
        "when": _when(one),
        "todo": _todo(one),
        "how": value.how,
        "where": value.where or message.DASH,
        "who": value.prepares,
    }
    about = About(campaign=value.campaign)
    key = _key(one)
    if one.days is not None and one.days < 0:
        text = say("{name} {when} without a decision: was it missed or declined? Note it down.", **values)
        return finding("notices", "campaign", "info", text, about=about, key=key)
    text = say("{name} ({where}) {when}: {todo}.", **values)
    if value.how:
        text = say("{text} Needed for it: {how}.", text=text, how=value.how)
    level: LevelName = "info"
    if one.days is not None and one.days <= SOON_DAYS:
        level = "act" if one.days <= 1 else "watch"
    if value.concerns is None and value.state == "new":
        deed: Deed = ""
        todo = say("{name}: decide today whether we take part", **values)
        due = today
    else:
        deed = "hand_in"
        todo = say("{name}: add what is missing and sign up", **values)
        due = max(today, (value.deadline or today + timedelta(days=2)) - timedelta(days=1))
    ask = Proposal("operator", todo, due=due.isoformat(), deed=deed, about=about)
    return finding("notices", "campaign", level, text, ask, about=about, key=key)


def _key(one: Due) -> str:
    return f"notices/{one.value.campaign}"


def _silent(last: date, today: date) -> list[Finding[Words]]:
    silent = (today - last).days
    if silent < SILENT_DAYS:
        return []
    text = say(
        "No campaign notice has been recorded since {day}: look through {notice_places} today.",
        day=message.short_day(last),
    )
    ask = Proposal(
        "operator",
        say("Look through {notice_places} and note down what concerns us"),
        due=today.isoformat(),
    )
    return [finding("notices", "silent", "watch", text, ask)]


def _table(open_ones: Sequence[Due]) -> Table[Words]:
    rows = tuple(
        (
            one.value.campaign,
            one.value.where or message.DASH,
            None if one.value.deadline is None else one.value.deadline.isoformat(),
            one.value.how or message.DASH,
            one.value.prepares or message.DASH,
            one.value.state,
        )
        for one in open_ones
    )
    states = (("new", say("new notice")), ("preparing", say("being prepared")))
    columns = (
        TableColumn(say("Notice"), id="notice"),
        TableColumn(say("Where it was seen"), id="where"),
        TableColumn(say("Deadline"), "date", "deadline"),
        TableColumn(say("How to sign up"), id="how"),
        TableColumn(say("Who"), id="who"),
        TableColumn(say("State"), "word", "state", states),
    )
    about = tuple(About(campaign=one.value.campaign) for one in open_ones)
    return Table(say("Open notices"), columns, rows, tuple(_key(one) for one in open_ones), about=about)


def _limits() -> tuple[Words, ...]:
    return (say("Only recorded campaign notices are known; the program does not read the chat groups."),)
