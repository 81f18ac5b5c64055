"""The service team: chance is left alone, a real difference is not."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from core.answers.answer import About, Answer, Finding, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.service import Service
from core.exports.sheet import Origin
from core.journal.projections import Past
from core.language.speech import speak
from core.records.evening import BuyerIdea
from core.records.records import Records
from core.topics.service import service
from tests.topics.evenings import at
from tests.topics.tables import MONDAY, festival, hero, of_rows, sheet, shop, told_by
from tests.topics.writing import Journal

team = told_by(service.team)
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
    return team(exported, ideas, past or Past(MONDAY), shop=shop(**settings), today=MONDAY)


def keys(answer: Answer) -> set[str]:
    return {finding.key for finding in answer.findings}


def test_a_team_that_differs_by_chance_only_is_left_alone() -> None:
    answer = asked(desk(小林=(9, 20), 阿明=(8, 20), 小周=(10, 20)))
    assert answer.verdict.level == "good"
    assert ". The differences between agents are no more than chance." in answer.verdict.text
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
    assert "4 weeks in a row" in below.text
    (talk,) = below.proposals
    assert (talk.item, talk.metric, talk.direction) == ("木木", "service_conversion", "up")
    assert talk.expected is not None
    assert 0.2 < talk.expected < 0.4


def test_an_industry_line_that_is_near_is_no_call_and_one_far_off_is_said() -> None:
    near = asked(desk(甲=(9, 20), 乙=(9, 20)), thresholds=_line(0.45))
    assert "about the same as the industry's 45.0%" in near.verdict.text
    assert near.verdict.level == "good"
    far = asked(desk(甲=(9, 20), 乙=(9, 20)), thresholds=_line(0.60))
    assert "probably below the industry's 60.0%" in far.verdict.text
    assert far.verdict.level == "watch"
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
    assert "probably above the industry's 30.0%" in answer.verdict.text
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
    assert "conversion 30/150 = 20.0% is probably still below the team's 38.0%." in below.text


# ---- every kind of finding, on both sides of its line


def kinds(answer: Answer) -> set[str]:
    return {finding.kind for finding in answer.findings}


def by_kind(answer: Answer, kind: str) -> Finding:
    (only,) = [finding for finding in answer.findings if finding.kind == kind]
    return only


def paces(**agents: tuple[int, int, int]) -> Service:
    """Return four weeks of agents who are asked, convert and take so many seconds the same each day."""
    return of_rows(
        Service,
        [
            {
                "date": MONDAY - timedelta(days=back),
                "agent": name,
                "inquiries": asked,
                "converted": paid,
                "average_response_s": seconds,
            }
            for back in range(28, 0, -1)
            for name, (paid, asked, seconds) in agents.items()
        ],
    )


def test_findings_about_an_agent_say_which_one() -> None:
    answer = asked(desk(小林=(30, 50), 阿明=(21, 50), 木木=(10, 50)))
    below, above = by_kind(answer, "below"), by_kind(answer, "above")
    assert (below.about, below.proposals[0].about) == (About(agent="木木"), About(agent="木木"))
    assert (above.about, above.proposals[0].about) == (About(agent="小林"), About(agent="小林"))
    assert "小林 shows what to say instead" in below.proposals[0].text
    assert above.text.startswith("小林: conversion 210/350 = 60.0%, while the team has 40.")
    assert answer.verdict.text.endswith(
        " is clearly below the team: talk with them today; 小林 60.0% can show how."
    )


def test_only_who_shows_how_is_named_where_nobody_is_below() -> None:
    answer = asked(desk(小林=(30, 50), 阿明=(21, 50), 小周=(21, 50), 小吴=(21, 50)))
    assert "above" in kinds(answer)
    assert "below" not in kinds(answer)
    assert answer.verdict.text.endswith(" can show the others how.")


@pytest.mark.parametrize(("inquiries", "few"), [(19, True), (20, False)])
def test_an_agent_is_judged_from_twenty_inquiries_on(inquiries: int, *, few: bool) -> None:
    rows = desk(小林=(20, 40), 阿明=(20, 40)).frame
    new = of_rows(
        Service,
        [{"date": MONDAY - timedelta(days=1), "agent": "新人", "inquiries": inquiries, "converted": 9}],
    ).frame
    answer = asked(Service(Service.shaped(pd.concat([rows, new]))))
    assert ("service/few/新人" in keys(answer)) is few
    if few:
        found = by_kind(answer, "few")
        assert found.about == About(agent="新人")
        assert found.text.startswith(f"新人: conversion 9/{inquiries} = 47.4%, too few inquiries")


def test_the_lowest_figure_within_chance_is_named_as_no_call() -> None:
    answer = asked(desk(小林=(9, 20), 阿明=(8, 20), 小周=(10, 20)))
    lowest = by_kind(answer, "chance")
    assert lowest.about == About(agent="阿明")
    assert (
        "阿明 has the lowest conversion, 56/140 = 40.0%, but chance alone would give 36%–53%:" in lowest.text
    )
    assert "chance" not in kinds(asked(desk(小林=(9, 20))))


@pytest.mark.parametrize(
    ("inquiries", "seconds", "loaded"), [(60, 70, True), (58, 70, False), (60, 30, False)]
)
def test_who_takes_half_as_much_again_and_answers_slower_carries_a_load(
    inquiries: int, seconds: int, *, loaded: bool
) -> None:
    """The others take 30 a day: the team's mean is 40 with 60, and 1.5 times it is 60."""
    half = inquiries // 2
    answer = asked(paces(小林=(half, inquiries, seconds), 阿明=(15, 30, 40), 小周=(15, 30, 40)))
    assert ("load" in kinds(answer)) is loaded
    if loaded:
        load = by_kind(answer, "load")
        assert (load.level, load.about) == ("watch", About(agent="小林"))
        assert load.text.startswith(
            "小林 takes 60 inquiries a day (team: 40 each) and answers in 70 s (team: 55"
        )


def test_a_team_below_the_industry_is_told_in_buyers() -> None:
    answer = asked(desk(甲=(9, 20), 乙=(9, 20)), thresholds=_line(0.60))
    industry = by_kind(answer, "industry")
    assert (industry.level, industry.proposals[0].expected) == ("watch", 0.6)
    assert (
        "The team as a whole is probably below the industry: about 42 buyers fewer from 8 Jun to 14 Jun"
    ) in industry.text
    assert "industry" not in kinds(asked(desk(甲=(9, 20), 乙=(9, 20)), thresholds=_line(0.45)))


def test_campaign_days_have_no_line_of_the_industry() -> None:
    answer = asked(
        desk(甲=(9, 20), 乙=(9, 20)),
        thresholds=_line(0.60),
        calendar=(festival(MONDAY - timedelta(days=7), MONDAY - timedelta(days=1)),),
    )
    assert "campaign days, for which there is no industry figure" in answer.verdict.text
    assert "industry" not in kinds(answer)


def asks(found: Finding) -> tuple[str, str | None, str | None, str | None]:
    """Return who is asked to move which figure which way by when."""
    (ask,) = found.proposals
    return ask.role, ask.metric, ask.direction, ask.due


def test_every_task_has_a_figure_it_is_to_move_and_a_day() -> None:
    answer = asked(desk(小林=(30, 50), 阿明=(21, 50), 木木=(10, 50)), thresholds=_line(0.9))
    assert asks(by_kind(answer, "below")) == ("service", "service_conversion", "up", "2026-06-22")
    assert asks(by_kind(answer, "above")) == ("service", "service_conversion", "up", "2026-06-17")
    assert asks(by_kind(answer, "industry")) == ("service", "service_conversion", "up", "2026-06-22")


def test_a_theme_is_seen_to_by_tomorrow() -> None:
    said = at("15:00", BuyerIdea(text="掉色", theme="掉色", item="9", buyers=3))
    found = by_kind(asked(desk(甲=(9, 20), 乙=(9, 20)), said), "ideas")
    assert asks(found) == ("operator", None, None, "2026-06-16")


@pytest.mark.parametrize(("campaign_days", "unlike"), [(3, False), (4, True)])
def test_a_week_of_mostly_campaign_days_is_held_against_no_line(campaign_days: int, *, unlike: bool) -> None:
    answer = asked(
        desk(甲=(9, 20), 乙=(9, 20)),
        thresholds=_line(0.60),
        calendar=(festival(MONDAY - timedelta(days=campaign_days), MONDAY - timedelta(days=1)),),
    )
    assert ("campaign days, for which there is no industry figure" in answer.verdict.text) is unlike
    assert ("industry" not in kinds(answer)) is unlike
    assert (answer.verdict.level == "good") is unlike


# ---- what buyers said


@pytest.mark.parametrize(("buyers", "theme"), [(2, False), (3, True)])
def test_three_buyers_make_a_theme(buyers: int, *, theme: bool) -> None:
    said = at("15:00", BuyerIdea(text="掉色", theme="掉色", item="9", buyers=buyers))
    answer = asked(desk(甲=(9, 20), 乙=(9, 20)), said)
    assert ("ideas" in kinds(answer)) is theme
    if theme:
        found = by_kind(answer, "ideas")
        assert (found.level, found.about) == ("watch", About(item="9", aspect="掉色"))
        assert found.proposals[0].role == "operator"


@pytest.mark.parametrize(
    ("kind", "level", "role"),
    [
        ("complaint", "watch", "operator"),
        ("wish", "watch", "operator"),
        ("question", "watch", "design"),
        ("praise", "good", None),
    ],
)
def test_each_kind_of_theme_goes_to_who_can_do_something(kind: str, level: str, role: str | None) -> None:
    said = at("15:00", BuyerIdea(text="尺码怎么选", kind=kind, theme="尺码", buyers=3))
    found = by_kind(asked(desk(甲=(9, 20), 乙=(9, 20)), said), "ideas")
    assert (found.key, found.about, found.level) == ("service/ideas/shop/尺码", About(aspect="尺码"), level)
    assert [ask.role for ask in found.proposals] == ([role] if role else [])
    assert all(ask.about == found.about for ask in found.proposals)


@pytest.mark.parametrize(("days_ago", "quiet"), [(6, False), (7, True), (14, True)])
def test_a_week_in_which_nobody_wrote_a_buyer_down_is_said(days_ago: int, *, quiet: bool) -> None:
    said = at("15:00", BuyerIdea(text="好看"), day=MONDAY - timedelta(days=days_ago))
    answer = asked(desk(甲=(9, 20), 乙=(9, 20)), said)
    assert ("service/ideas" in keys(answer)) is quiet
    assert (len(answer.evidence) == 2) is (days_ago < 14)


# ---- after an agreement


def since(days_ago: int, after: tuple[int, int, int], before: tuple[int, int, int] = (10, 50, 60)) -> str:
    """Return what is said of 木木, who changed pace the day after an agreement."""
    journal = Journal(MONDAY)
    agreed = MONDAY - timedelta(days=days_ago)
    journal.write("action", "standup", day=agreed, text="用快捷短语", item="木木", role="service")
    rows: list[dict[str, object]] = []
    for back in range(28, 0, -1):
        day = MONDAY - timedelta(days=back)
        paid, count, seconds = after if day > agreed else before
        rows.append({"date": day, "agent": "木木", "inquiries": count, "converted": paid})
        rows[-1]["average_response_s"] = seconds
        rows.append({"date": day, "agent": "小林", "inquiries": 100, "converted": 48})
    answer = asked(of_rows(Service, rows), past=journal.past)
    return by_kind(answer, "below").text


def test_an_agreement_is_followed_by_speed_and_by_rate() -> None:
    assert (
        ") is probably still below the team's 38.7%: the problem is what is said, not the speed."
    ) in since(4, (10, 50, 48))
    assert "Since 11 Jun the answer time is 48 s instead of 60 s" in since(4, (10, 50, 48))
    assert "instead of" not in since(4, (10, 50, 49))
    assert ", too few inquiries to tell whether it changed." in since(2, (3, 19, 60))
    assert ", too few inquiries to tell" not in since(2, (3, 20, 60))
    assert "has reached the team's" in since(2, (30, 50, 60))
    assert ", team 47.3%: cannot tell yet." in since(2, (23, 50, 60))


def test_an_agreement_is_followed_for_two_weeks() -> None:
    assert "Since the agreement of 1 Jun:" in since(14, (10, 50, 60))
    assert "Since the" not in since(15, (10, 50, 60))


# ---- tables, and the two languages


def test_the_team_as_a_table() -> None:
    rows = paces(小林=(30, 50, 40), 木木=(10, 50, 60), 阿明=(21, 50, 50))
    new = of_rows(
        Service, [{"date": MONDAY - timedelta(days=1), "agent": "新人", "inquiries": 12, "converted": 6}]
    )
    answer = asked(Service(Service.shaped(pd.concat([rows.frame, new.frame]))))
    (team_table,) = [piece for piece in answer.evidence if isinstance(piece, Table)]
    assert [column.id for column in team_table.columns] == [
        "agent", "paid_of_asked", "believed", "team", "chance", "inquiries_a_day", "response_s",
        "four_weeks", "call",
    ]  # fmt: skip
    cells = {str(row[0]): row for row in team_table.rows}
    assert list(cells) == ["小林", "新人", "阿明", "木木"]
    assert cells["木木"] == (
        "木木", "70/350 = 20.0% (16.1–24.5)", 0.2386, 0.4077, "35–46%", 50, 60, 0.2, "talk",
    )  # fmt: skip
    assert [row[-1] for row in team_table.rows] == ["talk", "few", "as the team", "talk"]
    assert cells["新人"][6] is None
    call = team_table.columns[-1]
    assert named(call, "few") == "too few to judge"
    assert named(call, "as the team") == "like the team"
    assert named(call, "watch") == "outside the 95% range"
    assert named(call, "talk") == "outside the 99.8% range"


def test_what_buyers_said_as_a_table() -> None:
    said = at(
        "15:00",
        BuyerIdea(text="想要礼盒", kind="wish", theme="礼盒"),
        BuyerIdea(text="洗一次就掉色", theme="掉色", item="9", buyers=3),
    )
    answer = asked(desk(甲=(9, 20), 乙=(9, 20)), said, items=(hero("9", "针织衫"),))
    table = answer.evidence[1]
    assert isinstance(table, Table)
    assert [column.id for column in table.columns] == ["theme", "kind", "item", "buyers", "said"]
    assert table.rows == (
        ("掉色", "complaint", "针织衫", 3, "洗一次就掉色"),
        ("礼盒", "wish", "—", 1, "想要礼盒"),
    )
    assert [named(table.columns[1], row[1]) for row in table.rows] == ["complaint", "wish or idea"]


def test_no_inquiry_at_all_is_nothing_to_compare() -> None:
    answer = asked(desk(小林=(0, 0)))
    assert (answer.verdict.level, answer.findings) == ("nodata", ())


def test_the_limits_name_where_the_line_comes_from_and_the_newest_day() -> None:
    rows = desk(甲=(9, 20), 乙=(9, 20)).frame
    old = Service(Service.shaped(rows[rows["date"].dt.date < MONDAY - timedelta(days=2)]))
    assert "The newest day in the file is 12 Jun." in asked(old).limits
    limits = asked(desk(甲=(9, 20), 乙=(9, 20))).limits
    assert not any("newest day" in limit for limit in limits)
    assert any(
        limit.startswith("There is no industry figure: set industry_conversion in shop.toml, with its date.")
        for limit in limits
    )
    assert any(
        "The industry's figure was entered on" in limit
        for limit in asked(desk(甲=(9, 20)), thresholds=_line(0.45)).limits
    )


def test_the_answer_is_the_same_in_both_languages() -> None:
    said = at("15:00", BuyerIdea(text="掉色", theme="掉色", buyers=3))
    rows = paces(小林=(30, 50, 40), 木木=(10, 50, 60), 阿明=(40, 110, 80))

    def encoded() -> dict[str, object]:
        shop_ = shop(thresholds=_line(0.60))
        return encode(service.team(rows, said, Past(MONDAY), shop=shop_, today=MONDAY))

    english = encoded()
    speak("zh")
    assert encoded() == english
    assert "，" in asked(rows).verdict.text


# ---- how far back it looks


def agent_days(agent: str, *days: tuple[int, int, int]) -> list[dict[str, object]]:
    """Return days of an agent as (days ago, converted, inquiries)."""
    return [
        {"date": MONDAY - timedelta(days=back), "agent": agent, "inquiries": asked, "converted": paid}
        for back, paid, asked in days
    ]


def test_the_month_is_of_four_weeks() -> None:
    rows = agent_days("小林", (1, 30, 100), (28, 10, 100), (29, 90, 100))
    table = asked(of_rows(Service, rows)).evidence[0]
    assert isinstance(table, Table)
    assert table.rows[0][7] == 0.2


def test_a_week_that_began_before_the_first_file_is_no_week_in_a_row() -> None:
    """Eight days of files hold one week, whatever the eighth day was like."""
    days = [(back, 24, 50) for back in range(1, 9)]
    rows = [*agent_days("木木", *((back, 10, 50) for back in range(1, 9))), *agent_days("小林", *days)]
    below = by_kind(asked(of_rows(Service, rows)), "below")
    assert "Conversion is clearly below the team's." in below.text
    assert "in a row" not in below.text


def test_a_low_week_outside_chance_is_not_said_to_be_within_it() -> None:
    rows = [*agent_days("木木", *((back, 9, 30) for back in range(1, 4)))]
    rows += [
        row for name in ("小林", "阿明") for row in agent_days(name, *((b, 15, 31) for b in range(1, 4)))
    ]
    answer = asked(of_rows(Service, rows))
    lowest = by_kind(answer, "chance")
    assert "has the lowest conversion, 27/90 = 30.0%. Chance alone would give" in lowest.text
    assert "no more than chance" not in answer.verdict.text
    assert "木木 30.0% is outside the usual range, but not for long enough to tell" in answer.verdict.text


@pytest.mark.parametrize(("inquiries", "running"), [(19, False), (20, True)])
def test_a_week_of_few_inquiries_is_no_second_week_below(inquiries: int, *, running: bool) -> None:
    week = [(back, 10, 50) for back in range(1, 8)]
    others = [(back, 24, 50) for back in range(1, 15)]
    rows = [*agent_days("木木", *week, (8, 1, inquiries)), *agent_days("小林", *others)]
    below = by_kind(asked(of_rows(Service, rows)), "below")
    assert ("Conversion is clearly below the team's, 2 weeks in a row." in below.text) is running


@pytest.mark.parametrize(("days", "below"), [(13, False), (14, True)])
def test_between_the_limits_it_takes_a_second_week_as_bad(days: int, *, below: bool) -> None:
    """6 of 20 a day against a team of 40 % lies outside 95 % and inside 99.8 %."""
    back = range(1, days + 1)
    rows = [
        *agent_days("甲", *((n, 6, 20) for n in back)),
        *agent_days("乙", *((n, 9, 20) for n in back)),
        *agent_days("丙", *((n, 9, 20) for n in back)),
    ]
    answer = asked(of_rows(Service, rows))
    assert ("below" in kinds(answer)) is below
    assert ("chance" in kinds(answer)) is not below
    if below:
        assert (by_kind(answer, "below").level, answer.verdict.level) == ("watch", "watch")


def test_speed_is_held_against_the_three_weeks_before() -> None:
    """Eleven days of 60 s and ten of 80 s before the agreement make 70 s; what was earlier does not count."""
    journal = Journal(MONDAY)
    agreed = MONDAY - timedelta(days=4)
    journal.write("action", "standup", day=agreed, text="用快捷短语", item="木木", role="service")
    rows = agent_days("木木", *((back, 10, 50) for back in range(28, 0, -1)))
    for row, back in zip(rows, range(28, 0, -1), strict=True):
        row["average_response_s"] = 48 if back < 4 else 60 if back < 15 else 80 if back < 25 else 900
    rows += agent_days("小林", *((back, 24, 50) for back in range(28, 0, -1)))
    answer = asked(of_rows(Service, rows), past=journal.past)
    assert "the answer time is 48 s instead of 70" in by_kind(answer, "below").text


def test_a_dozen_themes_are_shown() -> None:
    said = at("15:00", *(BuyerIdea(text=f"话 {n}", theme=str(n)) for n in range(13)))
    table = asked(desk(甲=(9, 20), 乙=(9, 20)), said).evidence[1]
    assert isinstance(table, Table)
    assert len(table.rows) == 12


def test_a_robot_is_no_agent_and_is_named() -> None:
    exported = desk(小林=(9, 20), 阿明=(8, 20), 小周=(10, 20), 店小蜜=(1, 400))
    known = Service(Service.shaped(Service.refine(exported.frame, Origin("x"))))
    answer = asked(known)
    assert not any(about.agent == "店小蜜" for about in (one.about for one in answer.findings))
    assert "店小蜜" in " ".join(answer.limits)
    shown = next(one for one in answer.evidence if isinstance(one, Table))
    assert len(shown.rows) == 3
