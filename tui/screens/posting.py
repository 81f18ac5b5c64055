"""The preview of a message to be posted to the team's chat group or by e-mail; Enter posts it once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from core.errors import ShopdayError, UsageError
from core.language.wording import say
from core.storage.system_errors import words_of
from routines.io.posting import PostPreview, post, problems
from tui.text.sanitize import content, line
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.labels import Words

if TYPE_CHECKING:
    from routines.workday.workday import Workday


class Posting(ModalScreen[str | None]):
    """A dialog with the message as the team will see it; Enter posts it, Esc cancels.

    Returns a sentence saying when it was sent; None if it was not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", show=False),
        Binding("enter", "post", show=False),
        Binding("a", "again", show=False),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "#message"

    def __init__(self, workday: Workday, shown: PostPreview) -> None:
        super().__init__()
        self.workday = workday
        self.shown = shown
        self.busy = False
        self.twice = False
        """Whether the user was told that the message was posted before and may post it again."""

    def compose(self) -> ComposeResult:
        """Yield the message, its destination, and problems with channels."""
        rows: list[Block] = [hang("", (self.shown.message.title, "bold"))]
        for look, words in self.shown.message.lines:
            style = "bold" if look in ("strong", "heading") else ""
            rows.append(hang("- " if look == "point" else "", (words, style)))
        with Vertical(classes="sheet -tall"):
            yield Words(content(say("This will be sent"), "bold $heading"))
            with VerticalScroll(id="message"):
                yield Words(Prose(rows))
            yield Words(
                Prose(
                    [
                        hang("", (self.shown.words, "$quiet")),
                        *(hang("", (problem, "$level-watch")) for problem in problems()),
                    ]
                )
            )
            yield Words(content(""), id="outcome")
            yield Words(
                line(("Enter", "bold $key"), f" {say('send')}  ", ("Esc", "bold $key"), f" {say('back')}")
            )

    def action_close(self) -> None:
        """Close without posting, unless posting is under way."""
        if not self.busy:
            self.dismiss(None)

    def action_post(self) -> None:
        """Post the message, unless it was posted before."""
        self._go(again=False)

    def action_again(self) -> None:
        """Post the message again, once the user was told that it had been posted before."""
        if self.twice:
            self._go(again=True)

    def _go(self, *, again: bool) -> None:
        if self.busy:
            return
        self.busy = True
        self._say(say("Sending ..."), "$quiet")
        self.run_worker(self._post(again=again), exit_on_error=False)

    async def _post(self, *, again: bool) -> None:
        """Post in a thread, so that the screen stays responsive."""
        try:
            sent, missing = await asyncio.to_thread(
                post, self.workday, self.shown, refusal=self.workday.refusal, again=again
            )
        except UsageError as error:
            self.twice = not self.workday.refusal
            key = f" {say('Press a to send it once more.')}" if self.twice else ""
            self._say(f"{error}{key}", "$level-watch")
        except (ShopdayError, OSError) as error:
            self._say(words_of(error), "$level-act")
        else:
            told = say("Sent at {at}.", at=sent.tries[-1][11:16])
            self.dismiss(f"{told} {missing}".rstrip())
        finally:
            self.busy = False

    def _say(self, words: str, style: str) -> None:
        self.query_one("#outcome", Words).put(Prose([hang("", (words, style))]))
