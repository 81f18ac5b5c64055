"""What is recorded of the one item of a rival that is watched closely: its hero, look by look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalHero:
    """One look at a rival's hero item: the one it pushes, or the one nearest to ours."""

    form: ClassVar[str] = "rival_hero"
    form_title: ClassVar[str] = N_("A rival's hero item")
    rival: Annotated[str, Ask(N_("Rival"), "rival")]
    """Shop id from shop.toml, or the name as typed."""
    item: Annotated[str, Ask(N_("Their item"), hint=N_("name or number, the same words at every look"))]
    """Its name, or its number as a listing export has it; the same words at every look."""
    price: Annotated[str, Ask(N_("What it costs"), "band", hint=N_("as a buyer would pay it: 129"))] = ""
    sold: Annotated[str, Ask(N_("Displayed sales"), "seen", hint=N_("as seen: 300, 2000+, 1万+"))] = ""
    reviews: Annotated[int | None, Ask(N_("Number of reviews"), "count")] = None
    picture: Annotated[
        str,
        Ask(N_("Main picture"), hint=N_("what it shows, or its checksum; “same”; empty = not looked at")),
    ] = ""
    description: Annotated[
        str,
        Ask(N_("Description"), hint=N_("what it opens with, or its checksum; “same”; empty = not looked at")),
    ] = ""
    note: Annotated[str, Ask(N_("What else was noticed"), "long")] = ""


RIVAL_RECORDS = (RivalHero,)
