"""Bad reviews, rises, cases and copies; one bad review is not a rise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.records.records import ListingCopy, ReviewCase
from core.topics.reviews import reviews
from core.topics.reviews.lexicon import aspects, complaints
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop


def visited(**visitors: float) -> Items:
    """Items by visitors a day over two weeks; a unit sold for 200 each day."""
    return of_rows(
        Items,
        [
            {
                "date": SUNDAY - timedelta(days=back),
                "item": item,
                "title": item,
                "visitors": n,
                "units": 1.0,
                "gmv": 200.0,
            }
            for back in range(14)
            for item, n in visitors.items()
        ],
    )


def written(
    *bad: tuple[int, str, float, str, str], item: str = "dress", week: int = 30, before: int = 200
) -> Reviews:
    """Good reviews, earlier one in fifty bad; and what is given as (days ago, item, stars, text, added)."""
    rows: list[dict[str, object]] = [
        {"date": SUNDAY - timedelta(days=n % 7), "item": item, "stars": 5.0, "text": "好看"}
        for n in range(week)
    ]
    rows += [
        {
            "date": SUNDAY - timedelta(days=8 + n % 50),
            "item": item,
            "stars": 1.0 if n % 50 == 0 else 5.0,
            "text": "好",
        }
        for n in range(before)
    ]
    rows += [
        {"date": MONDAY - timedelta(days=days), "item": of, "stars": stars, "text": text, "appended": added}
        for days, of, stars, text, added in bad
    ]
    for number, row in enumerate(rows):
        row["review"] = str(number)
    return of_rows(Reviews, rows)


def found(answer: Answer, start: str) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith(start)]


# ---- left alone


def test_no_bad_review_is_good_news() -> None:
    answer = reviews.cases(visited(dress=500), written(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert answer.findings == ()


def test_one_more_bad_review_is_answered_and_is_no_rise() -> None:
    answer = reviews.cases(
        visited(dress=500), written((2, "dress", 3.0, "袖子有点长", "")), shop=shop(), today=MONDAY
    )
    assert answer.verdict.level == "watch"
    assert found(answer, "reviews/rise") == []
    assert "no more than usual" in answer.findings[0].text
    assert answer.findings[0].proposals[0].role == "service"


def test_under_ten_reviews_have_no_rate_and_no_rise() -> None:
    bad = [(n, "dress", 1.0, "开线", "") for n in range(1, 5)]
    answer = reviews.cases(visited(dress=500), written(*bad, week=3), shop=shop(), today=MONDAY)
    assert found(answer, "reviews/rise") == []
    table = answer.evidence[0]
    assert isinstance(table, Table)
    assert table.rows[0][4] == "—"
    assert any("under ten" in limit for limit in answer.limits)


def test_items_without_traffic_are_not_looked_at() -> None:
    five = {f"hero{n}": 100.0 + n for n in range(5)}
    bad = [(n, "sock", 1.0, "破洞", "") for n in range(1, 7)]
    answer = reviews.cases(visited(sock=3, **five), written(*bad, item="sock"), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert any("on other items" in limit for limit in answer.limits)


@pytest.mark.parametrize(
    "text",
    ["没有色差，很满意", "不起球不掉色", "价格差不多", "做工精细，没有线头", "洗过以后也没变形", "物流快"],
)
def test_praise_is_no_complaint(text: str) -> None:
    assert complaints(text) == ()


# ---- said


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("洗了一次就掉色", "colour"),
        ("袖口开线了", "seams"),
        ("发货慢，等了五天", "delivery"),
        ("有异味", "smell"),
        ("偏小，穿不上", "size"),
    ],
)
def test_complaints_are_read_with_what_they_are_about(text: str, about: str) -> None:
    assert complaints(text)
    assert about in aspects(text)


def test_nine_of_thirty_nine_is_a_rise_with_its_cause_and_what_to_do() -> None:
    bad = [(1 + n % 7, "dress", 1.0, "袖口开线" if n < 6 else "掉色", "") for n in range(9)]
    answer = reviews.cases(visited(dress=500), written(*bad), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "act"
    assert "9 bad of 39" in answer.verdict.text
    rise = answer.findings[0]
    assert rise.key == "reviews/rise/dress"
    assert "seams 6 (开线), colour 3 (掉色)" in rise.text
    assert [one.role for one in rise.proposals] == ["supply", "service"]


def test_a_complaint_added_to_a_good_review_is_found() -> None:
    answer = reviews.cases(
        visited(dress=500),
        written((5, "dress", 5.0, "很满意", "穿了十天，袖口开线了")),
        shop=shop(),
        today=MONDAY,
    )
    assert len(found(answer, "reviews/addition")) == 1


def test_the_queue_puts_traffic_and_freshness_first() -> None:
    sheet = written(
        (6, "dress", 1.0, "破了", ""), (1, "dress", 1.0, "太薄", ""), (1, "sock", 1.0, "偏小", "")
    )
    answer = reviews.cases(visited(dress=500, sock=20), sheet, shop=shop(), today=MONDAY)
    queue = next(
        one for one in answer.evidence if isinstance(one, Table) and one.name.startswith("To be answered")
    )
    assert [row[3] for row in queue.rows] == ["太薄", "破了", "偏小"]
    assert len(queue.keys) == 3


def test_a_copy_with_our_pictures_is_complained_about_today() -> None:
    copy = ListingCopy(item="dress", shop="小铺", price=159, stolen_pictures=True)
    answer = reviews.cases(visited(dress=500), copies=typed((SUNDAY, copy)), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "act"
    assert "¥159 against our ¥200" in answer.findings[0].text
    assert answer.findings[0].proposals[0].due == "2026-06-15"


def test_a_copy_moves_through_its_states_and_is_quiet_when_it_is_gone_for_long() -> None:
    def copy(state: str) -> ListingCopy:
        return ListingCopy(item="dress", shop="小铺", stolen_pictures=True, state=state)

    def said(*states: tuple[date, str]) -> list[tuple[str, str]]:
        records = typed(*((day, copy(state)) for day, state in states))
        answer = reviews.cases(visited(dress=500), copies=records, shop=shop(), today=MONDAY)
        return [(one.level, one.key) for one in answer.findings]

    early = MONDAY - timedelta(days=9)
    key = "reviews/copy/dress/小铺"
    assert said((early, "found"), (SUNDAY, "complained")) == []
    assert said((early, "complained")) == [("watch", key)]
    assert said((early, "complained"), (SUNDAY, "removed")) == [("good", key)]
    assert said((early, "removed")) == []


def test_a_case_open_for_days_is_late_and_a_solved_one_is_silent() -> None:
    start = MONDAY - timedelta(days=4)
    opened = (start, ReviewCase(item="dress", text="开线"))
    solved = (SUNDAY, ReviewCase(item="dress", text="开线", state="solved"))
    late = reviews.cases(visited(dress=500), cases=typed(opened), shop=shop(), today=MONDAY)
    done = reviews.cases(visited(dress=500), cases=typed(opened, solved), shop=shop(), today=MONDAY)
    assert found(late, "reviews/cases") == ["reviews/cases"]
    assert found(done, "reviews/cases") == []


def test_without_reviews_it_says_so() -> None:
    answer = reviews.cases(visited(dress=500), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"
    assert reviews.cases(Items(Items.empty()), shop=shop(), today=MONDAY).verdict.level == "nodata"
