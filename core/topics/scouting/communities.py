"""The analysis of other shops' customer groups: what they do, and what came of ideas borrowed from them."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer
from core.journal.projections import Past
from core.language.message import N_, Words
from core.records.evening import GROUP_MECHANISMS, CommunitySeen
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.scouting.watching.findings import Texts, answer
from core.topics.scouting.watching.sightings import looks

TEXTS = Texts(
    step="communities",
    today=N_("{n} of {quota} customer groups visited today."),
    back=N_("In the last two weeks, {what} was seen at {shops} shops (in {times} of {all} groups visited)."),
    none=N_("No method was seen at more than one shop in two weeks (groups visited: {all})."),
    empty=N_(
        "No group visited in two weeks: use an account of your own to join the group of a rival we follow."
    ),
    table=N_("Customer groups of the last two weeks"),
    whose=N_("Whose group"),
    mechanisms=GROUP_MECHANISMS,
    limit=N_("A lively group may still buy nothing; outsiders cannot see how many of its members buy again."),
)


def visited(seen: Records[CommunitySeen], past: Past, *, shop: Shop, today: date) -> Answer[Words]:
    """How do other shops keep customers in their groups, and what came of the ideas we borrowed?

    Reads the groups noted down (form “A customer group visited”) and the actions agreed.

    The number of groups to visit a day is fixed (communities_per_day in shop.toml). Ways of keeping
    customers are counted over two weeks; only what was seen at two shops or more is called a pattern.
    An idea to borrow is followed until it becomes an action.

    The program does not know what a group sells. Watch, but do not recruit: other shops' customers must
    not be written to.
    """
    return answer(looks(seen, shop, today), past, TEXTS, shop.thresholds.communities_per_day, today)
