"""Notices of the platform: who has to decide or hand in what, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer
from core.records.records import CampaignEntry, Records
from core.records.team import Notice
from core.topics.campaigns import notices
from tests.topics.answer_parts import finding_of, in_both_languages, rows_of
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, shop, told_by

deadlines = told_by(notices.deadlines)
NO_CAMPAIGNS: Records[CampaignEntry] = Records()


def due(*written: Notice, campaigns: Records[CampaignEntry] = NO_CAMPAIGNS, on: date = SUNDAY) -> Answer:
    return deadlines(typed(*((on, one) for one in written)), campaigns, shop=shop(), today=MONDAY)


def ending(days: int, **given: object) -> Notice:
    return Notice(campaign="甲", deadline=MONDAY + timedelta(days=days), **given)  # type: ignore[arg-type]


def test_no_notice_at_all_asks_for_a_look_at_the_groups() -> None:
    answer = deadlines(Records(), NO_CAMPAIGNS, shop=shop(), today=MONDAY)
    assert answer.verdict.level == "info"
    assert "look through the 钉钉 category groups" in answer.verdict.text
    assert answer.findings == ()
    assert answer.evidence == ()
    assert len(answer.limits) == 1


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [(0, "act", "ends today"), (1, "act", "ends in 1 day"), (2, "watch", "ends in 2 days"),
     (3, "watch", "ends in 3 days"), (4, "info", "ends in 4 days"), (-7, "info", "without a decision")],
)  # fmt: skip
def test_a_notice_is_more_urgent_the_nearer_its_deadline(days: int, level: str, words: str) -> None:
    found = finding_of(due(ending(days)), "notices/甲")
    assert found.level == level
    assert words in found.text
    assert (found.kind, found.about) == ("campaign", About(campaign="甲"))


def test_a_notice_that_ran_out_is_followed_for_a_week_and_asks_for_nothing() -> None:
    assert finding_of(due(ending(-7)), "notices/甲").proposals == ()
    gone = due(ending(-8))
    assert gone.findings == ()
    assert gone.evidence == ()
    assert gone.verdict.text == "The 1 campaign notice is settled: nothing to sign up for."


def test_the_verdict_is_urgent_one_day_before_the_deadline_and_counts_the_open_ones() -> None:
    assert due(ending(1)).verdict.level == "act"
    soon = due(ending(2), Notice(campaign="乙"))
    assert soon.verdict.level == "watch"
    assert soon.verdict.text.startswith("2 campaign notices are open, first: 甲 ends in 2 days, not decided")
    later = due(ending(4), Notice(campaign="乙"))
    assert later.verdict.level == "info"
    assert later.verdict.text == "2 campaign notices are open, but none is due within three days."


def test_an_undecided_notice_is_to_be_decided_today_and_a_decided_one_handed_in() -> None:
    (decide,) = finding_of(due(ending(3)), "notices/甲").proposals
    assert (decide.deed, decide.about, decide.due) == ("", About(campaign="甲"), MONDAY.isoformat())
    decided = finding_of(due(ending(3, concerns=True, how="主图两张")), "notices/甲")
    assert decided.text == "甲 (—) ends in 3 days: sign-up not handed in yet. Needed for it: 主图两张."
    (hand_in,) = decided.proposals
    assert (hand_in.deed, hand_in.about) == ("hand_in", About(campaign="甲"))
    assert hand_in.due == (MONDAY + timedelta(days=2)).isoformat()
    preparing = finding_of(due(ending(3, state="preparing")), "notices/甲")
    assert [one.deed for one in preparing.proposals] == ["hand_in"]


def test_a_notice_without_a_deadline_is_kept_in_sight() -> None:
    found = finding_of(due(Notice(campaign="甲", concerns=True)), "notices/甲")
    assert found.level == "info"
    assert "has no deadline" in found.text
    assert found.proposals[0].due == (MONDAY + timedelta(days=1)).isoformat()


def test_groups_are_looked_at_after_four_days_without_a_notice() -> None:
    recent = due(ending(9), on=MONDAY - timedelta(days=3))
    assert [one.key for one in recent.findings] == ["notices/甲"]
    found = finding_of(due(ending(9), on=MONDAY - timedelta(days=4)), "notices/silent")
    assert (found.level, found.kind) == ("watch", "silent")
    assert "since 11 Jun" in found.text
    assert [one.due for one in found.proposals] == [MONDAY.isoformat()]


def test_a_campaign_of_nearly_the_same_name_settles_its_notice() -> None:
    for name, settled in (("年中大促狂欢", True), ("秋季上新", False)):
        entry = typed((SUNDAY, CampaignEntry(name=name, state="applied")))
        answer = due(Notice(campaign="年中大促", deadline=MONDAY), campaigns=entry)
        assert (answer.findings == ()) == settled, name


def test_the_open_notices_stand_in_a_table_the_nearest_deadline_first() -> None:
    answer = due(
        Notice(campaign="乙"),
        ending(2, where="钉钉群", how="报价", prepares="小陈", state="preparing"),
        Notice(campaign="丙", concerns=False),
    )
    assert rows_of(answer, "Open notices") == [
        {"notice": "甲", "where": "钉钉群", "deadline": "2026-06-17", "how": "报价", "who": "小陈",
         "state": "preparing"},
        {"notice": "乙", "where": "—", "deadline": None, "how": "—", "who": "—", "state": "new"},
    ]  # fmt: skip
    (table,) = answer.evidence
    assert table.kind == "table"
    assert table.keys == ("notices/甲", "notices/乙")
    assert table.about == (About(campaign="甲"), About(campaign="乙"))
    assert dict(table.columns[-1].words) == {"new": "new notice", "preparing": "being prepared"}


def test_what_is_answered_does_not_depend_on_the_language() -> None:
    written = typed(
        (SUNDAY - timedelta(days=5), ending(2, how="报价")),
        (SUNDAY - timedelta(days=5), Notice(campaign="乙", deadline=SUNDAY)),
    )
    english, chinese = in_both_languages(
        lambda: notices.deadlines(written, NO_CAMPAIGNS, shop=shop(), today=MONDAY)
    )
    assert len(english["findings"]) == 3
    assert english == chinese
