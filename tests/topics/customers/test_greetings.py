"""Old customers are greeted before festivals, once."""

from __future__ import annotations

from datetime import date

from core.language.wording import text
from core.records.team import WakeUp
from core.shop.settings import CalendarDay
from core.topics.customers import greetings
from tests.topics.recorded import typed
from tests.topics.tables import shop


def told(today: date, *sent: date, **settings: object) -> list[tuple[str, str]]:
    wake_ups = typed(*[(day, WakeUp(group="twice", on=day)) for day in sent])
    return [(one.level, text(one.text)) for one in greetings.findings(wake_ups, shop(**settings), today)]


def test_a_festival_is_told_ten_days_ahead_and_becomes_urgent_five_days_before_it() -> None:
    assert told(date(2026, 9, 14)) == []
    assert told(date(2026, 9, 15)) == [
        (
            "info",
            (
                "Mid-Autumn Festival is in 10 days (25 Sep), and returning customers have not "
                "been sent a greeting yet."
            ),
        )
    ]
    assert told(date(2026, 9, 20))[0][0] == "watch"


def test_a_message_since_then_was_the_greeting() -> None:
    assert told(date(2026, 9, 20), date(2026, 9, 17)) == []
    assert told(date(2026, 9, 20), date(2026, 9, 1)) != []


def test_days_of_mourning_and_the_days_after_the_first_are_not_told() -> None:
    assert told(date(2026, 4, 1)) == [], "清明 is no day for greetings"
    assert told(date(2026, 10, 3)) == [], "the holiday has begun"


def test_a_festival_of_a_fixed_day_is_known_before_its_year_is_published() -> None:
    assert told(date(2031, 12, 22))[0][1].startswith("New Year's Day is in 10 days (1 Jan)")
    assert told(date(2031, 12, 21)) == []
    assert told(date(2031, 9, 25))[0][1].startswith("National Day is in 6 days")


def test_the_shop_s_own_festivals_are_told_and_unknown_years_are_quiet() -> None:
    own = (CalendarDay(start=date(2031, 8, 4), kind="festival", note="七夕"),)
    assert told(date(2031, 8, 1), calendar=own)[0][1].startswith("七夕 is in 3 days (4 Aug)")
    assert told(date(2031, 8, 1)) == []
