"""The first steps of a new shop: three numbered steps, and which file opens which steps of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType
from textual.widget import Widget

from core.language.wording import N_, listing, plural, say
from core.shop.restricted_mode import restricted
from tui.keymap import keys, settings_keys
from tui.screens.base_screen import BaseScreen
from tui.text.sanitize import Shown, content, fit, line, width
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.labels import Words

if TYPE_CHECKING:
    from routines.answers.file_needed import FileNeeded

FIRST: Final = ("shop_day", "items", "ads")
"""The files that are enough for a week, in this order (a judgement)."""
_AROUND: Final = 13
"""Rows of the screen that are neither in the list of files nor in the texts of the three steps."""
_LEAST: Final = 4
"""Minimum rows of the list of files."""
_PATH: Final = 34
"""Maximum cells of the path of the inbox."""
_STATE: Final = 7
_NAMED: Final = 3
_SIDE: Final = 30
"""Maximum cells of a file's name."""


class FirstRun(BaseScreen):
    """What to do first in a new shop, and the keys for it."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*settings_keys.FIRST_RUN, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(settings_keys.FIRST_RUN)
    HELP: ClassVar[str] = N_(
        "Three steps lead to the first verdict. Download the file that the second step names, put it into "
        "the inbox folder and press i. The list says which steps each further file opens. All steps can be "
        "worked through without files too; figures are then typed in."
    )

    _high = 0
    """Rows that the texts of the three steps take."""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("New shop")

    def body(self) -> Iterable[Widget]:
        """Yield the steps, the list of files, and what can be done without files."""
        yield Words(id="steps")
        yield Words(id="opens")
        yield Words(id="without")

    def redraw(self) -> None:
        """Draw the steps by what is there already, and the files with what they open."""
        needed = self.session.files.needed
        self.query_one("#steps", Words).put(Prose(self._steps(needed)))
        self.query_one("#opens", Words).put(Prose([lambda room: self._files(needed, room)]))
        self.query_one("#without", Words).put(
            Prose(
                [
                    content(""),
                    hang(
                        " ",
                        say("Without files too: rivals, stand-up, actions, report; figures are typed in."),
                    ),
                    content(""),
                    hang(" ", say("See it first: t opens the sample shop (weeks of invented figures).")),
                ]
            )
        )

    # -- the three steps -------------------------------------------------------------------------

    def _steps(self, needed: Sequence[FileNeeded]) -> list[Block]:
        lacks, brought = self._lacks(), any(one.file for one in needed)
        first = (
            say("name, month's target, team: done; e changes them")
            if not lacks
            else say("still empty: {names}. e fills them in", names=listing(lacks))
        )
        now = 0 if lacks and not brought else 1 if not brought else 2
        done = (not lacks, brought, False)
        texts = (first, self._bring(needed), say("“Target”: was yesterday's target met, and why"))
        titles = (say("The shop"), say("Bring one file"), say("Open the first step"))
        side = max(map(width, titles)) + 2
        beside = max(1, self.size.width - side - 9)
        self._high = sum(max(1, -(-width(text) // beside)) for text in texts)
        rows: list[Block] = [
            content(""),
            hang(" ", (say("Welcome. Three steps to the first verdict, about 10 minutes."), "bold")),
            content(""),
        ]
        for number, (title, text) in enumerate(zip(titles, texts, strict=True)):
            mark = "✓" if done[number] else "▸" if number == now else " "
            look = "$level-good" if done[number] else "bold $now" if number == now else "$quiet"
            rows.append(hang([(f"  {mark}  {number + 1} {fit(title, side)}", look)], text))
        return rows

    def _lacks(self) -> list[str]:
        shop = self.workday.shop
        lacks = []
        if shop.target_of(self.workday.day) is None and shop.net_target_of(self.workday.day) is None:
            lacks.append(say("the month's target"))
        if not shop.team:
            lacks.append(say("who does what"))
        return lacks

    def _bring(self, needed: Sequence[FileNeeded]) -> str:
        inbox = _short(self.workday.folder / "inbox")
        waiting = len(self.session.files.waiting)
        if waiting:
            return plural(
                "{n} file is in the inbox: press i to import it",
                "{n} files are in the inbox: press i to import them",
                waiting,
            )
        if any(one.file for one in needed):
            return say("done; further files: put them into {inbox} and press i", inbox=inbox)
        days = next((one for one in needed if one.sheet == FIRST[0]), None)
        if days is None:
            return say("put it into {inbox} and press i", inbox=inbox)
        return say("{how}; put it into {inbox} and press i", how=days.how, inbox=inbox)

    # -- the files -------------------------------------------------------------------------------

    def _files(self, needed: Sequence[FileNeeded], room: int) -> list[Shown]:
        head = say("Which file opens which steps (* the first three are enough for a week)")
        rows = [content(""), line(" ", (fit(head, room - 2), "bold $heading"))]
        if not needed:
            return [*rows, line("    ", (say("Still checking which files the day needs ..."), "$quiet"))]
        order = sorted(needed, key=lambda one: (_place(one), -len(one.steps)))
        most = max(_LEAST, self.size.height - _AROUND - self._high)
        shown, rest = (order, []) if len(order) <= most else (order[: most - 1], order[most - 1 :])
        side = min(_SIDE, max(width(one.title) for one in order) + 1)
        for one in shown:
            steps = listing([self._title(step) for step in one.steps[:_NAMED]])
            rows.append(
                self._row(room, side, one.title, steps, there=bool(one.file), star=one.sheet in FIRST)
            )
        if rest:
            names = listing([one.title for one in rest])
            more = {step for one in rest for step in one.steps} - {
                step for one in shown for step in one.steps
            }
            there = sum(bool(one.file) for one in rest)
            steps = plural("{n} more step", "{n} more steps", len(more)) if more else ""
            rows.append(self._row(room, side, names, steps, there=there == len(rest), star=False))
        return rows

    @staticmethod
    def _row(room: int, side: int, name: str, steps: str, *, there: bool, star: bool) -> Shown:
        state = say("there") if there else say("not yet")
        middle = max(0, room - side - _STATE - 8)
        return line(
            ("  *  " if star else "     ", "bold $mark"),
            fit(name, side),
            " ",
            (fit(steps, middle), "$quiet"),
            " ",
            (fit(state, _STATE), "$level-good" if there else "$level-watch"),
        )

    def _title(self, step: str) -> str:
        return next((say(one.title) for one in self.workday.plan.steps if one.id == step), step)

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "sample" and restricted():
            return say("No new shops can be created here.")
        return None

    def do_inbox(self) -> None:
        """Copy the path of the inbox folder to the clipboard of the user's own computer."""
        inbox = str(self.workday.folder / "inbox")
        self.app.copy_to_clipboard(inbox)
        self.tell(say("Copied: {path}. Paste it where your computer asks for a folder.", path=inbox), "good")

    def do_imports(self) -> None:
        """Open the import screen."""
        from tui.screens.imports import Imports

        self.app.push_screen(Imports())

    def do_settings(self) -> None:
        """Open the settings."""
        from tui.screens.settings.sections import Settings

        self.app.push_screen(Settings())

    def do_sample(self) -> None:
        """Leave this shop for the sample shop; leaving that one comes back here."""
        self.app.exit("sample")

    def do_start(self) -> None:
        """Open the first step if there is a file for it, else the day's agenda."""
        brought = any(one.file for one in self.session.files.needed)
        self.dismiss(None)
        if brought:
            self.navigator.open_step(self.workday.plan.steps[0].id)


def _place(file: FileNeeded) -> int:
    return FIRST.index(file.sheet) if file.sheet in FIRST else len(FIRST)


def _short(path: Path) -> str:
    """Return the path with ~ for the home folder; the beginning of a long one is cut."""
    home = Path.home()
    words = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    while width(words) > _PATH and "/" in words[3:]:
        words = f"..{words[words.index('/', 3) :]}"
    return words
