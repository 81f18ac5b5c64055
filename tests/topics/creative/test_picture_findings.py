"""Every finding about pictures, tests and new items on both sides of its line, and their tables."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from core.answers.answer import About, Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.records.records import Records
from core.records.team import NewItem, PictureChange, PictureTest, ShopWatched
from core.shop.settings import Design
from core.topics.creative import design
from core.topics.creative.picture_tests import impressions_per_arm
from tests.topics.answer_parts import finding_of, in_both_languages, rows_of
from tests.topics.creative.test_design_and_content import adverts, asked, keys
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

QUIET = Design(shops_a_day=0)
"""Nobody has to watch other shops: nothing is said of it."""


# ---- pictures


def test_a_weak_picture_asks_for_a_test_of_a_sample_named_beforehand() -> None:
    answer = asked(ads=adverts(a=0.040, b=0.020, c=0.040), design=QUIET)
    found = finding_of(answer, "design/picture/b")
    assert (found.level, found.kind, found.about) == ("watch", "picture", About(item="b"))
    (ask,) = found.proposals
    assert (ask.deed, ask.about, ask.item) == ("test_picture", About(item="b"), "b")
    assert (ask.role, ask.metric, ask.direction, ask.due) == ("design", "ctr", "up", "2026-06-18")
    assert ask.expected == pytest.approx(0.04)
    assert found.text.startswith("b: the click rate of its picture is 2.00%; other items in the same slots")
    assert "other items in the same slots get 4.00% (100% sure that it is lower)." in found.text
    assert f"decide that each picture gets {impressions_per_arm(0.02, 0.04):,} impressions." in found.text
    assert answer.verdict.text == found.text


def test_the_click_rate_to_reach_is_told_to_a_hundredth_of_a_percent() -> None:
    found = finding_of(asked(ads=adverts(a=0.040, b=0.020, c=0.041, d=0.041)), "design/picture/b")
    assert found.proposals[0].expected == 0.0407  # 122 of 3,000
    row = rows_of(
        asked(ads=adverts(a=0.040, b=0.020, c=0.041, d=0.041)), "Pictures compared in the same ad slots"
    )[0]
    assert (row["item"], row["usual"], row["ratio"]) == ("b", 0.0407, 0.49)


def test_a_picture_nobody_clicks_has_a_sample_too() -> None:
    row = rows_of(asked(ads=adverts(a=0.040, b=0.0, c=0.040)), "Pictures compared in the same ad slots")[0]
    assert (row["item"], row["ctr"], row["sample"]) == ("b", 0.0, impressions_per_arm(0.0, 0.04))


def test_only_the_item_report_says_what_a_picture_draws() -> None:
    item = adverts(a=0.040, b=0.020, c=0.040)
    plan = adverts(a=0.010, b=0.090, c=0.010).frame.assign(report="plan")
    both = asked(ads=Ads(Ads.shaped(pd.concat([item.frame, plan]))))
    name = "Pictures compared in the same ad slots"
    assert rows_of(both, name) == rows_of(asked(ads=item), name)


def test_an_item_alone_in_its_place_is_held_against_nothing() -> None:
    alone = adverts(d=0.010).frame.assign(scene="全站推广")
    answer = asked(ads=Ads(Ads.shaped(pd.concat([adverts(a=0.040, b=0.040, c=0.040).frame, alone]))))
    (row,) = (row for row in rows_of(answer, "Pictures compared in the same ad slots") if row["item"] == "d")
    assert (row["ctr"], row["ratio"], row["sample"]) == (None, None, None)


def test_only_the_two_weakest_pictures_are_named() -> None:
    answer = asked(ads=adverts(a=0.040, b=0.010, c=0.015, d=0.020, e=0.080, f=0.080, g=0.080), design=QUIET)
    weak = [key for key in keys(answer) if key.startswith("design/picture")]
    assert weak == ["design/picture/b", "design/picture/c"]
    assert len([key for key in keys(answer) if key.startswith("design/strong")]) == 1


def test_a_weak_picture_that_is_being_tested_is_not_asked_for_again() -> None:
    running = PictureTest(item="b", sample=9000, old_impressions=10, new_impressions=10)
    answer = asked(tests=typed((SUNDAY, running)), ads=adverts(a=0.040, b=0.020, c=0.040), design=QUIET)
    assert "design/picture/b" not in keys(answer)
    assert "design/test/b" in keys(answer)


def test_a_strong_picture_is_said_and_asks_for_nothing() -> None:
    found = finding_of(asked(ads=adverts(a=0.040, b=0.080, c=0.040)), "design/strong/b")
    assert (found.level, found.kind, found.about) == ("good", "strong", About(item="b"))
    assert found.proposals == ()
    assert ": the click rate of its picture is 8.00%; other items in the same slots get 4.00%" in found.text


def test_pictures_stand_in_a_table_the_weakest_first() -> None:
    answer = asked(ads=adverts(a=0.040, b=0.020, c=0.040))
    rows = rows_of(answer, "Pictures compared in the same ad slots")
    assert rows[0] == {"item": "b", "ctr": 0.02, "usual": 0.04, "ratio": 0.5, "chance_below": 1.0,
                       "sample": impressions_per_arm(0.02, 0.04)}  # fmt: skip
    assert rows[1]["sample"] is None
    assert not any(one.name == "Pictures compared in the same ad slots" for one in asked().evidence)


# ---- tests


def stands(**given: object) -> Answer:
    return asked(tests=typed((SUNDAY, PictureTest(item="a", **given))), design=QUIET)  # type: ignore[arg-type]


FULL = {"sample": 9000, "old_impressions": 9000, "new_impressions": 9000}


@pytest.mark.parametrize(
    ("given", "state", "level", "asks"),
    [
        ({"sample": 9000, "state": "planned"}, "planned", "info", 0),
        ({}, "no goal", "info", 0),
        (FULL | {"new_impressions": 8999, "old_clicks": 300, "new_clicks": 400}, "running", "info", 0),
        (FULL | {"old_clicks": 300, "new_clicks": 400}, "new", "good", 1),
        (FULL | {"old_clicks": 400, "new_clicks": 300}, "old", "watch", 1),
        (FULL | {"old_clicks": 300, "new_clicks": 301}, "alike", "info", 0),
    ],
)
def test_a_test_is_judged_when_both_pictures_have_their_sample(
    given: dict[str, object], state: str, level: str, asks: int
) -> None:
    answer = stands(**given)
    found = finding_of(answer, "design/test/a")
    assert (found.level, found.kind, found.about) == (level, "test", About(item="a"))
    assert len(found.proposals) == asks
    assert all(one.about == About(item="a") for one in found.proposals)
    (row,) = rows_of(answer, "Picture tests")
    assert row["state"] == state


def test_tests_stand_in_a_table_with_how_far_they_are() -> None:
    answer = stands(what="模特图", sample=9000, old_impressions=4500, new_impressions=6000)
    assert rows_of(answer, "Picture tests") == [
        {"item": "a", "new_picture": "模特图", "needs": 9000, "has": 4500, "done": 0.5, "state": "running"}
    ]
    (table,) = answer.evidence
    assert table.kind == "table"
    assert table.keys == ("design/test/a",)
    assert table.about == (About(item="a"),)
    assert dict(table.columns[-1].words)["alike"] == "no difference found"


def test_a_test_without_a_click_rate_to_start_from_says_so() -> None:
    assert finding_of(stands(), "design/test/a").text.startswith(
        "Picture test of a: there is no click rate to start from, so it cannot be said how long it must run."
    )


def test_a_test_that_is_running_says_how_far_it_is() -> None:
    found = finding_of(stands(sample=9000, old_impressions=3001, new_impressions=6000), "design/test/a")
    assert found.text == (
        "The picture test of a is not finished: each picture has 3,001 impressions; look again "
        "when each has 9,000."
    )


@pytest.mark.parametrize(
    ("clicks", "words", "direction"),
    [
        (
            (300, 400),
            (
                "is finished: new 400/9,000 = 4.4%, old 300/9,000 = 3.3%; the new one is "
                "probably better (99%)."
            ),
            "up",
        ),
        (
            (400, 300),
            (
                "is finished: new 300/9,000 = 3.3%, old 400/9,000 = 4.4%; the old one is "
                "probably better. Change back."
            ),
            "hold",
        ),
    ],
)
def test_a_test_that_is_in_says_what_to_do(clicks: tuple[int, int], words: str, direction: str) -> None:
    found = finding_of(stands(**FULL, old_clicks=clicks[0], new_clicks=clicks[1]), "design/test/a")
    assert found.text.startswith(f"The picture test of a {words}")
    (ask,) = found.proposals
    assert (ask.role, ask.metric, ask.direction, ask.item) == ("design", "ctr", direction, "a")


def test_without_a_sample_it_is_worked_out_from_the_old_picture() -> None:
    """A fifth more than 4 % is wanted; a fifth more than 90 % cannot be, and the test has no goal then."""
    (row,) = rows_of(stands(old_clicks=40, old_impressions=1000, new_impressions=900), "Picture tests")
    assert (row["needs"], row["has"]) == (impressions_per_arm(0.04, 0.04 * 1.2), 900)
    (row,) = rows_of(stands(old_clicks=900, old_impressions=1000, new_impressions=900), "Picture tests")
    assert (row["needs"], row["state"]) == (None, "no goal")
    (row,) = rows_of(
        stands(old_clicks=40, old_impressions=1000, new_impressions=900, goal_lift=50), "Picture tests"
    )
    assert row["needs"] == impressions_per_arm(0.04, 0.06)


def test_a_goal_of_every_impression_clicked_is_none() -> None:
    """A quarter more than 80 % is all of them."""
    (row,) = rows_of(
        stands(old_clicks=800, old_impressions=1000, new_impressions=900, goal_lift=25), "Picture tests"
    )
    assert (row["needs"], row["state"]) == (None, "no goal")


def test_the_sample_is_what_fleiss_gives() -> None:
    """2 % against 4 %: (1.96 √(2 · 0.03 · 0.97) + 0.84 √(0.02 · 0.98 + 0.04 · 0.96))² / 0.02² = 1,140.8."""
    assert impressions_per_arm(0.02, 0.04) == 1141
    assert impressions_per_arm(0.04, 0.04) is None


def test_tests_decided_and_running_are_counted_in_the_verdict() -> None:
    alike = stands(**FULL, old_clicks=300, new_clicks=301)
    assert (alike.verdict.level, alike.verdict.text) == (
        "good", ("Pictures are in order; no new item is recorded. Picture tests: 1 decided, 0 running. Rival "
"shops looked at: 0 of 0."),
    )  # fmt: skip
    running = stands(sample=9000, old_impressions=3000, new_impressions=6000)
    assert (running.verdict.level, running.verdict.text) == (
        "info", ("Pictures are in order; no new item is recorded. Picture tests: 0 decided, 1 running. Rival "
"shops looked at: 0 of 0."),
    )  # fmt: skip
    assert asked(design=QUIET).verdict.text.startswith(
        "There is no click rate, picture test or new item to judge. "
    )


def test_what_a_test_cannot_know_is_said_with_its_verdict_only() -> None:
    limit = "A test measures clicks, not sales: watch the item's conversion for a week afterwards."
    assert limit in stands(**FULL, old_clicks=300, new_clicks=400).limits
    assert limit in stands(**FULL, old_clicks=400, new_clicks=300).limits
    assert limit not in stands(**FULL, old_clicks=300, new_clicks=301).limits


def test_a_test_that_is_over_is_gone() -> None:
    assert stands(**FULL, old_clicks=300, new_clicks=400, state="over").evidence == ()


# ---- changes


def changed(back: int, since: float, *, told: bool | None = True) -> Answer:
    """Return what is said of a picture changed so many days ago that draws so many times as much since."""
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=n), "report": "item", "scene": "精准人群推广", "item": item,
         "item_title": item, "impressions": 1000, "cost": 50,
         "clicks": round(40 * (since if item == "a" and n <= back else 1.0))}
        for n in range(28, 0, -1) for item in ("a", "b", "c")
    ]  # fmt: skip
    change = PictureChange(item="a", on=MONDAY - timedelta(days=back), told=told)
    return asked(changes=typed((SUNDAY, change)), ads=of_rows(Ads, rows), design=QUIET)


@pytest.mark.parametrize(("since", "level", "asks"), [(1.5, "good", 0), (0.5, "watch", 1), (1.0, "info", 0)])
def test_a_changed_picture_is_held_against_the_others(since: float, level: str, asks: int) -> None:
    found = finding_of(changed(8, since), "design/changed/a")
    assert (found.level, found.kind, found.about) == (level, "changed", About(item="a"))
    assert len(found.proposals) == asks
    assert f"1.00 to {since:.2f}" in found.text


def test_a_tenth_more_clicks_is_likely_better_only_just() -> None:
    """Ln 1.1 over 1.5 √(1/560 + 1/352) is 0.93 standard errors: 82 %."""
    found = finding_of(changed(8, 1.1), "design/changed/a")
    assert (found.level, "; probably better (82%)." in found.text) == ("good", True)


def test_a_changed_picture_is_judged_from_a_hundred_clicks() -> None:
    assert "design/changed/a" not in keys(changed(2, 1.0)), "eighty"
    assert "design/changed/a" in keys(changed(2, 1.25)), "a hundred"
    assert "120 clicks" in finding_of(changed(3, 1.0), "design/changed/a").text


def test_a_changed_picture_is_followed_for_three_weeks() -> None:
    assert "design/untold/a" in keys(changed(21, 1.0, told=None))
    assert keys(changed(22, 1.0, told=None)) == []


def test_service_is_told_of_a_change_the_same_day() -> None:
    change = PictureChange(item="a", on=SUNDAY)
    found = finding_of(asked(changes=typed((SUNDAY, change))), "design/untold/a")
    assert (found.level, found.kind, found.about) == ("act", "untold", About(item="a"))
    (ask,) = found.proposals
    assert (ask.role, ask.about, ask.due) == ("service", About(item="a"), MONDAY.isoformat())
    assert (ask.metric, ask.direction) == ("service_conversion", "hold")
    assert found.text == "a (main picture) was changed on 14 Jun, but the service team does not know."


# ---- new items


@pytest.mark.parametrize(("days", "level"), [(-1, "act"), (0, "watch"), (2, "watch"), (3, "")])
def test_the_next_stage_of_a_new_item_is_said_two_days_before(days: int, level: str) -> None:
    item = NewItem(item="新裙", pictures=MONDAY + timedelta(days=days), listed=MONDAY + timedelta(days=9))
    answer = asked(new=typed((SUNDAY, item)), design=QUIET)
    if not level:
        assert keys(answer) == []
        return
    found = finding_of(answer, "design/new/新裙")
    assert (found.level, found.kind, found.about) == (level, "new", About(item="新裙"))
    due = MONDAY + timedelta(days=max(days, 0))
    wanted = [(one.role, one.due) for one in found.proposals]
    meanwhile = [("operator", MONDAY.isoformat())] if level == "act" else []
    assert wanted == [("design", due.isoformat()), *meanwhile]


def test_new_items_stand_in_a_table_with_their_next_stage() -> None:
    first = NewItem(item="甲", pictures=SUNDAY, page=MONDAY, listed=MONDAY, state="pictures", conversion=2.5)
    shelved = NewItem(item="乙", listed=SUNDAY, state="listed")
    answer = asked(
        new=typed((SUNDAY, first), (SUNDAY, shelved), (SUNDAY, NewItem(item="丙", state="dropped")))
    )
    assert rows_of(answer, "New items") == [
        {"item": "甲", "pictures": "2026-06-14", "page": "2026-06-15", "listed": "2026-06-15",
         "stage": "page", "conversion": 0.025},
        {"item": "乙", "pictures": None, "page": None, "listed": "2026-06-14",
         "stage": "on the shelf", "conversion": None},
    ]  # fmt: skip


def test_the_stages_of_a_new_item_have_names() -> None:
    answer = asked(new=typed((SUNDAY, NewItem(item="乙", listed=SUNDAY, state="listed"))), design=QUIET)
    (table,) = answer.evidence
    assert table.kind == "table"
    assert dict(table.columns[4].words) == {
        "pictures": "pictures", "page": "item page", "listed": "listing", "on the shelf": "listed"
    }  # fmt: skip


def test_a_new_item_without_a_day_comes_after_those_with_one() -> None:
    late = NewItem(item="乙", pictures=MONDAY + timedelta(days=9))
    answer = asked(new=typed((SUNDAY, NewItem(item="甲")), (SUNDAY, late)), design=QUIET)
    assert [row["item"] for row in rows_of(answer, "New items")] == ["乙", "甲"]


# ---- shops, bonus, all of it


def test_the_shops_of_the_day_are_watched_when_their_number_is_reached() -> None:
    for count, level in ((1, "info"), (2, "good")):
        seen = typed(*((MONDAY, ShopWatched(shop=f"店{n}")) for n in range(count)))
        found = finding_of(asked(seen=seen, design=Design(shops_a_day=2)), "design/watched")
        assert (found.level, found.kind) == (level, "watched")
    assert "design/watched" not in keys(asked(design=QUIET))


def test_the_bonus_begins_beyond_the_agreed_pieces() -> None:
    sold = of_rows(Items, [{"date": SUNDAY, "item": "a", "title": "甲", "units": 100}])
    for threshold, each, yuan in ((100, 2.0, "¥0"), (99, 2.0, "¥2"), (98, 0.5, "¥1")):
        own = Design(bonus_per_piece=each, bonus_from=threshold)
        found = finding_of(asked(items=sold, design=own), "design/bonus")
        assert (found.level, found.kind) == ("info", "bonus")
        assert found.text.endswith(f"together {yuan}.")
    limit = "Pieces count once they are paid for; returns are not subtracted."
    assert limit in asked(items=sold, design=Design(bonus_per_piece=2.0, bonus_from=100)).limits
    assert limit not in asked(items=sold).limits


def test_the_bonus_is_of_this_month_and_of_the_agreed_items() -> None:
    days = (MONDAY, SUNDAY, MONDAY.replace(day=1), MONDAY.replace(day=1) - timedelta(days=1))
    rows: list[dict[str, object]] = [
        {"date": day, "item": item, "title": item, "units": 10} for day in days for item in ("a", "b")
    ]
    sold = of_rows(Items, rows)
    every = asked(items=sold, design=Design(bonus_per_piece=2.0, bonus_from=5))
    assert "The designer's bonus this month: 40" in finding_of(every, "design/bonus").text
    some = asked(items=sold, design=Design(bonus_per_piece=2.0, bonus_from=5, bonus_items=("a",)))
    assert "The designer's bonus this month: 20" in finding_of(some, "design/bonus").text


def test_the_verdict_is_the_most_urgent_finding_in_every_language() -> None:
    late = NewItem(item="新裙", pictures=SUNDAY)
    weak = asked(new=typed((SUNDAY, late)), ads=adverts(a=0.040, b=0.020, c=0.040))
    assert (weak.verdict.level, weak.verdict.text) == ("act", weak.findings[0].text)
    calm = asked(ads=adverts(a=0.040, b=0.040, c=0.040))
    assert calm.verdict.text == (
        "Pictures are in order; no new item is recorded. Picture tests: 0 decided, 0 running. Rival "
        "shops looked at: 0 of 10."
    )


def test_what_is_answered_does_not_depend_on_the_language() -> None:
    changes: Records[PictureChange] = typed((SUNDAY, PictureChange(item="a", on=SUNDAY, says="送腰带")))
    english, chinese = in_both_languages(
        lambda: design.pictures(
            typed((SUNDAY, PictureTest(item="a", **FULL, old_clicks=300, new_clicks=400))),  # type: ignore[arg-type]
            typed((SUNDAY, NewItem(item="新裙", pictures=SUNDAY, conversion=2.5))),
            typed((MONDAY, ShopWatched(shop="甲"))),
            changes,
            ads=adverts(a=0.040, b=0.020, c=0.080),
            shop=shop(),
            today=MONDAY,
        )
    )
    kinds = {one["kind"] for one in english["findings"]}
    assert kinds == {"untold", "new", "test", "picture", "strong", "watched"}
    assert english == chinese
