"""The handover screen: what an absent colleague has left open, for the stand-in to check point by point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from core.language.dates import short_day
from core.language.wording import N_, say
from routines.workday.handover import Handover, OpenItem
from tui.keymap import keys, past_keys
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import Pick
from tui.text.sanitize import content, line
from tui.text.text_layout import Prose, hang
from tui.widgets.labels import Words
from tui.widgets.lists import Point, Points
from tui.widgets.rows import Rows


class HandoverScreen(BaseScreen):
    """The tasks left open by the colleague for whom this person stands in."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*past_keys.HANDOVER, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(past_keys.HANDOVER, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "What the colleague you stand in for has open: actions, mentions without a reply, days "
        "without a finished report. Space marks an item as checked by you; the report shows it."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Points"

    @property
    def handover(self) -> Handover:
        """What this person has taken over for the day: from whom, and which open tasks."""
        return Handover(self.workday)

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Handover")

    def body(self) -> Iterable[Widget]:
        """Yield the colleague's name, the open tasks, and the full text of the selected one."""
        yield Words(id="top")
        yield Points(id="points")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """If it is not known for whom this person stands in, ask."""
        if self.handover.cover is None:
            self.call_after_refresh(self._ask)

    def _ask(self) -> None:
        if self.workday.read_only:
            self.tell(self.workday.refusal, "watch")
            return
        names = self.handover.colleagues()
        if not names:
            self.tell(say("There is nobody else in this shop's team."), "watch")
            return

        def chosen(number: int | None) -> None:
            if number is None:
                self.dismiss(None)
            elif self.attempt(self.handover.begin, names[number]):
                self.redraw()
                self.draw_keys()

        self.app.push_screen(Pick(say("Who do you stand in for?"), [content(name) for name in names]), chosen)

    def redraw(self) -> None:
        """Draw the open tasks."""
        cover, items = self.handover.cover, self.handover.items()
        self.query_one(Points).load([_point(item) for item in items])
        words = "" if cover is None else say("Standing in for {name}", name=cover.name)
        seen = sum(item.seen is not None for item in items)
        count = say("{n}/{total} checked", n=seen, total=len(items)) if items else say("Nothing is open.")
        self.query_one("#top", Words).put(line((words, "bold"), (f"  {count}" if cover else "", "$quiet")))
        picked = self.picked
        self.query_one("#bottom", Words).put(Prose([hang(" ", picked.text)]) if picked else content(""))

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.redraw()

    @property
    def picked(self) -> OpenItem | None:
        """The open task under the cursor; None if there is none."""
        point = self.query_one(Points).picked
        return next((item for item in self.handover.items() if point and item.id == point.key), None)

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if self.handover.cover is None:
            return say("First choose whom you stand in for.") if does in ("seen", "hand_back") else None
        if does == "seen":
            if self.picked is None:
                return say("Nothing is open.")
            if self.picked.seen is not None:
                return say("You have already checked this one.")
        return None

    def do_seen(self) -> None:
        """Mark the selected task as checked and go to the next."""
        if (picked := self.picked) is not None:
            self.handover.acknowledge(picked)
            self.query_one(Points).action_move("down")
            self.redraw()

    def do_hand_back(self) -> None:
        """Stop standing in for the colleague, and close the screen."""
        self.handover.end()
        self.dismiss(None)


def _point(item: OpenItem) -> Point:
    due = f"  {say('by {date}', date=short_day(item.due))}" if item.due else ""
    return Point(item.id, item.group, f"{item.text}{due}", item.seen is not None)
