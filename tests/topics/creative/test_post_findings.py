"""Every finding about posts and the visitors they bring on both sides of its line, and their tables."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About
from core.exports.kinds.items import Items
from core.exports.kinds.sources import Sources
from core.records.team import ContentPost
from core.topics.creative.posts import plan
from tests.topics.answer_parts import finding_of, rows_of
from tests.topics.creative.test_design_and_content import keys, post, posts, sources
from tests.topics.incidents.morning import of_the_morning
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

TODAY = tuple(post("微淘", f"第{n}条", MONDAY, state="posted") for n in range(3))
"""A full plan, all of it out."""


def test_posts_are_missing_until_three_stand_in_the_plan() -> None:
    full = posts(typed(*TODAY))
    assert "content/missing" not in keys(full)
    assert full.verdict.text == "All 3 posts for today are planned, 3 are published."
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
            assert found.text == "Channels without recent posts: 微信 (last post 11 Jun)."
    short = posts(typed(*TODAY[:2], post("微信", "乙", SUNDAY - timedelta(days=9), state="posted", reads=9)))
    assert (
        finding_of(short, "content/missing").text
        == "1 post missing today. The longest time without a post: 微信."
    )


def test_figures_are_asked_for_three_days_long() -> None:
    for back, asked_for in ((1, True), (3, True), (4, False)):
        answer = posts(typed(*TODAY, post("微信", "乙", MONDAY - timedelta(days=back), state="posted")))
        assert ("content/figures" in keys(answer)) == asked_for, back
    answer = posts(typed(*TODAY, post("微信", "乙", SUNDAY, state="posted")))
    found = finding_of(answer, "content/figures")
    assert (found.level, found.kind) == ("watch", "figures")
    assert found.text == "No figures noted yet: 微信 “乙”."
    assert (
        answer.verdict.text
        == "All 3 posts for today are planned, 3 are published. 1 post has no figures noted yet."
    )


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


def test_three_posts_without_figures_are_named() -> None:
    four = [post("微信", f"乙{n}", SUNDAY, state="posted") for n in range(4)]
    answer = posts(typed(*TODAY, *four))
    assert finding_of(answer, "content/figures").text == (
        "No figures noted yet: 微信 “乙0”, 微信 “乙1”, 微信 “乙2”."
    )
    assert answer.verdict.text.endswith("4 posts have no figures noted yet.")


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
    assert found.text.startswith("A post on 微淘 brings 82 visitors (81–84), a post on 小红书 12:")


def test_more_visitors_and_less_sold_moves_no_post() -> None:
    many = typed(
        *(post("微淘", f"甲{n}", SUNDAY, state="posted", visitors=80 + n, orders=0) for n in range(6)),
        *(post("小红书", f"乙{n}", SUNDAY, state="posted", visitors=10 + n, orders=1) for n in range(6)),
    )
    rows: list[dict[str, object]] = [{"date": SUNDAY, "item": "d1", "gmv": 2000.0, "buyers": 10}]
    found = finding_of(posts(many, items=of_rows(Items, rows)), "content/best/微淘")
    assert found.level == "info"
    assert "82 visitors and ¥0 of sales, a post on 小红书 brings 12 visitors and ¥200" in found.text


def test_the_posts_the_channels_and_the_sources_stand_in_tables() -> None:
    written = typed(
        post("微淘", "甲", MONDAY, item="d1"),
        post("微信", "乙", SUNDAY, state="posted", visitors=30, orders=2),
        post("微信", "丙", SUNDAY - timedelta(days=1), state="posted", visitors=40),
        post("微信", "丁", SUNDAY - timedelta(days=2), state="posted", reads=9),
        post("QQ", "戊", SUNDAY, state="posted", visitors=7),
        post("QQ", "己", MONDAY, state="dropped"),
    )
    fallen = of_the_morning(sources=sources(短视频=9))
    answer = posts(written, sources(短视频=9), fallen)
    assert rows_of(answer, "Today's posts") == [
        {"channel": "微淘", "title": "甲", "item": "d1", "picture": None, "state": "planned"}
    ]
    wechat, qq = rows_of(answer, "Channels in the last four weeks")
    assert wechat == {"channel": "微信", "posts": 3, "counted": 2, "mean": 35.0, "interval": "3–67",
                      "cost": None, "returned": None,
                      "orders": 2, "sales": None, "last": "2026-06-14"}  # fmt: skip
    assert (qq["channel"], qq["interval"]) == ("QQ", "—")
    judged = {row["source"]: row for row in rows_of(answer, "Visitors from content")}
    assert judged["短视频"]["visitors"] == 9
    assert judged["短视频"]["usual"] == pytest.approx(401, abs=1)
    assert judged["短视频"]["judged"] == "fell"
    assert judged["小红书"]["judged"] == "usual"
    (table,) = (one for one in answer.evidence if one.name == "Visitors from content")
    assert table.kind == "table"
    assert dict(table.columns[-1].words) == {"usual": "within usual range", "fell": "below usual"}
    (told,) = (one for one in answer.findings if one.about.source)
    assert (told.key, told.level) == ("incidents/source_visitors/短视频", "watch")
    assert answer.verdict.text.startswith("短视频: 9 visitors a day")
    assert not any(
        one.about.source for one in posts(written, sources(), of_the_morning(sources=sources())).findings
    )
    assert posts(typed()).evidence == ()


def test_small_sources_and_missing_ones_are_named_as_limits() -> None:
    small = posts(typed(*TODAY), sources())
    assert any(
        ": with a few dozen visitors a day, a third more or less is normal." in one for one in small.limits
    )
    none = posts(typed(*TODAY))
    assert any(
        one.startswith(
            "Without yesterday's traffic sources, only the figures noted by hand show what a channel brought."
        )
        for one in none.limits
    )
    assert not any(
        one.startswith(
            "Without yesterday's traffic sources, only the figures noted by hand show what a channel brought."
        )
        for one in small.limits
    )


def test_why_sources_are_not_judged_is_said() -> None:
    frame = sources().frame
    days = frame["date"].dt.date
    without = posts(typed(*TODAY), Sources(Sources.shaped(frame[days < SUNDAY])))
    assert any(
        one.startswith(
            "Without yesterday's traffic sources, only the figures noted by hand show what a channel brought."
        )
        for one in without.limits
    )
    short = posts(typed(*TODAY), Sources(Sources.shaped(frame[days == SUNDAY])))
    assert any(
        one.startswith("Too few usual days of traffic sources to compare yesterday's content sources with.")
        for one in short.limits
    )


def test_a_post_is_shown_as_planned_or_posted() -> None:
    (table,) = (one for one in posts(typed(*TODAY)).evidence if one.name == "Today's posts")
    assert table.kind == "table"
    assert dict(table.columns[-1].words) == {"planned": "planned", "posted": "posted"}
    assert {row[-1] for row in table.rows} == {"posted"}


def test_a_channel_is_counted_over_four_weeks() -> None:
    for back, tables in ((28, ["Channels in the last four weeks"]), (29, [])):
        old = post("微信", "乙", MONDAY - timedelta(days=back), state="posted", visitors=30)
        assert [one.name for one in posts(typed(old)).evidence] == tables, back


def test_what_a_channel_cost_is_held_against_the_sales_of_the_posts_that_have_both() -> None:
    records = typed(
        (MONDAY, ContentPost(channel="小红书", title="甲", state="posted", cost=300.0, gmv=900.0)),
        (MONDAY, ContentPost(channel="小红书", title="乙", state="posted", cost=100.0)),
        (MONDAY, ContentPost(channel="微信", title="丙", state="posted", gmv=500.0)),
    )
    found = {one.name: (one.cost, one.returned) for one in plan.channels(plan.posts(records, shop()), MONDAY)}
    assert found == {"小红书": (400.0, 3.0), "微信": (None, None)}
