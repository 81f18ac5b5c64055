"""The commands ``shopday import`` and ``shopday undo``: importing export files, and undoing an import."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import BadInput
from core.language.wording import plural, say
from tui.cli.context import Terms
from tui.cli.output import ProgressLine, tell, tell_json
from tui.cli.shops import named
from tui.text.columns import table

if TYPE_CHECKING:
    from tui.cli.import_files import ImportOutcome

_LISTED = 20
"""Number of imports that ``shopday undo`` lists if no batch is given."""


@click.command("import", help=say("Import files; without a file, import everything in inbox/."))
@click.argument("shop")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=say("Only show what would be imported."))
@click.option(
    "--replace", is_flag=True, help=say("Replace whole days, even if the newer file has fewer rows for them.")
)
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def import_(
    terms: Terms, shop: str, files: tuple[Path, ...], *, dry_run: bool, replace: bool, as_json: bool
) -> None:
    """Import the files; exit with code 3 if one was refused, after the others have been imported.

    JSON: ``[{"file", "sheet", "title", "state": "new|same|refused", "rows", "dates": [ISO],
    "replaces": [ISO], "problems": [{"what", "todo", "where", "row", "column", "level"}],
    "batch": id or null}]``.
    """
    from tui.cli.import_files import take_in

    folder = named(shop)
    found = list(files) or _inbox(folder)
    who, now = who_and_when(folder, terms, writes=not dry_run)
    progress, outcomes = ProgressLine(), []
    try:
        for outcome in take_in(
            folder, found, who=who, at=now, progress=progress, dry_run=dry_run, replaces=replace
        ):
            outcomes.append(outcome)
            if not as_json and not outcome.refused and (files or outcome.preview.state == "new"):
                progress.end()
                tell("\n".join(outcome.lines()))
    finally:
        progress.end()
    if as_json:
        tell_json([outcome.shape() for outcome in outcomes])
    elif not files:
        tell(_summary(folder, outcomes, dry_run=dry_run))
    _complain_of([outcome for outcome in outcomes if outcome.refused], len(outcomes), told=as_json)


@click.command(help=say("Undo an import; without BATCH, list the latest imports."))
@click.argument("shop")
@click.argument("batch", required=False)
@click.pass_obj
def undo(terms: Terms, shop: str, batch: str | None) -> None:
    """Undo an import, so that data it replaced are used again; without a batch, list the latest imports."""
    from core.facts import imports
    from core.facts.ledger import Ledger
    from tui.cli.import_files import spans

    folder = named(shop)
    if batch is None:
        batches = [one for one in Ledger(folder).batches() if one.live][-_LISTED:]
        rows = [
            [one.id, one.sheet, one.file, f"{one.first} - {one.last}", one.who] for one in reversed(batches)
        ]
        tell(table(rows) if rows else say("Nothing has been imported yet."))
        return
    who, now = who_and_when(folder, terms, writes=True)
    older = imports.comes_back(folder, batch)
    taken = imports.undo(folder, batch, who=who, at=now)
    tell(say("Undone: {file} ({first} - {last}).", file=taken.file, first=taken.first, last=taken.last))
    for file, days in older.items():
        tell(say("Used again: {file} ({days}).", file=file, days=spans(days)))


def _inbox(folder: Path) -> list[Path]:
    from core.exports.reading.recognise import waiting
    from core.shop.loading import load_shop

    return waiting(folder / "inbox", load_shop(folder).limits.inbox)


def who_and_when(folder: Path, terms: Terms, *, writes: bool) -> tuple[str, datetime]:
    """Return the name of the person running the command, and the current time in the shop's time zone.

    Raise UsageError if ``writes`` is true and the person may not write.
    """
    from core.shop.loading import load_shop
    from core.shop.permissions import check_writes, person_of

    shop = load_shop(folder)
    who = terms.who(folder)
    if writes:
        check_writes(shop, who)
    person = person_of(shop, who)
    return person.name if person else who, terms.clock().astimezone(shop.zone)


def _summary(folder: Path, outcomes: list[ImportOutcome], *, dry_run: bool) -> str:
    new = sum(outcome.preview.state == "new" for outcome in outcomes)
    same = sum(outcome.preview.state == "same" for outcome in outcomes)
    if not outcomes:
        return say("There are no files in {folder}.", folder=folder / "inbox")
    if dry_run:
        words = [plural("{n} file can be imported.", "{n} files can be imported.", new)]
    else:
        words = [plural("{n} file imported.", "{n} files imported.", new)]
    if same:
        words.append(plural("{n} file was already imported.", "{n} files were already imported.", same))
    return " ".join(words)


def _complain_of(refused: list[ImportOutcome], number: int, *, told: bool) -> None:
    """Raise BadInput if a file was refused; if several were, list them first unless ``told``.

    ``number`` is the number of all files; ``told`` says that the refusals have been printed already.
    """
    if len(refused) == 1:
        raise BadInput(refused[0].refusal())
    if refused:
        if not told:
            tell("\n".join(f"! {outcome.refusal()}" for outcome in refused))
        raise BadInput(
            say(
                "{refused} of {number} files could not be imported; the first: {why}",
                refused=len(refused),
                number=number,
                why=refused[0].refusal(),
            )
        )
