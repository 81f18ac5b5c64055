"""Streams, groups and peers: quotas, patterns from two shops on, and what became of what was borrowed."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import Answer
from core.journal.projections import Past
from core.records.evening import CommunitySeen, ContactMade, LiveSeen
from core.records.records import Records
from core.topics.scouting import communities, live, network
from tests.topics.evenings import at
from tests.topics.tables import MONDAY, shop
from tests.topics.writing import Journal

YESTERDAY = MONDAY - timedelta(days=1)


def watched(seen: Records[LiveSeen], past: Past | None = None) -> Answer:
    return live.watched(seen, past or Past(MONDAY), shop=shop(), today=MONDAY)


def test_none_yet_says_where_to_start() -> None:
    answer = watched(Records())
    assert answer.verdict.text.startswith("0 of 2 streams watched today.")
    assert not answer.findings


def test_one_shop_doing_it_every_day_is_no_pattern() -> None:
    seen = Records(
        tuple(
            row
            for back in range(6)
            for row in at(
                "21:20", LiveSeen(shop="甲家", mechanism="flash"), day=MONDAY - timedelta(days=back)
            )
        )
    )
    assert not any("pattern" in finding.key for finding in watched(seen).findings)


def test_something_else_at_two_shops_is_no_pattern() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", mechanism="other"), LiveSeen(shop="乙家", mechanism="other"))
    assert not watched(seen).findings


def test_two_shops_make_a_pattern_and_two_looks_the_day() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", mechanism="flash"), LiveSeen(shop="乙家", mechanism="flash"))
    answer = watched(seen)
    assert answer.verdict.level == "good"
    assert "live/pattern/flash" in {finding.key for finding in answer.findings}


def test_a_look_of_a_month_ago_is_forgotten() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="整点秒杀"), day=MONDAY - timedelta(days=30))
    assert not watched(seen).findings


def test_what_nobody_took_on_is_said_with_a_task_ready() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    answer = watched(seen)
    (finding,) = answer.findings
    assert finding.level == "watch"
    assert finding.proposals[0].due == (MONDAY + timedelta(days=3)).isoformat()
    assert "none became a task" in answer.verdict.text


def test_a_task_taken_from_the_finding_or_saying_the_same_settles_it() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    journal = Journal(MONDAY)
    journal.write("action", "standup", text="直播间秒杀前讲两分钟面料", role="content")
    answer = watched(seen, journal.past)
    assert not answer.findings
    assert "1 became a task" in answer.verdict.text.replace("of which 1", "1")


def test_groups_and_peers_keep_their_own_quota() -> None:
    groups = communities.visited(
        at("21:36", CommunitySeen(shop="甲家")), Past(MONDAY), shop=shop(), today=MONDAY
    )
    assert groups.verdict.text.startswith("1 of 2 groups")
    talks = network.contacts(at("21:46", ContactMade(name="老秦")), Past(MONDAY), shop=shop(), today=MONDAY)
    assert talks.verdict.level == "good"
