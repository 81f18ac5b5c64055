"""Who may write to a shop, decided from the team in shop.toml and the Unix user.

Everybody who can open the folder may write if the shop has no team, or if no team member has an account on
this machine (a copy on somebody's own computer). Otherwise all members may write except one whose only role
is viewer, who may only read, reply to what is addressed to them, and record the result of their own spot
checks. An account that several people share, or that belongs to nobody in the team, may only read until the
user says who they are. The folder's Unix group keeps outsiders out; these rules only organize its members.
Anyone with a shell can bypass them with another program; only a restricted session
(:mod:`core.shop.restricted_mode`) enforces them.
"""

from __future__ import annotations

import pwd
from functools import lru_cache

from core.errors import UsageError
from core.language.wording import listing, say
from core.shop.settings import Person, Shop


def person_of(shop: Shop, who: str) -> Person | None:
    """Return the team member with this Unix user, else with this name; None if there is none or several."""
    mine = [person for person in shop.team if who and person.user == who]
    if mine:
        return mine[0] if len(mine) == 1 else None
    return next((person for person in shop.team if person.name == who), None)


def choices(shop: Shop, user: str) -> tuple[Person, ...]:
    """Return the team members among whom the user of this account must choose.

    These are the members sharing the account or, if the account belongs to nobody in the team, the members
    without an account on this machine. Empty if the account identifies its user, or nobody may use it.
    """
    mine = tuple(person for person in shop.team if user and person.user == user)
    if mine:
        return mine if len(mine) > 1 else ()
    free = tuple(person for person in shop.team if not _has_account(person.user))
    return () if person_of(shop, user) else free


def identify(shop: Shop, user: str, said: str = "") -> str:
    """Return the name to work under: ``said`` if given and allowed, else the Unix user unchanged.

    Raise UsageError if ``said`` is not one of the people who may use this account.
    """
    if not said or not shop.team:
        return said or user
    person = next((one for one in shop.team if user and one.user == user), None)
    open_to = [one.name for one in choices(shop, user)] or [person.name if person else user]
    if said not in open_to:
        raise UsageError(
            say(
                "The account “{user}” cannot act as “{said}”. Available: {names}.",
                said=said,
                user=user,
                names=listing(open_to),
            )
        )
    return said


def refusal(shop: Shop, who: str) -> str:
    """Return the reason why this person may not write to the shop, as a sentence; empty if they may."""
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
            "“{who}” is not in this shop's team and cannot write. Ask for a [[team]] entry with this "
            "user in shop.toml.",
            who=who,
        )
    return say(
        "Several people share the account “{who}” ({names}), so you cannot write until you say who "
        "you are: SHOPDAY_WHO=NAME or shopday --who NAME.",
        who=who,
        names=asked,
    )


def may_see(team: tuple[Person, ...], user: str, said: str = "") -> bool:
    """Return whether this person sees the shop among others, given its team.

    They do if it has no team, if they are in the team (also as a viewer, or with others on one account), or
    if no member has an account on this machine. ``said``: the name given with --who, which must be one that
    the account may use in this shop.
    """
    shop = Shop(name="", team=team)
    if said and team:
        try:
            return person_of(shop, identify(shop, user, said)) is not None
        except UsageError:
            return False
    known = person_of(shop, user) is not None or any(user and one.user == user for one in team)
    return known or not any(_has_account(one.user) for one in team)


def check_writes(shop: Shop, who: str) -> None:
    """Raise UsageError, with the reason, if this person may not write to the shop."""
    if why := refusal(shop, who):
        raise UsageError(why)


def _is_viewer(person: Person) -> bool:
    return set(person.roles) == {"viewer"}


def _looks_only(person: Person) -> str:
    return say(
        "{name} can only view this shop (viewer) and reply to texts that mention @{name}.",
        name=person.name,
    )


@lru_cache(maxsize=256)
def _has_account(user: str) -> bool:
    """Return whether the Unix user exists on this machine."""
    try:
        pwd.getpwnam(user)
    except (KeyError, ValueError):
        return False
    return bool(user)
