"""The keys of the screens that edit the settings, declared as those in :mod:`tui.keymap.keys`."""

from __future__ import annotations

from core.language.wording import N_
from tui.keymap.keys import Key

SECTIONS = (Key("enter", "open", N_("open it"), N_("Open the section under the cursor.")),)
ROWS = (
    Key("enter", "change", N_("change"), N_("Change the row under the cursor.")),
    Key("n", "new", N_("add"), N_("Add a row.")),
    Key("x", "remove", N_("remove"), N_("Remove the row, or leave the step out; the screen says which.")),
    Key("slash", "jump", N_("go to"), N_("Go to the next row that contains some words.")),
)
