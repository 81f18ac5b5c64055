"""Words that the operator entered as searched more in the market and that our titles do not contain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from core.answers.answer import Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.records.market import MarketSeen
from core.records.records import Records
from core.shop.settings import Shop

DAYS: Final = 7
_BETWEEN: Final = re.compile(r"[,，、;；\s]+")


def rising(market: Records[MarketSeen] | None, shop: Shop, today: date) -> list[str]:
    """Return the words entered in the last week, each once, the newest first."""
    first = today - timedelta(days=DAYS)
    typed = [one.value.rising for one in market or () if one.at.astimezone(shop.zone).date() > first]
    return list(dict.fromkeys(word for text in reversed(typed) for word in _BETWEEN.split(text) if word))


def findings(words: Iterable[str], titles: Iterable[str]) -> list[Finding[Words]]:
    """Return the finding on the words that none of our titles contains; empty if there are none."""
    held = [title.casefold() for title in titles]
    free = [word for word in words if not any(word.casefold() in title for title in held)]
    if not free:
        return []
    text = say(
        "Words searched more in the market that none of our titles has: {words}. Which item fits "
        "one of them?",
        words=message.listing(free),
    )
    ask = Proposal(
        "operator",
        say("Check {words}: is there an item for it, or is it not for us?", words=message.listing(free[:3])),
    )
    return [finding("optimise", "market", "info", text, ask)]
