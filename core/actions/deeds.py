"""What each kind of deed (a change that can be decided) is about, and how long until its result is known.

A new kind is one line in :data:`DEEDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from core.language.message import N_
from core.shop.settings import Shop

if TYPE_CHECKING:
    from core.answers.answer import About

WEEK: Final = 7
"""The number of days over which a change is judged by its own figures: each weekday once."""
FEW: Final = 3
"""Days after an answer to buyers before another is asked for, unless new complaints arrive (our
judgement)."""
LASTING: Final = 30
"""Days before something that was handed in, renewed or cleared away is asked for again."""


class DeedKind(NamedTuple):
    """One kind of deed: what it is about, how it is worded, and when its result is known."""

    family: str
    """Deeds of the same family decide about the same thing: a later one replaces an earlier one."""
    by: tuple[str, ...]
    """The fields of :class:`About` that name the thing decided about, widest first (item before word);
    empty if a shop has only one."""
    days: int = 0
    """Days after it was done before its result can be judged; 0: it is judged on its due day."""
    done: str = N_("Done {day}.")
    """The message that says it was done; its placeholders are ``day`` and, for an order, ``n`` and
    ``arrives``."""
    choice: str = ""
    """Its choice on the keyword board; empty if it is not decided there."""
    asks: tuple[str, ...] = ()
    """The fields of an action's update that are asked for when it is marked as done."""
    credited: bool = False
    """Whether its result shows in ad figures, to which orders are still credited for some days."""

    def settles(self, shop: Shop) -> int:
        """Return the number of days from the day the deed was done until its result is known."""
        return self.days + (shop.ads.mature_days if self.credited else 0)


_WORD: Final = ("item", "word")
_SPEND: Final = ("item", "scene")
DEEDS: Final[Mapping[str, DeedKind]] = {
    "order": DeedKind(
        "order",
        ("item",),
        done=N_("Ordered {day}: {n} pieces, expected {arrives}."),
        asks=("quantity", "arrives"),
    ),
    "delete_word": DeedKind("word", _WORD, WEEK, N_("Keyword deleted {day}."), "delete", credited=True),
    "lower_bid": DeedKind("word", _WORD, WEEK, N_("Bid lowered {day}."), "lower", credited=True),
    "raise_bid": DeedKind("word", _WORD, WEEK, N_("Bid raised {day}."), "raise", credited=True),
    "add_word": DeedKind("word", _WORD, WEEK, N_("Keyword added {day}."), "add", credited=True),
    "lower_spend": DeedKind("spend", _SPEND, WEEK, N_("Ad spend lowered {day}."), credited=True),
    "raise_spend": DeedKind("spend", _SPEND, WEEK, N_("Ad spend raised {day}."), credited=True),
    "test_picture": DeedKind(
        "picture", ("item",), 2 * WEEK, done=N_("Test of the new picture started {day}.")
    ),
    "change_title": DeedKind("title", ("item", "aspect"), WEEK, done=N_("Title changed {day}.")),
    "answer_reviews": DeedKind("reviews", ("item", "entry"), FEW, done=N_("Answered {day}.")),
    "ask_supplier": DeedKind(
        "supplier", ("item",), WEEK, done=N_("The supplier was asked on {day}; no answer yet.")
    ),
    "follow_up": DeedKind("follow_up", ("item", "rival"), WEEK, done=N_("Reminder sent {day}.")),
    "complain": DeedKind("complaint", ("item", "rival"), WEEK, done=N_("Complaint filed {day}.")),
    "top_up": DeedKind("top_up", (), done=N_("Ad balance topped up {day}."), asks=("price",)),
    "hand_in": DeedKind("hand_in", ("campaign",), LASTING, done=N_("Handed in {day}.")),
    "renew": DeedKind("renew", ("other",), LASTING, done=N_("Decided {day}.")),
}
"""The kinds by deed (:data:`core.answers.answer.Deed`); a deed not listed is identified by its finding."""
CHOICES: Final[Mapping[str, str]] = {kind.choice: deed for deed, kind in DEEDS.items() if kind.choice}
"""The deed that each choice on the keyword board stands for; to keep or to wait stands for none."""
PLAIN: Final = DeedKind("", ())
"""The kind of a proposal without a deed: it is identified by its finding and role, and judged on its due
day."""


class Matter(NamedTuple):
    """The subject of a decision, e.g. the bid on one keyword of an item.

    Proposals with equal matters are the same proposal, whichever step makes them.
    """

    family: str
    subject: tuple[str, ...]
    """The names of the thing, widest first (item, word); a shorter tuple covers all those that begin with
    it."""

    def wider(self) -> tuple[Matter, ...]:
        """Return this matter and the wider ones that cover it, narrowest first."""
        return tuple(self._replace(subject=self.subject[:n]) for n in range(len(self.subject), -1, -1))


def kind_of(deed: str) -> DeedKind:
    """Return the kind of the deed; :data:`PLAIN` for one that is not listed."""
    return DEEDS.get(deed, PLAIN)


def matter_of(deed: str, about: About, finding: str = "", role: str = "") -> Matter | None:
    """Return what a proposal, an action or a decision is about; None if that is not known.

    A matter is named from wide to narrow (item, then keyword); empty names at its end are left out, so that a
    deed about a whole item covers each of the item's keywords and scenes.
    """
    if deed in DEEDS:
        kind = DEEDS[deed]
        names = [str(getattr(about, field)) for field in kind.by]
        while names and not names[-1]:
            names.pop()
        return Matter(kind.family, tuple(names))
    return Matter("finding", (finding, role)) if finding else None
