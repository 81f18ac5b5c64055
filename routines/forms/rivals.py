"""The form of a rival's hero item: the few things about it that change, asked the same way at every look."""

from __future__ import annotations

from typing import Final

from core.language.wording import N_
from core.records.rivals import RivalHero
from routines.forms.form import Field, Form

RIVAL_HERO = Form(
    "rival_hero",
    N_("A rival's hero item"),
    RivalHero,
    (
        Field("rival", N_("Rival"), "rival", required=True),
        Field(
            "item", N_("Their item"), required=True, hint=N_("name or number, the same words at every look")
        ),
        Field("price", N_("What it costs"), "band", hint=N_("as a buyer would pay it: 129")),
        Field("sold", N_("Displayed sales"), "seen", hint=N_("as seen: 300, 2000+, 1万+")),
        Field("reviews", N_("Number of reviews"), "count"),
        Field(
            "picture",
            N_("Main picture"),
            hint=N_("what it shows, or its checksum; “same”; empty = not looked at"),
        ),
        Field(
            "description",
            N_("Description"),
            hint=N_("what it opens with, or its checksum; “same”; empty = not looked at"),
        ),
        Field("note", N_("What else was noticed"), "long"),
    ),
)

RIVAL_FORMS: Final = (RIVAL_HERO,)
