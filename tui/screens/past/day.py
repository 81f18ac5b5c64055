"""One past day's log by the clock: what was shown and written, each figure as it was and as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.answers.answer import Answer
from core.errors import ShopdayError
from core.language.wording import N_, clock, say
from core.language.wording import day as day_words
from core.review.timeline import Moment
from routines.past.review import Review
from tui.keymap import keys, past_keys
from tui.screens.base_screen import Desk
from tui.screens.past.review import DAY, WEEK, months_on, why_not_there
from tui.text.sanitize import Part, content
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.labels import Words
from tui.widgets.past_day import day_blocks

if TYPE_CHECKING:
    from tui.app import DayApp


class Log(VerticalScroll, can_focus=True, inherit_bindings=False):
    """What scrolls up and down only: left and right go to other days."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "scroll_up", ""),
        ("down", "scroll_down", ""),
        ("pageup", "page_up", ""),
        ("pagedown,space", "page_down", ""),
        ("home", "scroll_home", ""),
        ("end", "scroll_end", ""),
    ]


class Jumps(Desk):
    """A screen around one past day that can be left for the days around it."""

    def __init__(self, review: Review, day: date) -> None:
        super().__init__()
        self.review = review
        self.day = day

    def go(self, day: date) -> None:
        """Show another day."""
        if day > self.review.today:
            self.tell(say("That day has not come yet."), "watch")
            return
        self.day = day
        self.renew()
        self.draw_head()

    def do_day_before(self) -> None:
        """A day back."""
        self.go(self.day - DAY)

    def do_day_after(self) -> None:
        """A day on."""
        self.go(self.day + DAY)

    def do_week_before(self) -> None:
        """A week back."""
        self.go(self.day - WEEK)

    def do_week_after(self) -> None:
        """A week on."""
        self.go(self.day + WEEK)

    def do_back_far(self) -> None:
        """A month back."""
        self.go(months_on(self.day, -1))

    def do_on_far(self) -> None:
        """A month on."""
        self.go(months_on(self.day, 1))

    def do_back(self) -> None:
        """Leave with the day one has come to."""
        self.dismiss(self.day)

    # -- what the analyses say now ---------------------------------------------------------------

    def ask_now(self, day: date, answers: dict[str, Answer]) -> None:
        """Have the analyses of that day asked again where a later import may have changed their figures."""
        name = f"now {day}"
        self.run_worker(self._asked(day, answers), name=name, group=name, exit_on_error=False)

    async def _asked(self, day: date, answers: dict[str, Answer]) -> None:
        try:
            missing = {step: at for step, at in self.review.outdated(day).items() if step not in answers}
        except ShopdayError as error:
            self._no_figures(error)
            return
        for step, at in missing.items():
            if step in answers or not self.stands:
                continue
            try:
                answers[step] = await self.session.analyst.ask(step, day=day.isoformat(), now=at)
            except (ShopdayError, OSError, TimeoutError) as error:
                self._no_figures(error)
                return
            if self.stands:
                self.renew()

    def _no_figures(self, error: Exception) -> None:
        if self.stands:
            self.tell(say("The figures of now are not there: {why}", why=error), "watch")


class PastDay(Jumps):
    """The log of one day."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*past_keys.PAST_DAY, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(past_keys.PAST_DAY, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Everything of this day in the order of the clock. A figure that a later import changed stands with "
        "both values, as it was shown and as it is now."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Log"

    def __init__(self, review: Review, day: date) -> None:
        super().__init__(review, day)
        self._now: dict[date, dict[str, Answer]] = {}
        self._shown: date | None = None

    def title_words(self) -> str:
        """Return the day."""
        return f"{self.day:%Y}  {day_words(self.day)}"

    def body(self) -> Iterable[Widget]:
        """Return the day in a few lines, and its log."""
        yield Words(id="top")
        with Log(id="log"):
            yield Words(id="moments")

    def renew(self) -> None:
        """Draw the day."""
        self.query_one("#top", Words).put(Prose(day_blocks(self.review.cell(self.day))))
        answers = self._now.setdefault(self.day, {})
        moments = self.review.log(self.day, answers)
        blocks = [block for moment in moments for block in moment_blocks(moment)]
        empty = [content(say("Nothing was written on this day."), "$quiet")]
        self.query_one("#moments", Words).put(Prose(blocks or empty))
        if self._shown != self.day:
            self._shown = self.day
            self.query_one(Log).scroll_home(animate=False)
            self.ask_now(self.day, answers)

    def changed(self, parts: frozenset[str]) -> None:
        """Something came in: the figures may be others now."""
        if parts & {"facts", "settings"}:
            self._now.clear()
            self._shown = None
        super().changed(parts)

    def why_not(self, does: str) -> str | None:
        """Return why the key cannot work on this day."""
        return why_not_there(self.review, self.day, does)

    def do_beside(self) -> None:
        """Put the day beside the one a week before."""
        from tui.screens.past.compare import Beside

        self.app.push_screen(Beside(self.review, self.day, self.day - WEEK))

    def do_take_up(self) -> None:
        """Work in this day."""
        cast("DayApp", self.app).take_up(self.day)

    def do_report(self) -> None:
        """Open this day's report."""
        cast("DayApp", self.app).take_up(self.day, report=True)


def moment_blocks(moment: Moment, *, titled: bool = True) -> Iterator[Block]:
    """Yield one entry: when, where, what, by whom; below it its figures, changed ones with both values."""
    head: list[Part] = [(f" {clock(moment.at)} ", "$quiet")]
    body: list[Part] = [(f"{moment.title}  ", "bold")] if moment.title and titled else []
    body.append((f"{moment.kind_word}  ", "$key" if moment.kind in ("answered", "report") else "$quiet"))
    look = f"$level-{moment.level}" if moment.level in ("act", "watch") else ""
    body += [(moment.text, look), (f"  {moment.who}" if moment.kind != "answered" else "", "$quiet")]
    if moment.late:
        body.append((f"  {say('late entry')} {day_words(moment.at.date())}", "$level-watch"))
    yield hang(head, *body)
    if moment.figures:
        figures: list[Part] = []
        for one in moment.figures:
            figures += [(one.words, "bold $level-watch" if one.now else "$quiet"), "   "]
        yield hang("       ", *figures)
    if moment.verdict_now:
        yield hang("       ", (say("Now: {verdict}", verdict=moment.verdict_now), "$level-watch"))
