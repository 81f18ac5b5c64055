"""Every finding about posts and the visitors they bring on both sides of its line, and their tables."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About
from core.exports.kinds.sources import Sources
from core.shop.settings import Content
from core.topics.creative import content
from tests.topics.answer_parts import finding_of, in_both_languages, rows_of
from tests.topics.creative.test_design_and_content import keys, post, posts, sources
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, festival, shop

TODAY = tuple(post("微淘", f"第{n}条", MONDAY, state="posted") for n in range(3))
"""A full plan, all of it out."""


def test_posts_are_missing_until_three_stand_in_the_plan() -> None:
    full = posts(typed(*TODAY))
    assert "content/missing" not in keys(full)
    assert full.verdict.text == "Today's 3 posts are planned, 3 out."
    found = finding_of(posts(typed(*TODAY[:2])), "content/missing")
    assert (found.level, found.kind, found.about) == ("watch", "missing", About())
    assert found.text == "1 post missing today."
    assert [(one.role, one.due) for one in found.proposals] == [("content", MONDAY.isoformat())]


def test_a_channel_is_quiet_after_four_days_without_a_post() -> None:
    for back, quiet in ((3, False), (4, True)):
        old = post("微信", "乙", MONDAY - timedelta(days=back), state="posted", reads=9)
        answer = posts(typed(*TODAY, old))
        assert ("content/quiet" in keys(answer)) == quiet, back
        if quiet:
            found = finding_of(answer, "content/quiet")
            assert (found.level, found.kind) == ("info", "quiet")
            assert found.text == "Gone quiet: 微信 (last 11 Jun)."
    short = posts(typed(*TODAY[:2], post("微信", "乙", SUNDAY - timedelta(days=9), state="posted", reads=9)))
    assert finding_of(short, "content/missing").text == "1 post missing today. Quiet longest: 微信."


def test_figures_are_asked_for_three_days_long() -> None:
    for back, asked_for in ((1, True), (3, True), (4, False)):
        answer = posts(typed(*TODAY, post("微信", "乙", MONDAY - timedelta(days=back), state="posted")))
        assert ("content/figures" in keys(answer)) == asked_for, back
    answer = posts(typed(*TODAY, post("微信", "乙", SUNDAY, state="posted")))
    found = finding_of(answer, "content/figures")
    assert (found.level, found.kind) == ("watch", "figures")
    assert found.text == "No figures yet: 微信 “乙”."
    assert answer.verdict.text == "Today's 3 posts are planned, 3 out. 1 post has no figures yet."


@pytest.mark.parametrize("noted", [{"reads": 80}, {"visitors": 0}])
def test_one_figure_is_enough(noted: dict[str, int]) -> None:
    answer = posts(typed(*TODAY, post("微信", "乙", SUNDAY, state="posted", **noted)))
    assert "content/figures" not in keys(answer)


def test_a_forgotten_post_is_named_with_its_channel_and_title() -> None:
    for back, named in ((3, True), (4, False)):
        answer = posts(typed(*TODAY, post("微信", "乙/丙", MONDAY - timedelta(days=back))))
        assert ("content/late/微信/乙/丙" in keys(answer)) == named, back
    found = finding_of(posts(typed(*TODAY, post("微信", "乙/丙", SUNDAY))), "content/late/微信/乙/丙")
    assert (found.level, found.kind, found.about) == ("watch", "late", About(channel="微信", title="乙/丙"))
    assert [one.text for one in found.proposals] == ["Post “乙/丙” or drop it"]


@pytest.mark.parametrize(
    ("visitors", "level"), [(9, "act"), (79, "act"), (82, "watch"), (900, "good"), (401, "")]
)
def test_a_source_is_judged_against_its_usual_days(visitors: int, level: str) -> None:
    answer = posts(typed(*TODAY), sources(短视频=visitors))
    if not level:
        assert not any(key.startswith("content/source") for key in keys(answer))
        return
    found = finding_of(answer, "content/source/短视频")
    assert (found.level, found.kind, found.about) == (level, "source", About(source="短视频"))
    asks = [(one.item, one.about, one.expected) for one in found.proposals]
    assert asks == ([] if level == "good" else [("短视频", About(source="短视频"), 401)])


def test_a_source_that_fell_is_looked_into_by_tomorrow() -> None:
    (ask,) = finding_of(posts(typed(*TODAY), sources(短视频=82)), "content/source/短视频").proposals
    assert (ask.role, ask.metric, ask.direction) == ("content", "source_visitors", "up")
    assert ask.due == "2026-06-16"


@pytest.mark.parametrize(("visitors", "level"), [(79, "act"), (80, "watch")])
def test_a_source_has_stopped_below_a_fifth(visitors: int, level: str) -> None:
    flat = sources(短视频=visitors)
    earlier = (flat.frame["level2"] == "短视频") & (flat.frame["date"].dt.date < SUNDAY)
    flat.frame.loc[earlier, "visitors"] = 400
    assert finding_of(posts(typed(*TODAY), flat), "content/source/短视频").level == level


def test_after_a_campaign_day_only_what_stopped_is_said() -> None:
    own = {"calendar": (festival(SUNDAY),)}
    assert not any(key.startswith("content/source") for key in keys(posts(typed(*TODAY), sources(), **own)))
    assert "content/source/短视频" not in keys(posts(typed(*TODAY), sources(短视频=900), **own))
    stopped = posts(typed(*TODAY), sources(短视频=9), **own)
    assert finding_of(stopped, "content/source/短视频").level == "act"
    assert any(
        one.startswith("Yesterday was a campaign day")
        for one in posts(typed(*TODAY), sources(), **own).limits
    )


def test_three_posts_without_figures_are_named() -> None:
    four = [post("微信", f"乙{n}", SUNDAY, state="posted") for n in range(4)]
    answer = posts(typed(*TODAY, *four))
    assert finding_of(answer, "content/figures").text == (
        "No figures yet: 微信 “乙0”, 微信 “乙1”, 微信 “乙2”."
    )
    assert answer.verdict.text.endswith("4 posts have no figures yet.")


def test_channels_are_compared_from_five_posts_and_thirty_visitors() -> None:
    def channels(count: int, each: int) -> list[str]:
        return keys(
            posts(
                typed(
                    *(post("微淘", f"甲{n}", SUNDAY, state="posted", visitors=80 + n) for n in range(count)),
                    *(post("小红书", f"乙{n}", SUNDAY, state="posted", visitors=each) for n in range(6)),
                )
            )
        )

    assert "content/best/微淘" in channels(5, 5)
    assert "content/best/微淘" not in channels(4, 5)
    assert "content/best/微淘" not in channels(5, 4)
    assert "content/best/微淘" not in channels(5, 81)


def test_the_best_channel_is_named_with_its_range() -> None:
    many = typed(
        *(post("微淘", f"甲{n}", SUNDAY, state="posted", visitors=80 + n) for n in range(6)),
        *(post("小红书", f"乙{n}", SUNDAY, state="posted", visitors=10 + n) for n in range(6)),
    )
    found = finding_of(posts(many), "content/best/微淘")
    assert (found.level, found.kind, found.about) == ("good", "best", About(channel="微淘"))
    assert found.text.startswith("微淘 brings 82 visitors a post (81–84), 小红书 12:")


def test_the_posts_the_channels_and_the_sources_stand_in_tables() -> None:
    written = typed(
        post("微淘", "甲", MONDAY, item="d1"),
        post("微信", "乙", SUNDAY, state="posted", visitors=30, orders=2),
        post("微信", "丙", SUNDAY - timedelta(days=1), state="posted", visitors=40),
        post("微信", "丁", SUNDAY - timedelta(days=2), state="posted", reads=9),
        post("QQ", "戊", SUNDAY, state="posted", visitors=7),
        post("QQ", "己", MONDAY, state="dropped"),
    )
    answer = posts(written, sources(短视频=9))
    assert rows_of(answer, "Today's posts") == [
        {"channel": "微淘", "title": "甲", "item": "d1", "state": "planned"}
    ]
    wechat, qq = rows_of(answer, "Channels, four weeks")
    assert wechat == {"channel": "微信", "posts": 3, "counted": 2, "mean": 35.0, "interval": "3–67",
                      "orders": 2, "last": "2026-06-14"}  # fmt: skip
    assert (qq["channel"], qq["interval"]) == ("QQ", "—")
    judged = {row["source"]: row for row in rows_of(answer, "Visitors from content")}
    assert judged["短视频"]["visitors"] == 9
    assert judged["短视频"]["usual"] == pytest.approx(401, abs=1)
    assert judged["短视频"]["judged"] == "fell"
    assert judged["小红书"]["judged"] == "usual"
    risen = rows_of(posts(written, sources(短视频=900)), "Visitors from content")
    assert "rose" in [row["judged"] for row in risen]
    (table,) = (one for one in answer.evidence if one.name == "Visitors from content")
    assert table.kind == "table"
    assert dict(table.columns[-1].words) == {
        "few": "too few to judge", "usual": "usual swing", "rose": "rose", "fell": "fell"
    }  # fmt: skip
    assert posts(typed()).evidence == ()


def test_small_sources_and_missing_ones_are_named_as_limits() -> None:
    small = posts(typed(*TODAY), sources())
    assert any("小红书: a few dozen visitors" in one for one in small.limits)
    none = posts(typed(*TODAY))
    assert any(one.startswith("Without yesterday's sources") for one in none.limits)
    assert not any(one.startswith("Without yesterday's sources") for one in small.limits)


def test_why_sources_are_not_judged_is_said() -> None:
    frame = sources().frame
    days = frame["date"].dt.date
    without = posts(typed(*TODAY), Sources(Sources.shaped(frame[days < SUNDAY])))
    assert any(one.startswith("Without yesterday's sources") for one in without.limits)
    short = posts(typed(*TODAY), Sources(Sources.shaped(frame[days == SUNDAY])))
    assert any(one.startswith("Too few usual days of sources") for one in short.limits)


def test_a_post_is_shown_as_planned_or_posted() -> None:
    (table,) = (one for one in posts(typed(*TODAY)).evidence if one.name == "Today's posts")
    assert table.kind == "table"
    assert dict(table.columns[-1].words) == {"planned": "planned", "posted": "posted"}
    assert {row[-1] for row in table.rows} == {"posted"}


def test_what_is_answered_does_not_depend_on_the_language() -> None:
    written = typed(
        post("微淘", "甲", MONDAY),
        post("微信", "乙", SUNDAY, state="posted"),
        post("QQ", "戊", SUNDAY),
        post("微博", "己", SUNDAY - timedelta(days=9), state="posted", visitors=7),
        post("微博", "庚", SUNDAY - timedelta(days=8), state="posted", visitors=9),
    )
    english, chinese = in_both_languages(
        lambda: content.posts_today(
            written, sources(短视频=9), shop=shop(content=Content(posts_a_day=2)), today=MONDAY
        )
    )
    assert {one["kind"] for one in english["findings"]} == {"late", "missing", "figures", "source"}
    assert english == chinese


def test_a_channel_is_counted_over_four_weeks() -> None:
    for back, tables in ((28, ["Channels, four weeks"]), (29, [])):
        old = post("微信", "乙", MONDAY - timedelta(days=back), state="posted", visitors=30)
        assert [one.name for one in posts(typed(old)).evidence] == tables, back
