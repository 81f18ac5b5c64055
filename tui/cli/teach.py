"""The command ``shopday teach``: defines a new file layout once, so that later files need no questions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from core.errors import BadInput, UsageError
from core.language.wording import listing, plural, say
from tui.cli.context import Terms
from tui.cli.data import who_and_when
from tui.cli.output import tell, tell_json
from tui.cli.shops import named
from tui.text.columns import table


@click.command(help=say("Teach shopday an unknown kind of file and import it."))
@click.argument("shop")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "sheet",
    default="",
    metavar="KIND",
    help=say("What kind of file it is, such as stock or shop_day."),
)
@click.option(
    "--column", "columns", multiple=True, metavar="OURS=HEADER",
    help=say(
        "One of shopday's columns and its header in the file; write OURS= (nothing after =) if the "
        "file has no such column."),
)  # fmt: skip
@click.option("--unit", "units", multiple=True, metavar="OURS=UNIT", help=say("The unit: yuan, fen, wan …"))
@click.option(
    "--keep",
    multiple=True,
    metavar="HEADER=VALUE",
    help=say("Use only rows that have this value in this column; may be repeated."),
)
@click.option(
    "--add-over", multiple=True, metavar="HEADER", help=say("Add up rows that differ only in this column.")
)
@click.option(
    "--fill-down",
    multiple=True,
    metavar="HEADER",
    help=say("Blank cells in this column repeat the cell above."),
)
@click.option(
    "--splits-nothing",
    multiple=True,
    metavar="HEADER",
    help=say("Say that this column does not split a day or item into several rows."),
)
@click.option(
    "--amount-per",
    default="",
    metavar="order|line",
    help=say("Whether amounts are per order or per line, if an order has several lines."),
)
@click.option(
    "--date-format", default="", metavar="FORMAT", help=say("How dates are written, such as %m/%d/%Y.")
)
@click.option("--id", "layout_id", default="", metavar="ID", help=say("The layout's id."))
@click.option("--title", default="", help=say("The layout's title."))
@click.option("--dry-run", is_flag=True, help=say("Only show what would be read."))
@click.option("--json", "as_json", is_flag=True, help=say("Print JSON."))
@click.option("--yes", is_flag=True, help=say("Save the layout without asking."))
@click.pass_obj
def teach(
    terms: Terms,
    /,
    shop: str,
    file: Path,
    *,
    dry_run: bool,
    as_json: bool,
    yes: bool,
    **said: Any,  # noqa: ANN401
) -> None:
    """Define the file's layout for the shop, guessing what no option specifies, and import the file.

    The most likely kind of export is taken; columns are assigned only if they are beyond doubt.

    JSON: that of ``routines.io.teaching.look`` with ``--dry-run``, else ``{"id", "version", "title", "rows",
    "batch", "file", "older"}``.
    """
    from routines.io import teaching

    folder = named(shop)
    who, now = who_and_when(folder, terms, writes=not dry_run)
    view = teaching.look(folder, file, None, today=now.date(), sheet=_kind(said["sheet"]))
    draft = _said(view, said)
    if draft != view["draft"]:
        view = teaching.look(folder, file, draft, today=now.date())
    if not as_json:
        tell("\n".join(_lines(view)))
    if dry_run:
        if as_json:
            tell_json(view)
        return
    if view["blocked"]:
        raise BadInput(say("{file}: {why} No layout was saved.", file=file.name, why=view["blocked"]))
    if not yes and not _agreed():
        raise BadInput(say("Nothing was saved: add --yes to save the layout."))
    made = teaching.teach(folder, file, draft, who=who, at=now)
    if as_json:
        tell_json(made)
    else:
        tell(
            plural(
                "Layout saved: {title} ({id}); {n} row imported.",
                "Layout saved: {title} ({id}); {n} rows imported.",
                made["rows"],
                title=made["title"],
                id=made["id"],
            )
        )
        if made["older"]:
            tell(
                plural(
                    "{n} file was read with an earlier version; to read it again: shopday layouts {shop} "
                    "reread "
                    "{id}",
                    "{n} files were read with an earlier version; to read them again: shopday layouts {shop} "
                    "reread {id}",
                    made["older"],
                    shop=folder,
                    id=made["id"],
                )
            )


def _agreed() -> bool:
    return sys.stdin.isatty() and click.confirm(say("Save the layout and import the file?"), default=True)


def _kind(word: str) -> str:
    from core.exports.kinds.registry import SHEETS

    if word and word not in SHEETS:
        raise UsageError(
            say(
                "There is no kind of file “{word}”. Available: {names}.",
                word=word,
                names=", ".join(SHEETS),
            )
        )
    return word


def _said(view: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return the draft layout in ``view`` after applying the command line's options ``said``.

    Raise UsageError for an unknown name.
    """
    from core.exports.teaching.draft import draft_from

    headers = [column["header"] for column in view["columns"]]
    targets = {target["name"]: target for target in view["targets"]}
    draft = draft_from(view["draft"])
    for ours, header in _pairs(said["columns"]):
        _check(ours, list(targets))
        if header:
            _check(header, headers)
            draft = draft.mapped(header, ours)
        elif ours in draft.columns:
            draft = draft.free(draft.columns[ours])
    for ours, unit in _pairs(said["units"]):
        _check(ours, list(draft.columns))
        _check(unit, [one for one in targets[ours]["units"] if one])
        draft = draft.in_unit(ours, unit)
    keep: dict[str, list[str]] = {header: list(values) for header, values in draft.keep.items()}
    for header, value in _pairs(said["keep"]):
        _check(header, headers)
        keep.setdefault(header, []).append(value)
    for header in (*said["add_over"], *said["splits_nothing"], *said["fill_down"]):
        _check(header, headers)
    if said["amount_per"]:
        _check(said["amount_per"], ["order", "line"])
    return draft.shape() | {
        "keep": keep,
        "add_over": list(dict.fromkeys([*draft.add_over, *said["add_over"]])),
        "attributes": list(dict.fromkeys([*draft.attributes, *said["splits_nothing"]])),
        "fill_down": list(dict.fromkeys([*draft.fill_down, *said["fill_down"]])),
        "amount_per": said["amount_per"] or draft.amount_per,
        "date_format": said["date_format"] or draft.date_format,
        "id": said["layout_id"] or draft.id,
        "title": said["title"] or draft.title,
    }


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    found = []
    for word in words:
        first, is_pair, second = word.partition("=")
        if not is_pair:
            raise UsageError(say("“{word}” must be written as two words with = between them.", word=word))
        found.append((first.strip(), second.strip()))
    return found


def _check(word: str, known: Sequence[str]) -> None:
    if word not in known:
        raise UsageError(
            say("There is no “{word}” here. Available: {names}.", word=word, names=listing(known))
        )


def _lines(view: dict[str, Any]) -> list[str]:
    """Return the preview to print: a line per column, the resulting sums, and any problems."""
    labels = {target["name"]: target["label"] for target in view["targets"]}
    title = next(one["title"] for one in view["sheets"] if one["id"] == view["draft"]["sheet"])
    rows = [
        [
            column["header"],
            "…" if column["private"] else "  ".join(cell[:16] for cell in column["cells"]),
            f"{labels[column['target']]} ({column['target']})" if column["target"] else "-",
            column["unit"],
        ]
        for column in view["columns"]
    ]
    sums = [f"{label} {value}" for label, value in view["sums"]]
    read = plural("{n} row", "{n} rows", view["rows"])
    lines = [
        f"{view['file']}: {title}",
        table(rows),
        listing([read, *sums]),
        view["known"],
        *view["problems"],
    ]
    return [line for line in (*lines, view["blocked"]) if line]
