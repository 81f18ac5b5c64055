"""The keys of the board of many shops; see :mod:`tui.keymap.keys` for the format."""

from __future__ import annotations

from core.language.wording import N_
from tui.keymap.keys import Key

BOARD = (
    Key(
        "enter", "open", N_("open the shop"), N_("Open the day of the shop under the cursor; Esc comes back.")
    ),
    Key(
        "o",
        "order",
        N_("other order"),
        N_("Most money first, most late steps first, most urgent first, as listed."),
    ),
    Key("b", "view", N_("boss view"), N_("Only how the shops stand: month, target, promises; b comes back.")),
    Key(
        "slash", "filter", N_("filter"), N_("Show only some shops: words, or a column and a number: late>2.")
    ),
    Key(
        "s",
        "sort",
        N_("sort"),
        N_("Sort by the column under the cursor; press again to reverse the order."),
    ),
    Key("y", "copy", N_("copy row"), N_("Copy the row under the cursor, for a spreadsheet."), bar=False),
    Key("g", "again", N_("look again"), N_("Read the rows again."), bar=False),
    Key("escape,q", "back", N_("leave"), N_("Show all shops again; if all are shown, leave the board.")),
)
