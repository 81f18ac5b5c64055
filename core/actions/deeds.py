"""What each kind of decision is about and how long it is valid; a new kind is one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from core.language.message import N_
from core.shop.settings import Shop

if TYPE_CHECKING:
    from core.answers.answer import About

WEEK: Final = 7
"""Days of its own figures a change is judged on: each weekday once."""
FEW: Final = 3
"""Days for which an answer to buyers is not asked for again while no new complaint came [judgement]."""
LASTING: Final = 30
"""Days for which what was handed in, renewed or cleared away is not asked for again."""


class DeedKind(NamedTuple):
    """One kind of decision."""

    family: str
    """Deeds of one family decide about one thing: a later one takes the place of an earlier one."""
    by: tuple[str, ...]
    """The fields of what it is about that name the thing, the widest first; none: the shop has one."""
    days: int = 0
    """Days after it was done in which its result cannot be told; 0: it is told on its due day."""
    done: str = N_("Done {day}.")
    """The message that says it was done; ``day``, of an order also ``n`` and ``arrives``."""
    choice: str = ""
    """What it is called on the keyword board; empty where it is not decided there."""
    asks: tuple[str, ...] = ()
    """What is asked when it is done: the fields of an action's update."""
    credited: bool = False
    """Its result shows in ad figures, which are credited in full some days later."""

    def settles(self, shop: Shop) -> int:
        """Return the days after it was done until its result is in."""
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
    "delete_word": DeedKind("word", _WORD, WEEK, N_("Deleted {day}."), "delete", credited=True),
    "lower_bid": DeedKind("word", _WORD, WEEK, N_("Bid lowered {day}."), "lower", credited=True),
    "raise_bid": DeedKind("word", _WORD, WEEK, N_("Bid raised {day}."), "raise", credited=True),
    "add_word": DeedKind("word", _WORD, WEEK, N_("Added {day}."), "add", credited=True),
    "lower_spend": DeedKind("spend", _SPEND, WEEK, N_("Ad spend lowered {day}."), credited=True),
    "raise_spend": DeedKind("spend", _SPEND, WEEK, N_("Ad spend raised {day}."), credited=True),
    "test_picture": DeedKind(
        "picture", ("item",), 2 * WEEK, done=N_("Test of the new picture started {day}.")
    ),
    "change_title": DeedKind("title", ("item", "aspect"), WEEK, done=N_("Title changed {day}.")),
    "answer_reviews": DeedKind("reviews", ("item", "entry"), FEW, done=N_("Answered {day}.")),
    "ask_supplier": DeedKind("supplier", ("item",), WEEK, done=N_("Supplier asked {day}.")),
    "follow_up": DeedKind("follow_up", ("item", "rival"), WEEK, done=N_("Reminder sent {day}.")),
    "complain": DeedKind("complaint", ("item", "rival"), WEEK, done=N_("Complaint filed {day}.")),
    "top_up": DeedKind("top_up", (), done=N_("Topped up {day}."), asks=("price",)),
    "hand_in": DeedKind("hand_in", ("campaign",), LASTING, done=N_("Handed in {day}.")),
    "renew": DeedKind("renew", ("other",), LASTING, done=N_("Decided {day}.")),
}
"""By deed (:data:`core.answers.answer.Deed`); one that is not here is known by its finding."""
CHOICES: Final[Mapping[str, str]] = {kind.choice: deed for deed, kind in DEEDS.items() if kind.choice}
"""By choice on the keyword board: the deed it comes to; a choice to keep or to wait comes to none."""
PLAIN: Final = DeedKind("", ())
"""A proposal without a deed: known by its finding and its role, told on its due day."""


class Matter(NamedTuple):
    """What a decision is about; proposals with equal matters are the same, whichever step makes them."""

    family: str
    subject: tuple[str, ...]
    """The widest name first; a shorter one covers all that begin with it."""

    def wider(self) -> tuple[Matter, ...]:
        """Return this matter and those that cover it, the narrowest first."""
        return tuple(self._replace(subject=self.subject[:n]) for n in range(len(self.subject), -1, -1))


def kind_of(deed: str) -> DeedKind:
    """Return how code tells the deed."""
    return DEEDS.get(deed, PLAIN)


def matter_of(deed: str, about: About, finding: str = "", role: str = "") -> Matter | None:
    """Return what a proposal, an action or a decision is about; None if that is not known.

    Names at the end that are empty are left out: a deed about an item covers each of its words and scenes.
    """
    if deed in DEEDS:
        kind = DEEDS[deed]
        names = [str(getattr(about, field)) for field in kind.by]
        while names and not names[-1]:
            names.pop()
        return Matter(kind.family, tuple(names))
    return Matter("finding", (finding, role)) if finding else None
