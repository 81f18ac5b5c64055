"""The record of a rival's hero item, observed regularly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalHero:
    """An observation of a rival's hero item: the one it promotes most, or the one most similar to ours."""

    form: ClassVar[str] = "rival_hero"
    form_title: ClassVar[str] = N_("A rival's best seller")
    rival: Annotated[str, Ask(N_("Rival"), "rival")]
    """The rival's id in shop.toml, or its name as typed."""
    item: Annotated[str, Ask(N_("The rival's item"), hint=N_("name or number, always written the same way"))]
    """The item's name, or its number in a listing export; spelled the same in every observation."""
    ours: Annotated[str, Ask(N_("Our comparable item"), "item")] = ""
    """Our item that buyers compare it with."""
    price: Annotated[str, Ask(N_("Price of the rival's item"), "band", hint=N_("what a buyer pays: 129"))] = (
        ""
    )
    sold: Annotated[
        str, Ask(N_("Displayed sales"), "seen", hint=N_("copy what the page shows: 300, 2000+, 1万+"))
    ] = ""
    reviews: Annotated[int | None, Ask(N_("Number of reviews"), "count")] = None
    picture: Annotated[
        str,
        Ask(
            N_("Main picture"),
            hint=N_("what the picture shows; “same” if unchanged; empty if you did not look"),
        ),
    ] = ""
    description: Annotated[
        str,
        Ask(
            N_("Item page"),
            hint=N_("how the item page begins; “same” if unchanged; empty if you did not look"),
        ),
    ] = ""
    note: Annotated[str, Ask(N_("Other observations"), "long")] = ""


RIVAL_RECORDS = (RivalHero,)
