"""The keys of the screens for past days, declared in the same way as those in :mod:`tui.keymap.keys`."""

from __future__ import annotations

from core.language.wording import N_
from tui.keymap.keys import Key

REVIEW = (
    Key("enter", "open", N_("open its log"), N_("Open the log of the day under the cursor.")),
    Key("left", "day_before", N_("day back"), N_("Go to the day before."), bar=False),
    Key("right", "day_after", N_("day forward"), N_("Go to the next day."), bar=False),
    Key(
        "up",
        "week_before",
        N_("week back"),
        N_("Go to the week before; in the year view, to the month before."),
        bar=False,
    ),
    Key(
        "down",
        "week_after",
        N_("week forward"),
        N_("Go to the week after; in the year view, to the month after."),
        bar=False,
    ),
    Key(
        "pageup",
        "back_far",
        N_("month back"),
        N_("Go to the month before; in the year view, to the year before."),
        bar=False,
    ),
    Key(
        "pagedown",
        "on_far",
        N_("month forward"),
        N_("Go to the month after; in the year view, to the year after."),
        bar=False,
    ),
    Key("y", "year", N_("year"), N_("Show the whole year, one line a month; press again for the month.")),
    Key("b", "team", N_("who handed in"), N_("Who handed in each report of this month, when, and how late.")),
    Key("c", "beside", N_("compare"), N_("Show the day beside the same weekday a week earlier.")),
    Key(
        "o",
        "take_up",
        N_("catch up"),
        N_("Work in this day, although it is past; what you write is marked late."),
    ),
    Key("full_stop", "present", N_("to today"), N_("Put the cursor on today.")),
)
OTHER_DAYS = (
    Key("left", "day_before", N_("day back"), N_("Go to the day before.")),
    Key("right", "day_after", N_("day forward"), N_("Go to the next day.")),
    Key("less_than_sign,comma", "week_before", N_("week"), N_("A week back.")),
    Key("greater_than_sign,full_stop", "week_after", N_("week"), N_("A week forward.")),
    Key("left_curly_bracket,left_square_bracket", "back_far", N_("month"), N_("A month back.")),
    Key("right_curly_bracket,right_square_bracket", "on_far", N_("month"), N_("A month forward.")),
)
PAST_DAY = (
    Key("c", "beside", N_("compare"), N_("Show the day beside the same weekday a week earlier.")),
    Key(
        "r",
        "report",
        N_("report"),
        N_(
            "Open the report of this day; if it is not finished, it is written again from the figures "
            "and the journal."
        ),
    ),
    Key(
        "o",
        "take_up",
        N_("catch up"),
        N_("Work in this day, although it is past; what you write is marked late."),
    ),
    *OTHER_DAYS,
)
COMPARE = (
    Key("s", "swap", N_("swap"), N_("Swap the two sides.")),
    *OTHER_DAYS,
)
TEAM = (
    Key("enter", "open", N_("open its log"), N_("Open the log of the day under the cursor.")),
    Key("left_curly_bracket,left_square_bracket", "back_far", N_("month"), N_("A month back.")),
    Key("right_curly_bracket,right_square_bracket", "on_far", N_("month"), N_("A month forward.")),
)
HANDOVER = (
    Key("space,enter", "seen", N_("I handle it"), N_("You have checked this item and will handle it.")),
    Key("x", "hand_back", N_("end stand-in"), N_("You no longer stand in for this person.")),
)
