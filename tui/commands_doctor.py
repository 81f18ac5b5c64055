"""``shopday doctor``: will it work here, and if not, what to do."""

from __future__ import annotations

import click

from core.problem import BadInput
from core.wording import plural, say
from tui.printing import tell, tell_json
from tui.shops import named

MARKS = {"ok": "ok  ", "warn": "?   ", "bad": "!!  "}


@click.command(help=say("Check this terminal and the shop's folder."))
@click.argument("shop", required=False)
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
def doctor(shop: str | None, *, as_json: bool) -> None:
    """Exit 3 when something will not work.

    JSON: ``{"checks": [{"name": "size|locale|colours|width|settings|rights|locks|disk|journal", "state":
    "ok|warn|bad", "text"}]}``.
    """
    from tui.checkup import shop_checks, terminal_checks

    checks = list(terminal_checks())
    if shop is not None:
        checks += shop_checks(named(shop))
    if as_json:
        tell_json({"checks": [{"name": one.name, "state": one.state, "text": one.text} for one in checks]})
    else:
        for one in checks:
            tell(f"{MARKS[one.state]}{one.text}")
    bad = [one for one in checks if one.state == "bad"]
    if bad:
        raise BadInput(
            plural(
                "{n} thing will not work: {first}",
                "{n} things will not work; the first: {first}",
                len(bad),
                first=bad[0].text,
            )
        )
