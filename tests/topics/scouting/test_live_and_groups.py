"""Streams, groups and peers: quotas, patterns from two shops on, and what became of what was borrowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, LevelName, Table, Verdict, named
from core.answers.answer_codec import encode
from core.journal.projections import Past
from core.language.speech import Language, speak
from core.records.evening import CommunitySeen, ContactMade, LiveSeen
from core.records.records import Records
from core.shop.settings import Rival
from core.topics.scouting import communities, live, network
from tests.topics.evenings import at
from tests.topics.tables import MONDAY, shop, told, told_by
from tests.topics.writing import Journal

YESTERDAY = MONDAY - timedelta(days=1)
visited, talked = told_by(communities.visited), told_by(network.contacts)


def watched(seen: Records[LiveSeen], past: Past | None = None) -> Answer:
    return told(live.watched(seen, past or Past(MONDAY), shop=shop(), today=MONDAY))


def joined(*records: Records[LiveSeen]) -> Records[LiveSeen]:
    return Records(tuple(row for one in records for row in one))


def of_kind(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def rows(answer: Answer) -> list[dict[str, object]]:
    """Return the rows of the table by column id, the words of a closed set in full."""
    (table,) = answer.evidence
    assert isinstance(table, Table)
    return [
        {column.id: named(column, cell) for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]


# ---- left alone


def test_none_yet_says_where_to_start() -> None:
    answer = watched(Records())
    assert answer.verdict.text == (
        "0 of 2 live streams watched today. No stream watched in two weeks: start with "
        "that of a rival we follow."
    )
    assert answer.verdict.level == "info"
    assert not answer.findings
    assert not answer.evidence
    assert len(answer.limits) == 1


def test_one_shop_doing_it_every_day_is_no_pattern() -> None:
    days = (MONDAY - timedelta(days=back) for back in range(6))
    seen = joined(*(at("21:20", LiveSeen(shop="甲家", mechanism="flash", offer="满300减100"), day=day)
                    for day in days))  # fmt: skip
    answer = watched(seen)
    assert not answer.findings
    assert (
        "No method was seen at more than one shop in two weeks (live streams watched: 6)."
        in answer.verdict.text
    )


def test_something_else_at_two_shops_is_no_pattern() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", mechanism="other"), LiveSeen(shop="乙家", mechanism="other"))
    assert not watched(seen).findings


def test_a_look_of_fourteen_days_ago_is_forgotten_and_one_of_thirteen_is_not() -> None:
    def kept(back: int) -> list[Finding]:
        look = LiveSeen(shop="甲家", borrow="整点秒杀")
        return of_kind(watched(at("21:20", look, day=MONDAY - timedelta(days=back))), "borrow")

    assert len(kept(13)) == 1
    assert not kept(14)


def test_an_hour_after_midnight_belongs_to_the_evening_before() -> None:
    streams = (LiveSeen(shop="甲家"), LiveSeen(shop="乙家"))
    assert watched(at("03:59", *streams)).verdict.text.startswith("0 of 2 live streams")
    assert watched(at("04:00", *streams)).verdict.text.startswith("2 of 2 live streams")


def test_a_task_that_says_something_else_settles_nothing() -> None:
    journal = Journal(MONDAY)
    journal.write("action", "standup", text="联系物流公司", role="content")
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    assert [one.level for one in of_kind(watched(seen, journal.past), "borrow")] == ["watch"]


def test_a_task_of_before_the_look_or_a_dropped_one_settles_nothing() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    early, dropped = Journal(MONDAY), Journal(MONDAY)
    early.promise("秒杀前讲两分钟面料", back=2)
    name = dropped.promise("秒杀前讲两分钟面料", back=1)
    dropped.write("action-update", "standup", action=name, state="dropped")
    assert [one.level for one in of_kind(watched(seen, early.past), "borrow")] == ["watch"]
    assert [one.level for one in of_kind(watched(seen, dropped.past), "borrow")] == ["watch"]


# ---- said


def test_two_shops_make_a_pattern_and_two_looks_the_day() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", mechanism="flash"), LiveSeen(shop="乙家", mechanism="flash"))
    answer = watched(seen)
    assert answer.verdict.level == "good"
    assert answer.verdict.text == (
        "2 of 2 live streams watched today. In the last two weeks, flash price on the "
        "hour was seen at 2 shops (in 2 of 2 streams watched)."
    )
    (pattern,) = answer.findings
    assert (pattern.key, pattern.kind, pattern.about) == (
        "live/pattern/flash",
        "pattern",
        About(other="flash"),
    )
    assert pattern.level == "info"
    assert pattern.text == (
        "flash price on the hour was seen 2 times at 2 shops in the last two weeks (甲家, 乙家)."
    )


def test_an_offer_said_at_two_shops_is_a_pattern_in_quotation_marks() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", offer="满300 减100"), LiveSeen(shop="乙家", offer="满300减100"))
    (pattern,) = watched(seen).findings
    assert pattern.about == About(other="满300 减100")
    assert pattern.text.startswith("“满300 减100” was seen 2 times at 2 shops")


def test_the_most_widespread_pattern_stands_first_and_three_are_told() -> None:
    def stream(name: str, mechanism: str) -> LiveSeen:
        return LiveSeen(shop=name, mechanism=mechanism)

    common = [stream(name, "gift") for name in ("甲家", "乙家", "丙家")]
    others = [stream(name, one) for one in ("flash", "draw", "trial") for name in ("甲家", "乙家")]
    answer = watched(at("21:20", *others, *common))
    told_of = [one.about.other for one in of_kind(answer, "pattern")]
    assert told_of[0] == "gift"
    assert len(told_of) == 3


def test_of_two_patterns_as_widespread_the_one_seen_more_often_stands_first() -> None:
    draws = [LiveSeen(shop=name, mechanism="draw") for name in ("甲家", "乙家")]
    trials = [LiveSeen(shop=name, mechanism="trial") for name in ("甲家", "乙家", "乙家")]
    answer = watched(at("21:20", *draws, *trials))
    assert [one.about.other for one in of_kind(answer, "pattern")] == ["trial", "draw"]
    assert (
        "try-on and fabric close-up was seen at 2 shops (in 3 of 5 streams watched)." in answer.verdict.text
    )


def test_a_rival_is_the_same_shop_by_its_id_and_by_its_name() -> None:
    rival = Rival(id="r1", name="甲家女装官方旗舰店欢迎您来")
    streams = [LiveSeen(shop=name, mechanism="flash") for name in ("r1", "甲家女装官方旗舰店欢迎您来")]
    answer = told(live.watched(at("21:20", *streams), Past(MONDAY), shop=shop(rivals=(rival,)), today=MONDAY))
    assert not answer.findings, "one shop twice"
    assert {row["shop"] for row in rows(answer)} == {"甲家女装官方旗舰店欢…"}


def test_capitals_and_blanks_make_no_other_offer() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", offer="Buy 2 Get 1"), LiveSeen(shop="乙家", offer="buy2 get1"))
    assert [one.about.other for one in of_kind(watched(seen), "pattern")] == ["Buy 2 Get 1"]


def test_only_what_was_to_be_borrowed_is_followed() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow=" "), LiveSeen(shop="乙家", borrow="连麦"), day=YESTERDAY)
    answer = watched(seen)
    assert [one.about.entry for one in of_kind(answer, "borrow")] == ["21:20/1"]
    assert "Ideas to borrow: 1; none has become an action yet." in answer.verdict.text


def test_what_nobody_took_on_is_said_with_a_task_ready() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    answer = watched(seen)
    (finding,) = answer.findings
    about = About(entry="21:20/0")
    assert (finding.key, finding.kind, finding.about) == ("live/borrow/21:20/0", "borrow", about)
    assert finding.level == "watch"
    (ask,) = finding.proposals
    assert (ask.due, ask.about) == ((MONDAY + timedelta(days=3)).isoformat(), about)
    assert "none has become an action" in answer.verdict.text


def test_what_was_borrowed_tonight_is_no_reproach_yet() -> None:
    answer = watched(at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料")))
    assert [one.level for one in of_kind(answer, "borrow")] == ["info"]


def test_a_task_that_says_the_same_settles_it() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    journal = Journal(MONDAY)
    journal.write("action", "standup", text="直播间秒杀前讲两分钟面料", role="content")
    answer = watched(seen, journal.past)
    assert not answer.findings
    assert "Ideas to borrow: 1; 1 became actions." in answer.verdict.text


def test_a_task_half_of_whose_words_are_the_same_settles_it_and_one_of_fewer_does_not() -> None:
    def settled(task: str) -> bool:
        journal = Journal(MONDAY)
        journal.write("action", "standup", text=task, role="content")
        seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲面料"), day=YESTERDAY)
        return not watched(seen, journal.past).findings

    assert settled("秒杀前讲工艺"), "3 of 5 pairs of characters"
    assert settled("秒杀前说"), "2 of 3 and 5: twice 2 over 8 is half"
    assert not settled("秒杀前说工艺"), "2 of 5"


def test_three_things_to_borrow_are_asked_and_twelve_looks_shown() -> None:
    streams = [LiveSeen(shop=f"{number}家", borrow=f"玩法{number}") for number in range(13)]
    answer = watched(at("21:20", *streams))
    assert len(of_kind(answer, "borrow")) == 3
    assert len(rows(answer)) == 12


def test_a_task_taken_from_the_finding_settles_it_whatever_its_words() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    (finding,) = watched(seen).findings
    journal = Journal(MONDAY)
    journal.write("action", "live", text="试试", role="operator", finding=finding.key)
    assert not watched(seen, journal.past).findings


def test_what_was_borrowed_and_done_is_no_success_until_its_number_moved() -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    journal = Journal(MONDAY)
    name = journal.promise("秒杀前讲两分钟面料", back=1)
    journal.write("action-update", "standup", action=name, state="done")
    answer = watched(seen, journal.past)
    (finding,) = answer.findings
    assert (finding.kind, finding.level, finding.proposals) == ("borrow", "info", ())
    assert finding.about == About(entry="21:20/0")
    assert finding.text.startswith(
        "Idea from 甲家, carried out: 秒杀前讲两分钟面料. It cannot be told whether the idea works"
    )
    assert rows(answer)[0]["became"] == "done"


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("good", "The figure agreed for this idea changed as promised."),
        ("watch", "The figure agreed for this idea did not change as promised."),
        ("info", "It cannot be told yet whether the figure agreed for this idea changed."),
        (None, "It cannot be told yet whether the figure agreed for this idea changed"),
    ],
)
def test_what_the_stand_up_told_of_its_number_says_whether_it_worked(
    level: LevelName | None, words: str
) -> None:
    seen = at("21:20", LiveSeen(shop="甲家", borrow="秒杀前讲两分钟面料"), day=YESTERDAY)
    journal = Journal(MONDAY)
    name = journal.promise("秒杀前讲两分钟面料", back=1, metric="conversion", direction="up", expected=0.04)
    journal.write("action-update", "standup", action=name, state="done")
    if level is not None:
        told = Finding(f"standup/promise/{name}", level, "…", about=About(entry=name))
        journal.shown("standup", Answer(Verdict("info", "…"), (replace(told, kind="promise"),)))
    (finding,) = watched(seen, journal.past).findings
    assert finding.level == (level or "info")
    assert words in finding.text


def test_the_table_has_the_newest_stream_first_with_what_became_of_it() -> None:
    journal = Journal(MONDAY)
    journal.write("action", "standup", text="秒杀前讲两分钟面料", role="content")
    seen = joined(
        at("21:20", LiveSeen(shop="甲家", mechanism="flash", offer="半价", borrow="秒杀前讲两分钟面料"),
           day=YESTERDAY),
        at("21:30", LiveSeen(shop="乙家", mechanism="", borrow="连麦老顾客"), LiveSeen(shop="丙家")),
    )  # fmt: skip
    answer = watched(seen, journal.past)
    last, second, first = rows(answer)
    assert first == {
        "day": "14 Jun",
        "shop": "甲家",
        "mechanism": "flash price on the hour",
        "offer": "半价",
        "borrowed": "秒杀前讲两分钟面料",
        "became": "action open",
    }
    assert (second["mechanism"], second["became"]) == ("", "nothing done yet")
    assert (last["shop"], last["became"]) == ("丙家", "")
    assert "We looked 3 times in 14 days" in answer.limits[1]


def test_the_table_of_talks_has_the_category_and_what_was_learnt() -> None:
    seen = at("21:46", ContactMade(name="老秦", category="童装", learnt="老客先看新款"))
    answer = talked(seen, Past(MONDAY), shop=shop(), today=MONDAY)
    assert rows(answer) == [
        {
            "day": "15 Jun",
            "shop": "老秦",
            "category": "童装",
            "learnt": "老客先看新款",
            "borrowed": "",
            "became": "",
        }
    ]


def test_groups_and_peers_have_keys_and_columns_of_their_own() -> None:
    group, peer = CommunitySeen(shop="甲家", borrow="晒图"), ContactMade(name="老秦", borrow="老客先看")
    groups = visited(at("21:36", group), Past(MONDAY), shop=shop(), today=MONDAY)
    peers = talked(at("21:46", peer), Past(MONDAY), shop=shop(), today=MONDAY)
    assert [one.key for one in groups.findings] == ["communities/borrow/21:36/0"]
    assert [one.key for one in peers.findings] == ["network/borrow/21:46/0"]
    tables = [one for answer in (groups, peers) for one in answer.evidence if isinstance(one, Table)]
    assert [one.columns[1].name for one in tables] == ["Whose group", "Talked with"]
    assert [one.rows[0][-1] for one in tables] == ["not_yet", "not_yet"]
    assert rows(groups)[0]["became"] == "nothing done yet"


def test_a_mechanism_no_version_knows_is_shown_as_it_was_kept() -> None:
    seen = at("21:20", *(LiveSeen(shop=name, mechanism="hologram") for name in ("甲家", "乙家")))
    assert watched(seen).findings[0].text.startswith("hologram was seen 2 times at 2 shops")


def test_groups_and_peers_keep_their_own_quota() -> None:
    groups = visited(at("21:36", CommunitySeen(shop="甲家")), Past(MONDAY), shop=shop(), today=MONDAY)
    assert groups.verdict.text.startswith("1 of 2 customer groups")
    assert groups.verdict.level == "info"
    talks = talked(at("21:46", ContactMade(name="老秦")), Past(MONDAY), shop=shop(), today=MONDAY)
    assert talks.verdict.level == "good"


@pytest.mark.parametrize("step", ["live", "communities", "network"])
def test_the_same_is_meant_in_every_language(step: str) -> None:
    past = Past(MONDAY)

    def asked(spoken: Language) -> tuple[dict[str, object], str]:
        speak(spoken)
        if step == "live":
            streams = [LiveSeen(shop=name, mechanism="flash", offer="半价", borrow="连麦") for name in "甲乙"]
            answer = live.watched(at("21:20", *streams), past, shop=shop(), today=MONDAY)
        elif step == "communities":
            groups = [CommunitySeen(shop=name, mechanism="coupon", borrow="晒图") for name in "甲乙"]
            answer = communities.visited(at("21:20", *groups), past, shop=shop(), today=MONDAY)
        else:
            talks = [ContactMade(name=name, category="童装", borrow="老客先看") for name in "甲乙"]
            answer = network.contacts(at("21:20", *talks), past, shop=shop(), today=MONDAY)
        return encode(answer), told(answer).verdict.text

    (english, said), (chinese, spoken) = asked("en"), asked("zh")
    assert english == chinese
    assert said != spoken
    assert english["findings"]
