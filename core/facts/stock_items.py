"""Assign items to the rows of a stock list that identifies goods only by codes.

A code is looked up in shop.toml, in a catalogue, in the platform's own goods template, and among the items'
article numbers; the most trusted source that knows the code decides. Codes are never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import Problem
from core.exports.cells import fold
from core.exports.kinds.catalogue import Catalogue
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.facts.download_order import in_order
from core.facts.ledger import Ledger
from core.facts.window import load
from core.language.wording import listing, plural, say
from core.shop.loading import load_shop
from core.shop.settings import settings_file

if TYPE_CHECKING:
    import pandas as pd

    from core.exports.reading.result import Reading

_TEMPLATES: Final = 60
"""How many of the newest stock lists are searched for the platform's template, which has both item and
code."""
_TOLD: Final = 3


def known_codes(folder: Path, today: date) -> dict[str, frozenset[str]]:
    """Return the items of each known code; several if the same goods are listed under more than one item."""
    shop = load_shop(folder) if settings_file(folder).is_file() else None
    named = [(code, item.id) for item in shop.items for code in item.codes] if shop else []
    long_ago = today - timedelta(days=Catalogue.days)
    catalogue = load(folder, Catalogue, long_ago, today).frame
    articles = load(folder, Items, today - timedelta(days=Items.days), today, only=("art_no",)).frame
    sources = [
        _items_of(named),
        _items_of(zip(catalogue["code"], catalogue["item"], strict=True)),
        _items_of(_templates(folder)),
        _items_of(zip(articles["art_no"], articles["item"], strict=True)),
    ]
    known: dict[str, frozenset[str]] = {}
    for source in reversed(sources):
        known |= source
    for code, style in zip(catalogue["code"], catalogue["item_code"], strict=True):
        if key_of_code(code) not in known and (items := known.get(key_of_code(style))):
            known[key_of_code(code)] = items
    return known


def with_items(frame: pd.DataFrame, known: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """Return the stock list with the item filled in for each row whose code belongs to exactly one item.

    A row that names its item itself is dropped if rows of the same day were assigned that item by code,
    because both describe the same goods.
    """
    loose = frame["item"] == ""
    joined = frame[loose].copy()
    codes = (map(str, joined[name]) for name in ("art_no", "sku", "item_code"))
    joined["item"] = [_item(known, *told) for told in zip(*codes, strict=True)]
    own = frame[~loose]
    import pandas as pd

    told = set(zip(joined["date"], joined["item"], strict=True))
    twice = [pair in told for pair in zip(own["date"], own["item"], strict=True)]
    rows: pd.DataFrame = pd.concat([own[[not one for one in twice]], joined])
    return rows.sort_values(list(Stock.key), kind="stable", ignore_index=True)


def loose_codes(folder: Path, reading: Reading, today: date) -> tuple[Problem, ...]:
    """Return a note on the stock list's codes that belong to no item yet, largest quantity first.

    Empty if none.
    """
    if reading.sheet is not Stock or reading.refused:
        return ()
    frame = reading.frame
    if not (frame["item"] == "").any():
        return ()
    left = with_items(frame, known_codes(folder, today))
    left = left[left["item"] == ""].sort_values("on_hand", ascending=False, kind="stable")
    if left.empty:
        return ()
    codes = [code or sku for code, sku in zip(left["art_no"], left["sku"], strict=True)]
    what = plural(
        "{n} code ({pieces} pieces) is not matched to an item yet: {codes}.",
        "{n} codes ({pieces} pieces) are not matched to items yet: {codes}.",
        len(codes),
        pieces=f"{left['on_hand'].sum():,.0f}",
        codes=listing(codes[:_TOLD]) + (" …" if len(codes) > _TOLD else ""),
    )
    todo = say("Import {item_template}, or a catalogue.csv with the columns code,item.")
    return (Problem(what, todo, reading.file, level="note"),)


def key_of_code(code: str) -> str:
    """Return the code normalized for comparison.

    Half width, upper case, without whitespace and spreadsheet quoting.
    """
    return "".join(fold(code).strip("=\"'`’").split()).upper()


def _item(known: Mapping[str, frozenset[str]], *codes: str) -> str:
    """Return the item of the first known code; "" if no code is known, or the first has several items."""
    for code in codes:
        if items := known.get(key_of_code(code)) if code else None:
            return next(iter(items)) if len(items) == 1 else ""
    return ""


def _items_of(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, item in pairs:
        if code and item:
            found.setdefault(key_of_code(code), set()).add(item)
    return {code: frozenset(items) for code, items in found.items()}


def _templates(folder: Path) -> list[tuple[str, str]]:
    """Return (code, item) pairs from the newest stock list that contains both."""
    from core.facts.batches import fetch

    ledger = Ledger(folder)
    names = ("item", "art_no", "sku", "date")
    for batch in reversed(in_order(ledger.live(Stock.id))[-_TEMPLATES:]):
        frame = fetch(ledger.file_of(batch), names, batch.first, batch.last)
        if "art_no" not in frame or "item" not in frame:
            continue
        both = frame[(frame["item"] != "") & (frame["art_no"] != "")]
        if len(both):
            return list(zip(both["art_no"], both["item"], strict=True))
    return []
