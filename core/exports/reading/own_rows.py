"""Keep only this shop's rows of a file with several shops, and refuse a file of another shop."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.exports.cells import fold, identifier
from core.exports.dimensions import dimension_of, is_whole
from core.exports.reading.problem_collector import ProblemCollector, short
from core.exports.reading.side_columns import SideColumn
from core.language.wording import listing, plural, say
from core.shop.settings import Shop

if TYPE_CHECKING:
    import numpy as np

_DRESS: Final = re.compile(r"官方|旗舰店|专卖店|专营店|店$|[()\[\]【】<>《》\"'“”‘’]|\s+")
_OURS: Final = ("本店", "我的店铺", "我的店", "本店铺")
_NAMED: Final = re.compile(r"(旗舰店|专卖店|专营店)$")
_TOLD: Final = 3


def same_shop(one: str, other: str) -> bool:
    """Return whether two names mean the same shop, ignoring width, spaces, brackets and e.g. 官方旗舰店."""
    return _core(one) == _core(other)


def is_shop_name(text: str) -> bool:
    """Return whether the text ends as only a shop's name does: in 旗舰店, 专卖店 or 专营店."""
    return _NAMED.search(fold(text)) is not None


def is_ours(name: str, shop: Shop) -> bool:
    """Return whether the name is the shop's name or one of its other names in exports."""
    return fold(name) in _OURS or any(same_shop(name, ours) for ours in (shop.name, *shop.also))


def _core(name: str) -> str:
    plain = fold(name).casefold()
    core = _DRESS.sub("", _DRESS.sub("", plain))
    return core or plain


@dataclass(frozen=True, slots=True)
class Own:
    """Which rows of a file belong to the shop, and how the file names the shop."""

    rows: np.ndarray | None = None
    """A mask of the shop's rows; None if all rows are."""
    shop_name: str = ""
    """The shop's name in the file; empty if the file does not contain it."""
    learnt: str = ""
    """A shop id in the file that is taken as this shop's from now on; empty if none."""


def own_rows(columns: Sequence[SideColumn], shop: Shop | None, troubles: ProblemCollector) -> Own:
    """Return which rows are the shop's, according to the file's shop columns; refuse the file if no row is.

    ``columns``: the side columns of the dimensions ``shop`` and ``shop_id``. A name takes precedence over an
    id.
    """
    names = [column for column in columns if dimension_of(column.header) == "shop"]
    for column in names:
        if any(not is_whole(value) for value in column.values()):
            return _by_name(column, shop, troubles)
    for column in columns:
        if column not in names and column.values():
            return _by_id(column, shop, troubles)
    return Own()


def by_names(names: Collection[str], shop: Shop | None, troubles: ProblemCollector) -> None:
    """Refuse a file if ``names``, the shop names found outside its tables, are all those of other shops."""
    others = [name for name in names if name]
    if shop is not None and others and not any(is_ours(name, shop) for name in others):
        _refuse(sorted(others), shop, troubles)


def _by_name(column: SideColumn, shop: Shop | None, troubles: ProblemCollector) -> Own:
    values = [value for value in column.values() if not is_whole(value)]
    if shop is None:
        return Own(shop_name=values[0])
    ours = [value for value in values if is_ours(value, shop)]
    if ours and len(values) > 1 and column.blank.any():
        column = column.filled_down()
        if column.blank.any():
            _refuse_unnamed(column, values, troubles)
            return Own(shop_name=ours[0])
    if not ours:
        _refuse(values, shop, troubles)
        return Own(shop_name=values[0])
    return _left(column, ours, shop_name=ours[0], troubles=troubles)


def _by_id(column: SideColumn, shop: Shop | None, troubles: ProblemCollector) -> Own:
    ids = {value: _id(value) for value in column.values()}
    if shop is None:
        return Own()
    ours = [value for value, one in ids.items() if one in shop.shop_ids]
    if ours:
        return _left(column, ours, shop_name="", troubles=troubles)
    if len(ids) > 1 or shop.shop_ids:
        names = listing([short(value) for value in ids][:_TOLD])
        troubles.refuse(
            say(
                "The file contains several shops ({names}), but none is called {shop}.",
                names=names,
                shop=shop.name,
            )
            if len(ids) > 1
            else say(
                "The file is from the shop “{other}”, but this is “{shop}”.", other=names, shop=shop.name
            ),
            say(
                'If one of these shops is yours, add shop_ids = ["{first}"] to shop.toml.',
                first=next(iter(ids.values())),
            ),
            column.header,
        )
        return Own()
    learnt = next(iter(ids.values()))
    troubles.note(say("From now on, shop id {id} is taken to be this shop.", id=learnt))
    return Own(learnt=learnt)


def _left(column: SideColumn, ours: Sequence[str], *, shop_name: str, troubles: ProblemCollector) -> Own:
    """Return the rows whose value is in ``ours`` or blank, and note the names of the shops left out."""
    rows = column.rows_that(ours) | column.blank
    others = [value for value in column.values() if value not in ours]
    if rows.all():
        return Own(shop_name=shop_name)
    troubles.note(
        plural(
            "{n} row of another shop ({names}) was left out.",
            "{n} rows of other shops ({names}) were left out.",
            int((~rows).sum()),
            names=listing([short(value) for value in others[:_TOLD]]),
        )
    )
    return Own(rows, shop_name)


def _refuse_unnamed(column: SideColumn, names: Sequence[str], troubles: ProblemCollector) -> None:
    troubles.refuse(
        plural(
            "{header} is empty in {n} row, and the file is about several shops ({names}): it "
            "cannot be told which shop the row belongs to.",
            "{header} is empty in {n} rows, and the file is about several shops ({names}): it "
            "cannot be told which shop the rows belong to.",
            int(column.blank.sum()),
            header=column.header,
            names=listing([short(name) for name in names[:_TOLD]]),
        ),
        say("Fill in the empty cells, or export one shop at a time."),
        column.header,
    )


def _refuse(names: Sequence[str], shop: Shop, troubles: ProblemCollector) -> None:
    first = names[0]
    if len(names) == 1:
        troubles.refuse(
            say("The file is from the shop “{other}”, but this is “{shop}”.", other=first, shop=shop.name),
            say(
                'If “{other}” is another name of this shop, add also = ["{other}"] to shop.toml.', other=first
            ),
        )
        return
    told = listing([short(name) for name in names[:_TOLD]])
    troubles.refuse(
        say(
            "The file contains several shops ({names}), but none is called {shop}.",
            names=told,
            shop=shop.name,
        ),
        say('If one of these shops is yours, add also = ["{first}"] to shop.toml.', first=first),
    )


def _id(value: str) -> str:
    try:
        return identifier(value)
    except ValueError:
        return value
