"""The command ``shopday layouts``: lists, tests, shares and deletes the file layouts defined for a shop."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from core.errors import BadInput, UsageError
from core.language.dates import short_day
from core.language.wording import listing, plural, say, text
from tui.cli.context import Terms
from tui.cli.data import who_and_when
from tui.cli.output import tell, tell_json
from tui.cli.shops import named
from tui.text.columns import table

if TYPE_CHECKING:
    from core.exports.layouts.file_layout import FileLayout

_DOES: Final = ("list", "show", "test", "reread", "export", "import", "forget")


@click.command(help=say("List, test, share or forget the layouts the shop was taught."))
@click.argument("shop")
@click.argument("does", type=click.Choice(_DOES), default="list")
@click.argument("words", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("The file to save to."))
@click.option("--figures", is_flag=True, help=say("With forget: also undo what was imported with it."))
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.pass_obj
def layouts(
    terms: Terms,
    shop: str,
    does: str,
    words: tuple[str, ...],
    *,
    output: Path | None,
    figures: bool,
    as_json: bool,
) -> None:
    """List the file layouts defined for the shop, or do with one of them what ``does`` says.

    ``does`` and ``words`` are ``show ID``, ``test ID FILE``, ``reread ID``, ``export ID -o FILE``,
    ``import FILE`` or ``forget ID``.

    JSON of ``list``: ``[{"id", "sheet", "title", "version", "taught_by", "taught_on": ISO, "files", "last":
    name}]``.
    """
    folder = named(shop)
    who, now = who_and_when(folder, terms, writes=does in ("reread", "import", "forget"))
    if does == "list":
        _list(folder, as_json=as_json)
    elif does == "show":
        _show(folder, *_asked(words, 1))
    elif does == "test":
        layout_id, file = _asked(words, 2)
        _test(folder, layout_id, Path(file), now.date())
    elif does == "reread":
        _read_again(folder, _asked(words, 1)[0], who=who, at=now)
    elif does == "export":
        _export(folder, _asked(words, 1)[0], output)
    elif does == "import":
        _import(folder, Path(*_asked(words, 1)))
    else:
        _forget(folder, *_asked(words, 1), who=who, at=now, figures=figures)


def _asked(words: tuple[str, ...], number: int) -> tuple[str, ...]:
    if len(words) != number:
        raise UsageError(
            say("Give the layout's id, as in: shopday layouts SHOP show ID, test ID FILE, import FILE.")
        )
    return words


def _list(folder: Path, *, as_json: bool) -> None:
    from core.exports.layouts.known_layouts import layout_problems
    from core.exports.layouts.shop_layouts import taught_in
    from routines.io.teaching import files_read_by

    shapes: list[dict[str, Any]] = []
    for layout in taught_in(folder):
        files = files_read_by(folder, layout.id)
        shapes.append(
            {
                "id": layout.id,
                "sheet": layout.sheet,
                "title": layout.name,
                "version": layout.version,
                "taught_by": layout.taught.by if layout.taught else "",
                "taught_on": layout.taught.at.date().isoformat() if layout.taught else None,
                "files": len(files),
                "last": files[-1].file if files else "",
            }
        )
    if as_json:
        tell_json(shapes)
        return
    rows = [
        [
            *(one[name] for name in ("id", "sheet", "title", "taught_by")),
            plural("{n} file", "{n} files", one["files"]),
            one["last"],
        ]
        for one in shapes
    ]
    tell(
        table(rows)
        if rows
        else say("This shop has not been taught any layout yet. Teach one with: shopday teach")
    )
    for problem in layout_problems():
        tell(text(problem))


def _found(folder: Path, layout_id: str) -> FileLayout:
    """Return the layout with this id, the shop's own or a built-in one; raise BadInput if there is none."""
    from core.exports.layouts.known_layouts import layouts_of
    from core.exports.layouts.shop_layouts import nobody_knows

    known = layouts_of(folder)
    every = [*known.taught, *known.known]
    for layout in every:
        if layout.id == layout_id:
            return layout
    raise nobody_knows(layout_id, [one.id for one in every])


def _show(folder: Path, layout_id: str) -> None:
    from core.exports.layouts.shop_layouts import document_of
    from routines.io.teaching import files_read_by

    tell(document_of(_found(folder, layout_id)).rstrip("\n"))
    rows = [
        [one.id, one.layout, one.file, f"{one.first} - {one.last}"]
        for one in files_read_by(folder, layout_id)
    ]
    if rows:
        tell("\n" + table(rows))


def _test(folder: Path, layout_id: str, file: Path, today: date) -> None:
    from core.exports.reading.problem_collector import figure
    from routines.io.teaching import read_by

    read = read_by(folder, file, _found(folder, layout_id), today=today)
    refused = next((problem for problem in read.problems if problem.level == "refused"), None)
    if refused or read.sheet is None:
        raise BadInput(refused.sentence() if refused else say("The file has another layout."))
    if read.layout.partition("@")[0] != layout_id:
        raise BadInput(say("{file} does not have the layout “{id}”.", file=file.name, id=layout_id))
    frame = read.frame
    sums = [
        f"{read.sheet.column(name).headers[0]} {figure(float(frame[name].sum()))}"
        for name in read.sheet.adds
        if name in frame and read.sheet.column(name).headers and frame[name].notna().any()
    ]
    tell(f"{file.name}: " + listing([plural("{n} row", "{n} rows", read.rows), *sums]))
    for problem in read.problems:
        tell(f"    - {problem.sentence()}")


def _read_again(folder: Path, layout_id: str, *, who: str, at: datetime) -> None:
    from routines.io.teaching import read_again

    told = read_again(folder, layout_id, who=who, at=at)
    for one in told:
        rows = plural("{n} row", "{n} rows", one["rows"])
        tell(say("Reloaded: {file} ({rows}).", file=one["file"], rows=rows) if not one["why"] else
             say("Not changed: {file}. {why}", file=one["file"], why=one["why"]))  # fmt: skip
    if not told:
        tell(say("No file in inbox/ was read with an earlier version."))


def _export(folder: Path, layout_id: str, output: Path | None) -> None:
    from core.exports.layouts.shop_layouts import document_of
    from core.shop.restricted_mode import check_output
    from core.storage.atomic_files import write_atomically

    shared = _found(folder, layout_id)._replace(taught=None, version=1)
    words = document_of(shared)
    if output is None:
        tell(words.rstrip("\n"))
        return
    check_output(output)
    write_atomically(output, words.encode())
    tell(say("Saved: {file}", file=output))


def _import(folder: Path, file: Path) -> None:
    from routines.io.teaching import take_over

    for layout in take_over(folder, file):
        tell(say("Layout added: {title} ({id}).", title=layout.name, id=layout.id))


def _forget(folder: Path, layout_id: str, *, who: str, at: datetime, figures: bool) -> None:
    from core.exports.layouts.shop_layouts import forget
    from core.facts.imports import undo
    from routines.io.teaching import files_read_by

    made = files_read_by(folder, layout_id)
    gone = forget(folder, layout_id)
    tell(say("Layout deleted: {title} ({id}).", title=gone.name, id=gone.id))
    for batch in made:
        days = f"{short_day(batch.first)} - {short_day(batch.last)}"
        if figures:
            undo(folder, batch.id, who=who, at=at)
            tell(say("Import undone: {file} ({days}).", file=batch.file, days=days))
        else:
            tell(say("The figures of this file are kept: {file} ({days}).", file=batch.file, days=days))
