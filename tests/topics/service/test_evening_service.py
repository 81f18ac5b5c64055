"""The evening shift: own usual against own usual, the same people on both shifts."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer
from core.exports.kinds.service import Service
from core.records.evening import ShiftSeen
from core.records.records import Records
from core.topics.service import evening_service
from tests.topics.evenings import at
from tests.topics.tables import MONDAY, of_rows, shop


def whole_days(**agents: tuple[int, int]) -> Service:
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "agent": name, "inquiries": asked, "converted": paid}
        for back in range(14, 0, -1)
        for name, (paid, asked) in agents.items()
    ]
    return of_rows(Service, rows)


def evening(day: date, **agents: tuple[int, int]) -> Records[ShiftSeen]:
    return at(
        "21:15",
        *(ShiftSeen(agent=name, converted=paid, inquiries=asked) for name, (paid, asked) in agents.items()),
        day=day,
    )


def evenings(days: int, **agents: tuple[int, int]) -> Records[ShiftSeen]:
    rows = [row for back in range(days, 0, -1) for row in evening(MONDAY - timedelta(days=back), **agents)]
    return Records(tuple(rows))


def asked(seen: Records[ShiftSeen], exported: Service | None = None) -> Answer:
    return evening_service.tonight(seen, exported, shop=shop(), today=MONDAY)


def test_nothing_typed_is_asked_for() -> None:
    assert asked(Records()).verdict.level == "nodata"


def test_a_usual_evening_ends_with_a_word_of_thanks() -> None:
    answer = asked(evening(MONDAY, 小禾=(18, 41), 阿珂=(14, 30)), whole_days(小禾=(45, 100), 阿珂=(45, 100)))
    assert answer.verdict.level == "good"
    assert "Thank 小禾: 41 buyers tonight." in answer.verdict.text


def test_a_dozen_inquiries_are_not_judged() -> None:
    answer = asked(evening(MONDAY, 小禾=(0, 12)), whole_days(小禾=(45, 100)))
    assert not any(finding.key.startswith("evening_service/below") for finding in answer.findings)


def test_far_below_ones_own_usual_is_said_without_blame() -> None:
    answer = asked(evening(MONDAY, 小禾=(4, 40), 阿珂=(18, 40)), whole_days(小禾=(45, 100), 阿珂=(45, 100)))
    assert answer.verdict.level == "watch"
    assert [finding.key for finding in answer.findings if finding.level == "watch"] == [
        "evening_service/below/小禾"
    ]


def test_a_weaker_team_at_night_is_not_taken_for_a_weaker_hour() -> None:
    seen = evenings(10, 新人=(8, 40), 老手=(10, 20))
    answer = asked(seen, whole_days(新人=(12, 60), 老手=(60, 120)))
    assert not any(
        finding.key == "evening_service/shift" and finding.level == "watch" for finding in answer.findings
    )


def test_the_same_people_converting_less_at_night_are_found() -> None:
    answer = asked(evenings(10, 小禾=(8, 30), 阿珂=(9, 30)), whole_days(小禾=(48, 100), 阿珂=(49, 100)))
    shift = next(finding for finding in answer.findings if finding.key == "evening_service/shift")
    assert shift.level == "watch"
    assert "likely convert less" in shift.text


def test_a_count_with_more_payers_than_askers_is_left_out() -> None:
    assert asked(evening(MONDAY, 小禾=(30, 3))).verdict.level == "nodata"
