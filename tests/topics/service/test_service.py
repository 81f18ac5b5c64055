"""The service team: chance is left alone, a real difference is not."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import Answer
from core.exports.kinds.service import Service
from core.journal.projections import Past
from core.records.evening import BuyerIdea
from core.records.records import Records
from core.topics.service import service
from tests.topics.evenings import at
from tests.topics.tables import MONDAY, of_rows, sheet, shop
from tests.topics.writing import Journal

NOBODY: Records[BuyerIdea] = Records()


def desk(**agents: tuple[int, int]) -> Service:
    """Return four weeks in which every agent was asked and converted the same each day."""
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "agent": name, "inquiries": asked, "converted": paid}
        for back in range(28, 0, -1)
        for name, (paid, asked) in agents.items()
    ]
    return of_rows(Service, rows)


def asked(
    exported: Service, ideas: Records[BuyerIdea] = NOBODY, past: Past | None = None, **settings: object
) -> Answer:
    return service.team(exported, ideas, past or Past(MONDAY), shop=shop(**settings), today=MONDAY)


def keys(answer: Answer) -> set[str]:
    return {finding.key for finding in answer.findings}


def test_a_team_that_differs_by_chance_only_is_left_alone() -> None:
    answer = asked(desk(小林=(9, 20), 阿明=(8, 20), 小周=(10, 20)))
    assert answer.verdict.level == "good"
    assert "chance only" in answer.verdict.text
    assert not any(key.startswith(("service/below", "service/above")) for key in keys(answer))


def test_twelve_inquiries_are_never_judged_however_bad_they_look() -> None:
    few = sheet(
        Service,
        """
        date       agent inquiries converted
        2026-06-14 老手  200       100
        2026-06-14 新人  12        1
        """,
    )
    answer = asked(few)
    assert "service/few/新人" in keys(answer)
    assert "service/below/新人" not in keys(answer)
    assert answer.verdict.level == "good"


def test_nobody_is_blamed_for_working_on_the_bad_days_only() -> None:
    days = """
        date       agent inquiries converted
        2026-06-08 早班  200       100
        2026-06-08 晚班  200       100
        2026-06-14 晚班  200       40
        2026-06-14 顶班  200       40
        """
    answer = asked(sheet(Service, days))
    assert not any(key.startswith("service/below") for key in keys(answer))


def test_who_is_really_below_is_named_with_the_figure_to_reach() -> None:
    answer = asked(desk(小林=(23, 50), 阿明=(24, 50), 木木=(10, 50)))
    assert answer.verdict.level == "act"
    below = next(finding for finding in answer.findings if finding.key == "service/below/木木")
    assert "70/350 = 20.0%" in below.text
    assert "4 weeks running" in below.text
    (talk,) = below.proposals
    assert (talk.item, talk.metric, talk.direction) == ("木木", "service_conversion", "up")
    assert talk.expected is not None
    assert 0.2 < talk.expected < 0.4


def test_an_industry_line_that_is_near_is_no_call_and_one_far_off_is_said() -> None:
    near = asked(desk(甲=(9, 20), 乙=(9, 20)), thresholds=_line(0.45))
    assert "about the industry's 45.0%" in near.verdict.text
    far = asked(desk(甲=(9, 20), 乙=(9, 20)), thresholds=_line(0.60))
    assert "likely below the industry's 60.0%" in far.verdict.text
    assert "service/industry" in keys(far)


def _line(value: float) -> object:
    from core.shop.settings import Thresholds

    return Thresholds(industry_conversion=value)


def test_without_a_typed_line_the_exports_own_mean_counts() -> None:
    exported = sheet(
        Service,
        """
        date       agent        benchmark inquiries converted conversion
        2026-06-14 小林         -         200       100       -
        2026-06-14 同行同层均值 yes       -         -         0.30
        """,
    )
    answer = asked(exported)
    assert "likely above the industry's 30.0%" in answer.verdict.text
    assert any("同行同层均值" in limit for limit in answer.limits)


def test_one_buyer_is_one_voice_and_three_are_a_theme() -> None:
    one = BuyerIdea(text="想要礼盒", kind="wish", theme="礼盒")
    three = BuyerIdea(text="掉色", theme="掉色", item="9", buyers=3)
    answer = asked(desk(甲=(9, 20), 乙=(9, 20)), at("15:00", one, three))
    assert "service/ideas/9/掉色" in keys(answer)
    assert not any("礼盒" in key for key in keys(answer))


def test_what_was_agreed_is_followed_without_calling_it_a_success_too_early() -> None:
    journal = Journal(MONDAY)
    journal.write(
        "action",
        "standup",
        day=MONDAY - timedelta(days=4),
        text="木木用快捷短语",
        item="木木",
        role="service",
    )
    answer = asked(desk(小林=(23, 50), 阿明=(24, 50), 木木=(10, 50)), past=journal.past)
    below = next(finding for finding in answer.findings if finding.key == "service/below/木木")
    assert "likely still under the team's" in below.text
