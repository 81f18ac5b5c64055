"""The keys of the screens that edit the settings, declared as those in :mod:`tui.keymap.keys`."""

from __future__ import annotations

from core.language.wording import N_
from tui.keymap.keys import Key

SECTIONS = (Key("enter", "open", N_("open it"), N_("Open the section under the cursor.")),)
ROWS = (
    Key("enter", "change", N_("change"), N_("Change the row under the cursor.")),
    Key("n", "new", N_("add row"), N_("Add a row.")),
    Key("x", "remove", N_("take out"), N_("Remove the row, or leave the step out; the screen says which.")),
    Key("slash", "jump", N_("go to"), N_("Go to the next row that contains some words.")),
)
FIRST_RUN = (
    Key("o", "inbox", N_("copy inbox path"), N_("Copy the path of the inbox folder to the clipboard.")),
    Key("i", "imports", N_("import"), N_("Import the files in inbox/.")),
    Key("e", "settings", N_("fill in"), N_("Fill in targets, team and the other settings of the shop.")),
    Key("t", "sample", N_("sample shop"), N_("Open the sample shop; leaving it comes back here.")),
    Key(
        "enter,escape,q", "start", N_("start"), N_("Open the first step if its file is there, else the day.")
    ),
)
