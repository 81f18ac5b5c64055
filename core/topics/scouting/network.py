"""The analysis of talks with people of other categories: what was learnt, and ideas taken over."""

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
    today=N_("{n} of {quota} talks today."),
    back=N_("In two weeks {shops} people of {what} spoke to us."),
    none="",
    empty=N_("None in two weeks: whom of another category can you ask one question tonight?"),
    table=N_("Talks of two weeks"),
    whose=N_("Whom"),
    mechanisms={},
    limit=N_("What works in another category is an idea to test, not a result."),
)


def contacts(seen: Records[ContactMade], past: Past, *, shop: Shop, today: date) -> Answer[Words]:
    """Whom of another category did we talk to, what was learnt, and what came of it?

    Reads the talks written down (form “A talk with a peer”) and the tasks agreed.

    A fixed number a day (contacts_per_day in shop.toml). What was to be borrowed is followed to its task.

    It cannot know whether what works for them works for us: that takes a test of ours.
    """
    return answer(looks(seen, shop, today), past, TEXTS, shop.thresholds.contacts_per_day, today)
