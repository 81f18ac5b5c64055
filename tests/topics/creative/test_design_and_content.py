"""Pictures by their places, tests without peeking, posts without stories from small numbers."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.sources import Sources
from core.records.records import Records
from core.records.team import ContentPost, NewItem, PictureChange, PictureTest, ShopWatched
from core.shop.settings import Content, Design
from core.topics.creative import content, design
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

pictures = told_by(design.pictures)
posts_today = told_by(content.posts_today)

NO_TESTS: Records[PictureTest] = Records()
NO_ITEMS: Records[NewItem] = Records()
NO_SHOPS: Records[ShopWatched] = Records()
NO_CHANGES: Records[PictureChange] = Records()


def adverts(days: int = 28, **rates: float) -> Ads:
    """Return ads of items with so many clicks per impression, 1,000 impressions a day."""
    rows: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=back),
            "report": "item",
            "scene": "精准人群推广",
            "item": item,
            "item_title": item,
            "impressions": 1000,
            "clicks": round(1000 * rate),
            "cost": 50,
        }
        for back in range(days, 0, -1)
        for item, rate in rates.items()
    ]
    return of_rows(Ads, rows)


def asked(
    tests: Records[PictureTest] = NO_TESTS,
    new: Records[NewItem] = NO_ITEMS,
    seen: Records[ShopWatched] = NO_SHOPS,
    changes: Records[PictureChange] = NO_CHANGES,
    ads: Ads | None = None,
    items: Items | None = None,
    **settings: object,
) -> Answer:
    return pictures(tests, new, seen, changes, ads=ads, items=items, shop=shop(**settings), today=MONDAY)


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


def test_pictures_that_differ_little_are_left_alone() -> None:
    answer = asked(ads=adverts(a=0.040, b=0.038, c=0.042))
    assert not any(key.startswith(("design/picture", "design/strong")) for key in keys(answer))


def test_two_items_are_not_held_against_each_other() -> None:
    assert not any("picture" in key for key in keys(asked(ads=adverts(a=0.04, b=0.01))))


def test_a_picture_that_draws_half_is_named_with_its_sample() -> None:
    answer = asked(ads=adverts(a=0.040, b=0.020, c=0.042))
    weak = next(one for one in answer.findings if one.key == "design/picture/b")
    assert (
        "sure that it is lower). Test a new picture: before you start, decide that each picture gets"
        in weak.text
    )
    assert weak.proposals[0].role == "design"


def test_nobody_is_told_who_leads_before_the_sample_is_in() -> None:
    early = PictureTest(
        item="a", sample=9000, old_impressions=3000, old_clicks=90, new_impressions=3000, new_clicks=150
    )
    answer = asked(tests=typed((SUNDAY, early)))
    assert "impressions; look again when each has 9,000" in answer.findings[0].text
    assert answer.findings[0].level == "info"
    assert "150" not in answer.findings[0].text


def test_a_finished_test_gives_its_verdict() -> None:
    done = PictureTest(
        item="a", sample=9000, old_impressions=9500, old_clicks=330, new_impressions=9400, new_clicks=420
    )
    answer = asked(tests=typed((SUNDAY, done)))
    assert answer.findings[0].level == "good"
    assert "the new one is probably better (99%)." in answer.findings[0].text


def test_a_finished_test_without_a_difference_says_so() -> None:
    done = PictureTest(
        item="a", sample=9000, old_impressions=9500, old_clicks=330, new_impressions=9500, new_clicks=333
    )
    assert "no difference found" in asked(tests=typed((SUNDAY, done))).findings[0].text


def test_a_changed_picture_that_service_knows_is_left_alone() -> None:
    change = PictureChange(item="a", on=SUNDAY, says="送腰带", told=True)
    assert not keys(asked(changes=typed((SUNDAY, change)), design=Design(shops_a_day=0)))


def test_a_changed_picture_reaches_the_scripts_of_service() -> None:
    change = PictureChange(item="a", on=SUNDAY, says="送腰带")
    answer = asked(changes=typed((SUNDAY, change)))
    assert answer.verdict.level == "act"
    assert answer.findings[0].proposals[0].role == "service"


def test_a_late_new_item_is_urgent_and_a_distant_one_is_not() -> None:
    late = NewItem(item="a", pictures=SUNDAY, listed=MONDAY + timedelta(days=4))
    far = NewItem(item="b", pictures=MONDAY + timedelta(days=9), listed=MONDAY + timedelta(days=20))
    answer = asked(new=typed((SUNDAY, late), (SUNDAY, far)))
    assert [key for key in keys(answer) if key.startswith("design/new")] == ["design/new/a"]
    assert answer.findings[0].level == "act"


def test_shops_watched_yesterday_do_not_count_today() -> None:
    seen = typed(
        (SUNDAY, ShopWatched(shop="甲")), (MONDAY, ShopWatched(shop="乙")), (MONDAY, ShopWatched(shop="乙"))
    )
    assert any("1 of 10 rival shops looked at today;" in one.text for one in asked(seen=seen).findings)


def test_the_bonus_is_silent_until_it_is_switched_on() -> None:
    sold = of_rows(Items, [{"date": SUNDAY, "item": "a", "title": "甲", "units": 130}])
    assert "design/bonus" not in keys(asked(items=sold))
    on = asked(items=sold, design=Design(bonus_per_piece=2.0, bonus_from=100))
    assert any(
        "130 pieces sold; 30 of them are above 100 and earn ¥2 each, together ¥60." in one.text
        and "¥60" in one.text
        for one in on.findings
    )


# ---- content


def posts(
    written: Records[ContentPost],
    sources: Sources | None = None,
    changed: Incidents | None = None,
    items: Items | None = None,
    **settings: object,
) -> Answer:
    return posts_today(written, sources, changed, items, shop=shop(**settings), today=MONDAY)


def post(channel: str, title: str, on: date, **values: object) -> tuple[date, ContentPost]:
    return (on, ContentPost(channel=channel, title=title, on=on, **values))  # type: ignore[arg-type]


def test_a_full_plan_is_left_alone() -> None:
    three = typed(*(post("微淘", f"第{n}条", MONDAY, state="posted") for n in range(3)))
    answer = posts(three)
    assert answer.verdict.level == "good"
    assert not answer.findings


def test_two_posts_are_missing_today_and_one_figure_of_yesterday() -> None:
    answer = posts(typed(post("微淘", "甲", MONDAY), post("微信", "乙", SUNDAY, state="posted")))
    assert "; 2 more must be planned." in answer.verdict.text
    assert keys(answer) == ["content/missing", "content/figures"]


def test_a_post_is_taken_in_its_newest_form() -> None:
    answer = posts(
        typed(
            post("微淘", "甲", SUNDAY, state="posted"), post("微淘", "甲", SUNDAY, state="posted", reads=80)
        )
    )
    assert "content/figures" not in keys(answer)


def test_a_post_that_was_planned_and_forgotten_is_named() -> None:
    assert "content/late/微淘/甲" in keys(posts(typed(post("微淘", "甲", SUNDAY))))


def test_channels_with_few_posts_are_shown_and_not_compared() -> None:
    few = typed(
        *(post("微淘", f"甲{n}", SUNDAY, state="posted", visitors=80) for n in range(2)),
        *(post("小红书", f"乙{n}", SUNDAY, state="posted", visitors=5) for n in range(2)),
    )
    answer = posts(few)
    assert not any(key.startswith("content/best") for key in keys(answer))
    assert any("not compared" in limit for limit in answer.limits)


def test_a_channel_that_clearly_brings_more_is_named() -> None:
    many = typed(
        *(post("微淘", f"甲{n}", SUNDAY, state="posted", visitors=80 + n) for n in range(6)),
        *(post("小红书", f"乙{n}", SUNDAY, state="posted", visitors=10 + n) for n in range(6)),
    )
    assert "content/best/微淘" in keys(posts(many))


def sources(**yesterday: int) -> Sources:
    usual = {"短视频": 400, "小红书": 20}
    rows: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=back),
            "carrier": "全店流量",
            "level1": "平台流量",
            "level2": name,
            "visitors": yesterday.get(name, count) if back == 1 else count + back % 3,
        }
        for back in range(42, 0, -1)
        for name, count in usual.items()
    ]
    return of_rows(Sources, rows)


def test_a_small_source_may_swing_by_a_third() -> None:
    answer = posts(typed(), sources(小红书=14))
    assert not any(key.startswith("content/source") for key in keys(answer))


def test_the_quota_of_posts_is_a_setting() -> None:
    answer = posts(typed(post("微淘", "甲", MONDAY, state="posted")), content=Content(posts_a_day=1))
    assert answer.verdict.level == "good"
