"""The command ``shopday doctor``: checks whether shopday works here, and says how to fix problems."""

from __future__ import annotations

from pathlib import Path

import click

from core.errors import BadInput, ShopdayError, UsageError
from core.language.wording import plural, say
from core.shop import restricted_mode
from tui.cli.context import Terms
from tui.cli.output import tell, tell_json
from tui.cli.shops import named

MARKS = {"ok": "ok  ", "warn": "?   ", "bad": "!!  "}


@click.command(help=say("Check this terminal and the shop's folder."))
@click.argument("shop", required=False)
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.option(
    "--backup",
    type=click.Path(path_type=Path),
    metavar="FILE.tar.gz",
    help=say("Only save a backup of the shop's folder in this archive; others may go on working."),
)
@click.option(
    "--repair",
    is_flag=True,
    help=say("Only rebuild the list of imports from the imported rows; no rows are removed."),
)
@click.option("--prune", is_flag=True, help=say("Only delete rows that have been in quarantine for 14 days."))
@click.pass_obj
def doctor(
    terms: Terms, shop: str | None, backup: Path | None, *, as_json: bool, repair: bool, prune: bool
) -> None:
    """Check the terminal and the shop's folder, or back up, repair or prune that folder.

    Exit with code 3 if a check finds something that will not work.

    JSON: ``{"checks": [{"name": "version|size|locale|language|colours|width|clipboard|settings|person|rights|
    wall|proposals|privacy|locks|disk|journal|facts|calendar|channels|extensions", "state": "ok|warn|bad",
    "text"}]}``; with ``--backup`` ``{"file", "files", "bytes"}``; with ``--repair`` ``{"ledger_kept": file
    or null, "named", "guessed", "undone", "gone": [batch ids], "brought_back", "quarantined": [files]}``;
    with ``--prune`` ``{"removed", "kept"}``.
    """
    from tui.cli.doctor_checks import shop_checks, terminal_checks

    if (backup is not None) + repair + prune > 1:
        raise UsageError(say("Use only one of --backup, --repair and --prune."))
    if backup is not None:
        _back_up(shop, backup, as_json=as_json)
        return
    if repair or prune:
        _mend(terms, shop, as_json=as_json, repair=repair)
        return
    checks = list(terminal_checks())
    if shop is not None:
        folder = named(shop)
        checks += shop_checks(folder, _who(terms, folder), terms.clock().date())
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


def _who(terms: Terms, folder: Path) -> str:
    """Return the user's name in the shop; if the settings cannot be read, the name of the Unix account."""
    try:
        return terms.who(folder)
    except UsageError:
        raise
    except ShopdayError:
        return terms.user


def _mend(terms: Terms, shop: str | None, *, as_json: bool, repair: bool) -> None:
    """Repair the ledger (the list of imports) or prune the quarantine, and print the result."""
    from core.facts import repair as mending
    from tui.cli.data import who_and_when
    from tui.cli.doctor_repair import pruned_line, repaired_lines, shape

    if shop is None:
        option = "--repair" if repair else "--prune"
        raise UsageError(say("Which shop? shopday doctor SHOP {option}", option=option))
    folder = named(shop)
    who, now = who_and_when(folder, terms, writes=True)
    if repair:
        done = mending.repair(folder, who=who, at=now)
        tell_json(shape(done)) if as_json else tell("\n".join(repaired_lines(done)))
    else:
        removed, kept = mending.prune(folder, today=now.date())
        tell_json({"removed": removed, "kept": kept}) if as_json else tell(pruned_line(removed, kept))


def _back_up(shop: str | None, file: Path, *, as_json: bool) -> None:
    """Create a backup archive of the shop, and print how to restore it."""
    from core.journal.store_choice import store_of
    from core.shop.backup import back_up

    if shop is None:
        raise UsageError(say("Which shop? shopday doctor SHOP --backup FILE.tar.gz"))
    restricted_mode.check_output(file)
    folder = named(shop)
    made = back_up(folder, file, store_of(folder).copies())
    if as_json:
        tell_json({"file": str(made.file), "files": made.files, "bytes": made.size})
        return
    written = plural(
        "{n} file was saved in {file}.", "{n} files were saved in {file}.", made.files, file=made.file
    )
    tell(f"{written} " + say("To restore: tar -xpzf {file} -C FOLDER", file=made.file))
