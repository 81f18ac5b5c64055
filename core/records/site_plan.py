"""The settings of whole-site ad plans, which no report contains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """The settings of a whole-site ad plan; recorded again when its target or budget changes."""

    form: ClassVar[str] = "site_plan"
    form_title: ClassVar[str] = N_("Settings of a whole-site plan")
    item: Annotated[str, Ask(N_("Item"), "item")]
    target: Annotated[
        float | None,
        Ask(N_("Target return on ad spend"), "number", hint=N_("before refunds, as on the page: 6.2")),
    ] = None
    net_target: Annotated[
        float | None, Ask(N_("Net target return on ad spend"), "number", hint=N_("after refunds: 2.8"))
    ] = None
    budget: Annotated[float | None, Ask(N_("Daily budget"), "money", hint=N_("empty = unlimited"))] = None
    recommended_net: Annotated[float | None, Ask(N_("Net target recommended on the page"), "number")] = None
    recommended_total: Annotated[
        float | None,
        Ask(
            N_("Recommended target before refunds, on the page"),
            "number",
            hint=N_("such as 19.11, if the net target is 16.64"),
        ),
    ] = None
    ran_out: Annotated[bool | None, Ask(N_("Did the budget run out before 22:00?"), "yesno")] = None
    note: Annotated[str, Ask(N_("Note"))] = ""


SITE_RECORDS = (SitePlan,)
