"""What buyers said to the service team, counted by theme.

A theme counts buyers, not messages, so that one buyer who writes often counts only once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import About, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.evening import IDEA_KINDS, BuyerIdea
from core.records.records import Recorded, Records
from core.shop.item_names import item_name
from core.shop.settings import Shop

DAYS = 14
OFTEN = 3
"""The number of buyers with the same theme from which it is reported (a judgement)."""
SHOWN = 12
QUIET_DAYS = 7


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme that buyers mentioned about one item or about the shop."""

    theme: str
    kind: str
    item: str
    buyers: int
    said: tuple[str, ...]


def recent(ideas: Records[BuyerIdea], today: date) -> list[Recorded[BuyerIdea]]:
    """Return the ideas recorded in the last two weeks, the newest first."""
    return [one for one in ideas if today - timedelta(days=DAYS) < one.at.date() <= today][::-1]


def themes(rows: list[Recorded[BuyerIdea]]) -> list[Theme]:
    """Return the themes, those mentioned by most buyers first.

    A record without a theme is a theme of its own.
    """
    found: dict[tuple[str, str, str], list[BuyerIdea]] = {}
    for row in rows:
        one = row.value
        found.setdefault((one.theme.strip() or one.text, one.kind, one.item), []).append(one)
    made = [
        Theme(theme, kind, item, sum(one.buyers or 1 for one in some), tuple(one.text for one in some))
        for (theme, kind, item), some in found.items()
    ]
    return sorted(made, key=lambda one: -one.buyers)


def findings(rows: list[Recorded[BuyerIdea]], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on the themes that several buyers mentioned, each with a proposal.

    If nothing was noted for a week, another finding says so.
    """
    often = [one for one in themes(rows) if one.buyers >= OFTEN]
    found = [_finding(one, shop, today) for one in often]
    newest = max((row.at.date() for row in rows), default=None)
    if newest is None or (today - newest).days >= QUIET_DAYS:
        text = say("Nothing buyers said was noted for a week: ask each agent for one thing today.")
        found.append(finding("service", "ideas", "info", text))
    return found


def _finding(one: Theme, shop: Shop, today: date) -> Finding[Words]:
    about = item_name(shop, one.item) if one.item else say("the shop")
    values: dict[str, Value] = {"n": one.buyers, "about": about, "theme": one.theme, "text": one.said[0]}
    subject = About(item=one.item, aspect=one.theme)
    key = f"service/ideas/{one.item or 'shop'}/{one.theme}"
    if one.kind == "praise":
        text = say("{n} buyers praise {about}: {theme}. Mention this on the item page.", **values)
        return finding("service", "ideas", "good", text, about=subject, key=key)
    text = say("{n} buyers in two weeks mentioned {about}: {theme} (“{text}”).", **values)
    due = (today + timedelta(days=1)).isoformat()
    role, todo = {
        "question": ("design", say("Explain “{theme}” on the item page of {about}", **values)),
        "wish": ("operator", say("Decide about “{theme}” ({about}): do it, or say no", **values)),
    }.get(
        one.kind,
        (
            "operator",
            say("Find the cause of “{theme}” ({about}) and tell the service team what to answer", **values),
        ),
    )
    ask = Proposal(role, todo, due=due, about=subject)
    return finding("service", "ideas", "watch", text, ask, about=subject, key=key)


def table(rows: list[Recorded[BuyerIdea]], shop: Shop) -> tuple[Table[Words], ...]:
    """Return the table of recorded ideas, the most frequent first; empty if there are no ideas."""
    if not rows:
        return ()
    columns = (
        TableColumn(say("Theme"), id="theme"),
        TableColumn(
            say("Kind"), "word", "kind", tuple((kind, say(name)) for kind, name in IDEA_KINDS.items())
        ),
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Buyers"), "count", "buyers"),
        TableColumn(say("In buyers' words"), id="said"),
    )
    lines = tuple(
        (
            one.theme,
            one.kind,
            item_name(shop, one.item) if one.item else message.DASH,
            one.buyers,
            one.said[0],
        )
        for one in themes(rows)[:SHOWN]
    )
    return (Table(say("What buyers said in two weeks"), columns, lines),)
