"""The command ``shopday proposals``: lists, accepts and refuses proposed changes of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from core.errors import UsageError
from core.language.wording import say
from tui.cli.context import Terms
from tui.cli.output import tell, tell_json
from tui.cli.shops import named

if TYPE_CHECKING:
    from core.journal.proposed_settings import ProposedSetting
    from routines.workday.setting_proposals import SettingProposals


@click.command(help=say("List, accept or refuse proposed settings."))
@click.argument("shop")
@click.option(
    "--accept", metavar="ID", multiple=True, help=say("Accept: write the change into the settings.")
)
@click.option(
    "--refuse", metavar="ID", multiple=True, help=say("Refuse the change; if it is your own: withdraw it.")
)
@click.option(
    "--reason",
    metavar="TEXT",
    default="",
    help=say("The reason; the person who proposed the change will read it."),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def proposals(
    terms: Terms, shop: str, accept: tuple[str, ...], refuse: tuple[str, ...], reason: str, *, as_json: bool
) -> None:
    """List the proposed changes of the settings, after accepting or refusing some; ids may be abbreviated.

    JSON: ``[{"id", "at", "who", "step", "form", "values", "was", "state":
    "open|accepted|refused|withdrawn", "by", "decided": ISO or null, "reason", "text"}]``, oldest first.
    """
    from routines.workday.workday import Workday

    if reason and not refuse:
        raise UsageError(say("--reason can be used only with --refuse."))
    folder = named(shop)
    workday = Workday.open(folder, clock=terms.clock, who=terms.who(folder))
    kept = workday.proposals
    for one in accept:
        kept.accept(one)
    for one in refuse:
        kept.refuse(one, reason)
    found = kept.all()
    if as_json:
        tell_json([_shape(one, kept) for one in found])
    elif not found:
        tell(say("No change of the settings has been proposed."))
    else:
        tell("\n".join(line for one in found for line in _lines(one, kept)))


def _lines(one: ProposedSetting, kept: SettingProposals) -> tuple[str, str]:
    return (
        f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.who}  {kept.state_words(one)}",
        f"    {kept.words(one)}",
    )


def _shape(one: ProposedSetting, kept: SettingProposals) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "who": one.who,
        "step": one.step,
        "form": one.form,
        "values": dict(one.values),
        "was": dict(one.was),
        "state": one.state,
        "by": one.by,
        "decided": one.decided.isoformat() if one.decided else None,
        "reason": one.reason,
        "text": kept.words(one),
    }
