"""Who may do what in a shop: by shop.toml's team and the Unix user, decided here and nowhere else.

A shop without a team is everybody's who can open its folder, and so is one whose team has no account on this
machine (a copy on somebody's own computer). Else: owner, operator and the trades write; who has no role but
viewer looks, replies to what is addressed to them, and keeps how a spot check of theirs went; an account that
several share, or that nobody of the team has, looks until it has said who it is. The folder's Unix group
keeps others out; this is an order among its members. Whoever has a shell can break it with another program;
only a restricted session (:mod:`core.shop.restricted_mode`) keeps a member to it.
"""

from __future__ import annotations

import pwd
from functools import lru_cache

from core.errors import UsageError
from core.language.wording import listing, say
from core.shop.settings import Person, Shop


def person_of(shop: Shop, who: str) -> Person | None:
    """Return who of the team is meant: by their own Unix user, else by name; None for anybody else."""
    mine = [person for person in shop.team if who and person.user == who]
    if mine:
        return mine[0] if len(mine) == 1 else None
    return next((person for person in shop.team if person.name == who), None)


def choices(shop: Shop, user: str) -> tuple[Person, ...]:
    """Return who may sit at the Unix user's account; empty when that is known, or when nobody may.

    Those who share the account; at an account the team does not name, those without an account of their own
    on this machine.
    """
    mine = tuple(person for person in shop.team if user and person.user == user)
    if mine:
        return mine if len(mine) > 1 else ()
    free = tuple(person for person in shop.team if not _has_account(person.user))
    return () if person_of(shop, user) else free


def identify(shop: Shop, user: str, said: str = "") -> str:
    """Return the name to work under: ``said`` where the account leaves it open, else the Unix user as it is.

    UsageError when ``said`` is somebody who does not sit at this account.
    """
    if not said or not shop.team:
        return said or user
    person = next((one for one in shop.team if user and one.user == user), None)
    open_to = [one.name for one in choices(shop, user)] or [person.name if person else user]
    if said not in open_to:
        raise UsageError(
            say(
                "“{said}” cannot be at the account “{user}”; it is open to: {names}.",
                said=said,
                user=user,
                names=listing(open_to),
            )
        )
    return said


def refusal(shop: Shop, who: str) -> str:
    """Return in one sentence why this person writes nothing here; empty when they may."""
    if not shop.team:
        return ""
    person = person_of(shop, who)
    if person is not None:
        return _looks_only(person) if _is_viewer(person) else ""
    asked = listing([one.name for one in choices(shop, who)])
    shared = any(one.user == who for one in shop.team)
    if not shared and not any(_has_account(one.user) for one in shop.team):
        return ""
    if not asked:
        return say(
            "“{who}” is not in this shop's team: nothing can be written. "
            "Have a [[team]] entry with this user put into shop.toml.",
            who=who,
        )
    return say(
        "The account “{who}” does not tell who you are ({names}): nothing can be written "
        "until you say it with SHOPDAY_WHO=NAME or shopday --who NAME.",
        who=who,
        names=asked,
    )


def check_writes(shop: Shop, who: str) -> None:
    """UsageError with the sentence when this person writes nothing here."""
    if why := refusal(shop, who):
        raise UsageError(why)


def _is_viewer(person: Person) -> bool:
    return set(person.roles) == {"viewer"}


def _looks_only(person: Person) -> str:
    return say(
        "{name} looks on in this shop (viewer): nothing is written but replies to what has @{name} in it.",
        name=person.name,
    )


@lru_cache(maxsize=256)
def _has_account(user: str) -> bool:
    """Tell whether the Unix user is one of this machine's."""
    try:
        pwd.getpwnam(user)
    except (KeyError, ValueError):
        return False
    return bool(user)
