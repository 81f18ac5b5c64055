"""The morning's summary of actions that promised to change a figure: how many promises were kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.language.wording import plural

if TYPE_CHECKING:
    from routines.past.promise_history import JudgedPromise


def promised_words(promises: Sequence[JudgedPromise]) -> tuple[str, str] | None:
    """Return the summary of these promises and its style; None if there are no promises."""
    if not promises:
        return None
    counts = {
        name: sum(one.outcome == name for one in promises) for name in ("kept", "not kept", "cannot tell")
    }
    words = plural(
        "{n} promise due: {kept} kept, {broken} missed, {unclear} cannot tell.",
        "{n} promises due: {kept} kept, {broken} missed, {unclear} cannot tell.",
        len(promises),
        kept=counts["kept"],
        broken=counts["not kept"],
        unclear=counts["cannot tell"],
    )
    return words, "$level-watch" if counts["not kept"] else "$level-good" if counts["kept"] else ""
