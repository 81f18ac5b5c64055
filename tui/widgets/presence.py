"""Who else is working in the shop's day now, and who finished a step, as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.language.wording import listing, say
from core.shop.presence import Present

_MOST = 4


def presence_words(others: Sequence[Present], title: Callable[[str], str]) -> str:
    """Return in which steps the other people are working; empty if nobody else is present.

    ``title`` returns a step's title for its id.
    """
    said = [
        say("{who} in {step}", who=one.who, step=title(one.step))
        if one.step
        else say("{who} at the agenda", who=one.who)
        for one in others
    ]
    more = [say("{n} more", n=len(said) - _MOST)] if len(said) > _MOST else []
    return "  ".join([*said[:_MOST], *more])


def here_words(others: Sequence[Present], step: str) -> str:
    """Return who of the other people is working in the step; empty if nobody is."""
    people = [one.who for one in others if one.step == step]
    return say("also in this step: {people}", people=listing(people)) if people else ""


def finish_words(people: Sequence[str]) -> str:
    """Return who finished the step, if it was more than one person; else empty."""
    return say("finished by {people}", people=listing(list(people))) if len(people) > 1 else ""
