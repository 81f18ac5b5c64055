"""Times as text, in minutes: time left for a step, time to a deadline, time ahead of or behind the plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.language.dates import clock
from core.language.wording import plural, say
from routines.plan.schedule import Agenda, AgendaLine
from tui.text.sanitize import Part, Shown, line


def span(minutes: int) -> str:
    """Return a duration as "12 min" or "1 h 05"."""
    if abs(minutes) < 60:  # noqa: PLR2004 - minutes per hour
        return say("{n} min", n=minutes)
    return say("{hours} h {minutes:02d}", hours=abs(minutes) // 60, minutes=abs(minutes) % 60)


def minutes_until(moment: datetime, now: datetime) -> int:
    """Return the minutes until ``moment``, rounded up; negative if it has passed."""
    return -int((now - moment) // timedelta(minutes=1))


def box_bar(part: float, cells: int = 10) -> str:
    """Return a progress bar such as ``####------`` for the share of time that has passed, 0 to 1."""
    gone = round(max(0.0, min(1.0, part)) * cells)
    return "#" * gone + "-" * (cells - gone)


def box_words(box: AgendaLine, now: datetime, *, bar: bool = True) -> tuple[Part, ...]:
    """Return a step's start and end, and the time left, with a progress bar if ``bar`` is true.

    For a step yet to begin, return the time until it begins; for a step that is over, only the minutes used.
    """
    start, end = box.visit or (box.start, box.end)
    hours = f"{clock(start)}-{clock(end)}"
    left = minutes_until(end, now)
    if box.state in ("done", "skipped", "dropped"):
        used = "" if box.used_minutes is None else say("{n} min used", n=box.used_minutes)
        return ((used, "$quiet"),)
    if box.state == "later":
        begins = say("starts in {span}", span=span(minutes_until(box.start, now)))
        return ((f"{hours}  ", "$quiet"), begins)
    idle = (
        ""
        if box.idle_since is None
        else f"  {say('no key pressed since {time}', time=clock(box.idle_since))}"
    )
    if left <= 0:
        return ((f"{hours}  ", "$quiet"), (over_words(box), "bold $level-watch"), (idle, "$quiet"))
    whole = max(1.0, (end - start) / timedelta(minutes=1))
    gone = f"  {box_bar(1 - left / whole)}" if bar else ""
    return ((f"{hours}  ", "$quiet"), (say("{span} left", span=span(left)), "bold"), (gone + idle, "$quiet"))


def over_words(box: AgendaLine) -> str:
    """Return by how much a step exceeds its planned time, or that its time is up.

    Empty if nobody is working on the step.
    """
    if box.visit is None:
        return ""
    return say("{span} over", span=span(box.over_minutes)) if box.over_minutes else say("time is up")


def pace_words(agenda: Agenda, now: datetime) -> Part:
    """Return whether the day is ahead of the plan, on time or behind.

    If it is not behind, but steps are open past their time, return the number of these steps instead.
    """
    if agenda.behind_minutes > 0:
        return (say("{span} behind", span=span(agenda.behind_minutes)), "bold $level-watch")
    if agenda.behind_the_clock:
        words = plural(
            "{n} step open past its time", "{n} steps open past their time", agenda.behind_the_clock
        )
        return (words, "bold $level-watch")
    current = agenda.current
    if current is not None and current.state == "later":
        ahead = minutes_until(current.planned_start, now)
        if ahead > 0:
            return (say("{span} ahead", span=span(ahead)), "$level-good")
    return (say("on time"), "$level-good")


def deadline_words(agenda: Agenda) -> tuple[Part, ...]:
    """Return the next deadline and the number of open steps before it; empty if there is none."""
    deadline = agenda.next_deadline
    if deadline is None:
        return ()
    steps = plural("{n} step open", "{n} steps open", deadline.open_steps)
    if deadline.minutes_left < 0:
        left = say("passed {span} ago", span=span(-deadline.minutes_left))
        return ((say("deadline {time}", time=clock(deadline.at)), "bold"), f" {left}, {steps}")
    left = say("in {span}", span=span(deadline.minutes_left))
    return ((say("deadline {time}", time=clock(deadline.at)), "bold"), f" {left}, {steps}")


def now_line(agenda: Agenda, now: datetime, room: int) -> Shown:
    """Return the line with the current step and its time, cut to ``room`` cells."""
    current = agenda.current
    if current is None:
        return line(" ", (say("All of today's steps are done or left out."), "bold $level-good"))
    running = say("Now") if current.state == "running" else say("Next step")
    shown = line(f" {running}  ", (say(current.step.title), "bold $now"), "  ", *box_words(current, now))
    return shown if shown.cell_length <= room else shown.truncate(room)
