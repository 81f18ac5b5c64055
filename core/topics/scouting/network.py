"""The analysis of talks with sellers in other categories: what was learnt, and which ideas were borrowed."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer
from core.journal.projections import Past
from core.language.message import N_, Words
from core.records.evening import ContactMade
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.scouting.watching.findings import Texts, answer
from core.topics.scouting.watching.sightings import looks

TEXTS = Texts(
    step="network",
    today=N_("{n} of {quota} talks with peers today."),
    back=N_("In the last two weeks we talked with {shops} peers who sell {what}."),
    none="",
    empty=N_("No talk in two weeks: which peer in another category can you ask one question tonight?"),
    table=N_("Talks with peers in the last two weeks"),
    whose=N_("Talked with"),
    mechanisms={},
    limit=N_("What works in another category is an idea to test, not a result."),
)


def contacts(seen: Records[ContactMade], past: Past, *, shop: Shop, today: date) -> Answer[Words]:
    """Which peers in other categories did we talk to, what did we learn, and what came of it?

    Reads the talks noted down (form “A talk with a peer”) and the actions agreed.

    The number of talks a day is fixed (contacts_per_day in shop.toml). An idea to borrow is followed
    until it becomes an action.

    The program does not know whether what works for them works for us: we have to test it.
    """
    return answer(looks(seen, shop, today), past, TEXTS, shop.thresholds.contacts_per_day, today)
