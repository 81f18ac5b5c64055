"""The analysis of other shops' customer groups: what they do, and ideas taken over."""

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
    today=N_("{n} of {quota} groups visited today."),
    back=N_("In two weeks {what} came back at {shops} shops ({times} of {all} groups)."),
    none=N_("In {all} groups of two weeks nothing came back at two shops."),
    empty=N_("None in two weeks: join the group of a followed rival with an account of your own."),
    table=N_("Groups of two weeks"),
    whose=N_("Whose group"),
    mechanisms=GROUP_MECHANISMS,
    limit=N_("A lively group may still buy nothing; how many of them come back nobody outside can see."),
)


def visited(seen: Records[CommunitySeen], past: Past, *, shop: Shop, today: date) -> Answer[Words]:
    """How do other shops keep their customers in their groups, and what came of what we borrowed?

    Reads the groups written down (form “A customer group visited”) and the tasks agreed.

    A fixed number a day (communities_per_day in shop.toml). Over two weeks ways of keeping customers are
    counted; only what was seen at two shops or more is called a pattern. What was to be borrowed is
    followed to its task.

    It cannot know what a group sells. Watch, do not recruit: other shops' customers are not ours to write
    to.
    """
    return answer(looks(seen, shop, today), past, TEXTS, shop.thresholds.communities_per_day, today)
