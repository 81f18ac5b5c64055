"""The spot check: questions about recorded facts, answered from memory and compared with the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from core.actions.spot_check import Question, drawn, questions
from core.language.dates import short_day
from core.language.wording import N_, say
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine
from tui.text.sanitize import content
from tui.widgets.labels import Words
from tui.widgets.lists import Point, Points
from tui.widgets.rows import Rows

FORM = "spot_check"
_DAYS_BACK: Final = 7
"""The number of earlier days searched for questions if the current day has none."""


class SpotCheckScreen(BaseScreen):
    """The questions of a spot check; the recorded answer is shown once a question is answered."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.SPOT_CHECK, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.SPOT_CHECK, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Questions about rivals, campaigns and figures, drawn at random from what was recorded "
        "on past days. Press Enter to answer; then the record is shown beside the answer. "
        "Figures may differ by 5%. Space corrects a result by hand. The result is saved in "
        "today's log."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Points"

    def __init__(self) -> None:
        super().__init__()
        self.asked: tuple[Question, ...] = ()
        self.day: date | None = None
        self.said: dict[int, str] = {}
        self.right: dict[int, bool] = {}
        self.draws = 0

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Spot check")

    def body(self) -> Iterable[Widget]:
        """Yield the score, the questions, and the full text of the selected one."""
        yield Words(id="top")
        yield Points(id="points")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Pick the first questions."""
        self.do_draw()

    def do_draw(self) -> None:
        """Pick questions at random from this day's records, or else from the latest earlier day with any."""
        workday = self.workday
        names = {rival.id: rival.name for rival in workday.shop.rivals if rival.name}
        steps = [step.id for step in workday.plan.steps if step.analyse]
        found: tuple[Question, ...] = ()
        for day in (workday.day, *islice(workday.book.before(workday.day), _DAYS_BACK)):
            found = questions(workday.book.day(day), names, steps)
            if found:
                self.day = day
                break
        self.draws += 1
        seed = f"{self.day} {workday.who} {workday.now():%H:%M:%S} {self.draws}"
        self.asked, self.said, self.right = drawn(found, seed), {}, {}
        self.redraw()

    def redraw(self) -> None:
        """Show the questions with the answers given."""
        group = short_day(self.day)
        self.query_one(Points).load([self._point(number, group) for number in range(len(self.asked))])
        if not self.asked:
            words = say("Nothing was recorded in the last days that questions could be asked about.")
        elif len(self.said) < len(self.asked):
            words = say("{n} of {total} answered", n=len(self.said), total=len(self.asked))
        else:
            words = say("{right} of {total} correct", right=sum(self.right.values()), total=len(self.asked))
        self.query_one("#top", Words).put(content(words, "bold"))
        self._draw_bottom()

    def _point(self, number: int, group: str) -> Point:
        one = self.asked[number]
        if number not in self.said:
            return Point(str(number), group, one.text)
        words = say(
            "{question} Answer: {said}; recorded: {recorded}", question=one.text, said=self.said[number],
                    recorded=one.recorded)  # fmt: skip
        return Point(str(number), group, words, self.right[number], "" if self.right[number] else "watch")

    def _draw_bottom(self) -> None:
        self.query_one("#bottom", Words).put(self.query_one(Points).whole)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._draw_bottom()
        self.draw_keys()

    # -- keys ------------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The index of the selected question; -1 if there is none."""
        picked = self.query_one(Points).picked
        return int(picked.key) if picked else -1

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does in ("answer", "overrule", "result") and not self.asked:
            return say("There is no question here.")
        if does == "overrule" and self.at not in self.said:
            return say("This question has not been answered yet.")
        if does == "result" and len(self.said) < len(self.asked):
            return say("Not all questions have been answered yet.")
        return None

    @on(Rows.Chosen)
    def do_answer(self) -> None:
        """Ask for an answer to the selected question, and judge it."""
        number = self.at
        if number < 0:
            return

        def answered(words: str | None) -> None:
            if words:
                self.said[number] = words
                self.right[number] = self.asked[number].right(words, self.workday.day)
                self.redraw()
                self.draw_keys()

        self.app.push_screen(AskLine(self.asked[number].text), answered)

    def do_overrule(self) -> None:
        """Change the judgement of the selected answer from right to wrong or back."""
        self.right[self.at] = not self.right[self.at]
        self.redraw()

    def do_result(self) -> None:
        """Save the result of the spot check as a record of the day."""
        people = Counter(one.who for one in self.asked if one.who)
        wrong = [
            f"{one.text} {self.said[number]} / {one.recorded}"
            for number, one in enumerate(self.asked)
            if not self.right[number]
        ]
        values = {
            "person": people.most_common(1)[0][0] if people else self.workday.who,
            "questions": len(self.asked),
            "right": sum(self.right.values()),
            "wrong": "\n".join(wrong),
        }
        if self.attempt(self.workday.record, self.workday.plan.steps[-1].id, FORM, values):
            self.tell(say("Saved in the day's log."), "good")
