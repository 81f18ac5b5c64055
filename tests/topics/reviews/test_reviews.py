"""Bad reviews, rises, cases and copies; one bad review is not a rise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.language.speech import Language, speak
from core.records.records import ListingCopy, ReviewCase
from core.topics.reviews import reviews
from core.topics.reviews.lexicon import aspects, complaints
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, told_by

judged = told_by(reviews.cases)


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


def found(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def only(answer: Answer, kind: str) -> Finding:
    (one,) = found(answer, kind)
    return one


def rows(answer: Answer, name: str) -> list[dict[str, object]]:
    """Return the rows of the table so called by column id, the words of a closed set in full."""
    table = next(one for one in answer.evidence if isinstance(one, Table) and one.name.startswith(name))
    return [
        {column.id: named(column, cell) for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]


def asked_with(*bad: tuple[int, str, float, str, str], week: int = 30) -> Answer:
    return judged(visited(dress=500), written(*bad, week=week), shop=shop(), today=MONDAY)


# ---- left alone


def test_no_bad_review_is_good_news() -> None:
    answer = judged(visited(dress=500), written(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert answer.findings == ()


def test_bad_reviews_of_which_nobody_knows_the_item_are_not_passed_over() -> None:
    answer = asked_with((2, "", 1.0, "起球掉色", ""), (3, "", 5.0, "很好", ""))
    assert (
        answer.verdict.text
        == "1 bad review waits for an answer; the file does not say which item it is about."
    )
    assert answer.verdict.level == "watch"


def test_one_more_bad_review_is_answered_and_is_no_rise() -> None:
    answer = judged(
        visited(dress=500), written((2, "dress", 3.0, "袖子有点长", "")), shop=shop(), today=MONDAY
    )
    assert answer.verdict.level == "watch"
    assert found(answer, "rise") == []
    assert "no more than usual" in answer.findings[0].text
    assert answer.findings[0].proposals[0].role == "service"


def test_under_ten_reviews_have_no_rate_and_no_rise() -> None:
    bad = [(n, "dress", 1.0, "开线", "") for n in range(1, 5)]
    few, enough = asked_with(*bad, week=5), asked_with(*bad, week=6)
    assert found(few, "rise") == []
    assert rows(few, "The items")[0]["rate"] == "—"
    assert rows(few, "The items")[0]["chance"] is None
    assert rows(few, "The items")[0]["state"] == "too few reviews"
    assert any(
        "Items with fewer than ten reviews this week get no rate: read the texts." in limit
        for limit in few.limits
    )
    assert len(found(enough, "rise")) == 1
    assert not any(
        "Items with fewer than ten reviews this week get no rate: read the texts." in limit
        for limit in enough.limits
    )


def test_items_without_traffic_are_not_looked_at() -> None:
    five = {f"hero{n}": 100.0 + n for n in range(5)}
    bad = [(n, "sock", 1.0, "破洞", "") for n in range(1, 7)]
    answer = judged(visited(sock=3, **five), written(*bad, item="sock"), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert any(
        "6 bad reviews of this week are about other items, which are not judged here." in limit
        for limit in answer.limits
    )


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


@pytest.mark.parametrize(
    "word",
    ["起球", "掉色", "褪色", "染色", "开线", "脱线", "脱胶", "色差", "异味", "刺鼻", "偏小", "偏大", "太小",
     "太大", "破损", "破洞", "破了", "坏了", "少发", "漏发", "发错", "错发", "太慢", "很慢", "物流慢",
     "发货慢", "缩水", "变形", "掉毛", "扎人", "扎肉", "线头多", "粗糙", "做工差", "质量差", "质量不好",
     "质量不行",
     "态度差", "态度恶劣", "不理人", "不回复", "失望", "后悔", "难看", "不值", "不满意", "不推荐", "不好看",
     "不合适", "没法穿", "不能穿", "想退", "退货了", "要退", "太薄", "很薄", "透光", "差评", "垃圾", "骗人",
     "假货", "太差", "很差", "好差", "真差", "染了", "发白"],
)  # fmt: skip
def test_what_buyers_write_when_they_complain(word: str) -> None:
    assert word in complaints(f"这件{word}，唉")


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("size", ["尺码", "偏小", "偏大", "太小", "太大", "大一码", "小一码", "袖子", "裤长", "偏长", "偏短",
                  "紧", "肥"]),
        ("fabric", ["面料", "布料", "薄", "起球", "掉毛", "扎", "透光", "静电", "缩水", "变形"]),
        ("colour", ["掉色", "褪色", "染", "色差", "发白", "颜色不"]),
        ("seams", ["开线", "脱线", "线头", "做工", "扣子", "拉链", "破", "粗糙"]),
        ("smell", ["异味", "味道", "刺鼻", "臭"]),
        ("delivery", ["物流", "快递", "发货", "包装", "少发", "漏发", "发错", "错发"]),
        ("service", ["客服", "态度", "不回", "不理", "自己缝", "自己弄"]),
        ("price", ["降价", "差价", "保价", "贵", "不值"]),
    ],
)  # fmt: skip
def test_each_word_says_what_a_complaint_is_about(about: str, words: list[str]) -> None:
    assert [word for word in words if about not in aspects(f"这件{word}，唉")] == []


@pytest.mark.parametrize("before", ["不", "没", "无", "未", "别", "没有"])
def test_a_negation_up_to_two_characters_before_turns_a_word_round(before: str) -> None:
    assert complaints(f"{before}色差") == ()
    assert aspects(f"{before}色差") == ()
    assert complaints(f"{before}一点点色差") == ("色差",)


def test_nine_of_thirty_nine_is_a_rise_with_its_cause_and_what_to_do() -> None:
    bad = [(1 + n % 7, "dress", 1.0, "袖口开线" if n < 6 else "掉色", "") for n in range(9)]
    answer = judged(visited(dress=500), written(*bad), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "act"
    assert "of 39 reviews this week are bad, usually" in answer.verdict.text
    rise = answer.findings[0]
    assert (rise.key, rise.kind, rise.about) == ("reviews/rise/dress", "rise", About(item="dress"))
    assert rise.impact is None
    assert "seams 6 (开线), colour 3 (掉色)" in rise.text
    cure, service = rise.proposals
    assert (cure.role, cure.deed, cure.about) == ("supply", "", About(item="dress"))
    assert (cure.metric, cure.direction, cure.due) == ("negative_reviews", "down", "2026-06-22")
    assert (service.role, service.deed, service.about) == ("service", "answer_reviews", About(item="dress"))
    assert rows(answer, "The items") == [
        {
            "item": "dress",
            "visitors": 3500.0,
            "reviews": 39,
            "bad": 9,
            "rate": "9/39 = 23.1% (12.6–38.3)",
            "usual": 0.0202,
            "chance": 0.0,
            "state": "more than usual",
        }
    ]


@pytest.mark.parametrize(
    ("text", "role", "does"),
    [
        ("袖口开线", "supply", "Stop shipping this batch of dress, check the stock for 开线"),
        (
            "偏小，穿不上",
            "content",
            "Correct the size advice for dress on the item page and in the service team's answers",
        ),
        ("客服态度差", "service", "Go through the chats behind the bad reviews of dress"),
        ("发货慢", "operator", "Find and fix the cause of the bad reviews of dress"),
        ("一般", "operator", "Find and fix the cause of the bad reviews of dress"),
    ],
)
def test_whoever_can_end_the_cause_is_asked(text: str, role: str, does: str) -> None:
    rise = only(asked_with(*((1 + n, "dress", 1.0, text, "") for n in range(5))), "rise")
    assert rise.proposals[0].role == role
    assert rise.proposals[0].text.startswith(does)


def test_three_reviews_make_a_theme_and_two_do_not() -> None:
    def rise(seams: int) -> str:
        texts = ["开线"] * seams + ["一般"] * (6 - seams)
        return only(asked_with(*((1, "dress", 1.0, text, "") for text in texts)), "rise").text

    assert rise(3).endswith("increased. The bad reviews are mostly about: seams 3 (开线).")
    assert rise(2).endswith(". Bad reviews have clearly increased.")


def test_two_bad_reviews_are_never_a_rise_and_three_must_be_rare() -> None:
    def risen(bad: int, week: int) -> bool:
        return bool(found(asked_with(*[(1, "dress", 1.0, "一般", "")] * bad, week=week), "rise"))

    assert not risen(2, week=10)
    assert risen(3, week=10)
    assert risen(3, week=40), "by chance 6 % of the time"
    assert not risen(3, week=70), "by chance 18 % of the time"


def test_several_urgent_things_are_counted_in_the_verdict() -> None:
    bad = [(1, "dress", 1.0, "开线", "")] * 6
    copy = typed((SUNDAY, ListingCopy(item="dress", shop="小铺", stolen_pictures=True)))
    answer = judged(visited(dress=500), written(*bad), copy, shop=shop(), today=MONDAY)
    assert answer.verdict.text.endswith(
        "More than usual: find the cause today. 1 more review case is waiting."
    )
    assert asked_with(*bad).verdict.text.endswith("More than usual: find the cause today.")


def test_a_bad_review_that_is_usual_is_answered_once() -> None:
    answer = asked_with((2, "dress", 3.0, "袖子有点长", ""))
    usual = only(answer, "usual")
    assert (usual.key, usual.level, usual.about) == ("reviews/usual/dress", "info", About(item="dress"))
    (ask,) = usual.proposals
    assert (ask.role, ask.deed, ask.about) == ("service", "answer_reviews", About(item="dress"))
    assert answer.verdict.text.startswith(
        "No more bad reviews than usual on the five main items; 1 bad review of this "
        "week waits for an answer."
    )


def test_an_answered_bad_review_asks_for_nothing() -> None:
    sheet = written((2, "dress", 3.0, "袖子有点长", ""))
    sheet.frame["reply"] = ["抱歉" if stars < 4 else "" for stars in sheet.frame["stars"]]
    answer = judged(visited(dress=500), sheet, shop=shop(), today=MONDAY)
    assert only(answer, "usual").proposals == ()
    assert answer.verdict.level == "good"
    assert len(answer.evidence) == 1, "nothing to be answered"


@pytest.mark.parametrize(
    ("stars", "sentiment", "text", "counts"),
    [
        (3.0, "", "好", 1),
        (4.0, "", "好", 0),
        (4.0, "", "开线", 0),
        (None, "negative", "好", 1),
        (None, "neutral", "好", 1),
        (None, "positive", "开线", 0),
        (None, "", "开线", 1),
        (None, "", "好", 0),
    ],
)
def test_a_grade_decides_where_there_is_one_and_words_where_there_is_none(
    stars: float | None, sentiment: str, text: str, counts: int
) -> None:
    row = {
        "date": SUNDAY, "review": "1", "item": "dress", "stars": stars, "sentiment": sentiment, "text": text,
    }  # fmt: skip
    answer = judged(visited(dress=500), of_rows(Reviews, [row]), shop=shop(), today=MONDAY)
    assert rows(answer, "The items")[0]["bad"] == counts


def test_a_complaint_added_to_a_good_review_is_found() -> None:
    answer = judged(
        visited(dress=500),
        written((5, "dress", 5.0, "很满意", "穿了十天，袖口开线了")),
        shop=shop(),
        today=MONDAY,
    )
    addition = only(answer, "addition")
    (number,) = (row for row in range(231) if addition.key == f"reviews/addition/{row}")
    about = About(entry=str(number))
    assert (addition.level, addition.about) == ("watch", about)
    assert "a good review of 10 Jun got a bad follow-up (“穿了十天，袖口开线了”)" in addition.text
    (ask,) = addition.proposals
    assert (ask.deed, ask.about, ask.item) == ("answer_reviews", about, "dress")


def test_an_addition_of_two_weeks_ago_is_told_and_an_older_one_is_not() -> None:
    def additions(days: int) -> int:
        return len(found(asked_with((days, "dress", 5.0, "好", "开线了")), "addition"))

    assert (additions(14), additions(15)) == (1, 0)
    four = asked_with(*((days, "dress", 5.0, "好", "开线了") for days in range(8, 12)))
    assert len(found(four, "addition")) == 3, "three at most"


def test_praise_added_to_a_good_review_is_no_finding() -> None:
    assert found(asked_with((5, "dress", 5.0, "很满意", "穿了十天，没有色差")), "addition") == []


def test_the_queue_puts_traffic_and_freshness_first() -> None:
    sheet = written(
        (6, "dress", 1.0, "破了", ""), (1, "dress", 1.0, "太薄", ""), (1, "sock", 1.0, "偏小", "")
    )
    answer = judged(visited(dress=500, sock=20), sheet, shop=shop(), today=MONDAY)
    queue = rows(answer, "Reviews to answer, the costliest first")
    assert [row["review"] for row in queue] == ["太薄", "破了", "偏小"]
    assert queue[0] == {
        "day": "2026-06-14",
        "item": "dress",
        "stars": 1.0,
        "review": "太薄",
        "aspects": "fabric",
    }
    table = next(
        one for one in answer.evidence if one.name.startswith("Reviews to answer, the costliest first")
    )
    assert isinstance(table, Table)
    assert table.keys == tuple(f"reviews/answer/{one.entry}" for one in table.about)
    assert len(set(table.keys)) == 3


def test_the_queue_shows_twenty() -> None:
    answer = asked_with(*((1, "dress", 1.0, f"一般{n}", "") for n in range(21)))
    queue = rows(answer, "Reviews to answer, the costliest first")
    assert len(queue) == 20
    assert queue[0]["aspects"] == ""


def test_a_copy_with_our_pictures_is_complained_about_today() -> None:
    copy = ListingCopy(item="dress", shop="小铺", price=159, stolen_pictures=True)
    answer = judged(visited(dress=500), copies=typed((SUNDAY, copy)), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "act"
    assert "); no complaint has been filed yet." in answer.findings[0].text
    found = only(answer, "copy")
    about = About(item="dress", rival="小铺")
    assert (found.key, found.level, found.about) == ("reviews/copy/dress/小铺", "act", about)
    (ask,) = found.proposals
    assert (ask.role, ask.deed, ask.about, ask.due) == ("design", "complain", about, "2026-06-15")
    assert rows(answer, "Copies") == [
        {
            "item": "dress",
            "shop": "小铺",
            "price": 159,
            "our_pictures": "yes",
            "state": "copy found",
            "since": "2026-06-14",
        }
    ]


def test_a_copy_with_pictures_of_its_own_is_no_case_for_a_complaint() -> None:
    def said(pictures: bool | None) -> Answer:  # noqa: FBT001 - a plain answer of a form
        copy = ListingCopy(item="dress", shop="小铺", price=159, stolen_pictures=pictures)
        return judged(visited(dress=500), copies=typed((SUNDAY, copy)), shop=shop(), today=MONDAY)

    assert [(one.level, one.proposals) for one in found(said(pictures=False), "copy")] == [("info", ())]
    assert [(one.level, one.proposals) for one in found(said(pictures=None), "copy")] == [("info", ())]
    assert rows(said(pictures=False), "Copies")[0]["our_pictures"] == "no"
    assert rows(said(pictures=None), "Copies")[0]["our_pictures"] == "—"


def test_a_copy_moves_through_its_states_and_is_quiet_when_it_is_gone_for_long() -> None:
    def copy(state: str) -> ListingCopy:
        return ListingCopy(item="dress", shop="小铺", stolen_pictures=True, state=state)

    def copies(*states: tuple[date, str]) -> Answer:
        records = typed(*((day, copy(state)) for day, state in states))
        return judged(visited(dress=500), copies=records, shop=shop(), today=MONDAY)

    def said(*states: tuple[date, str]) -> list[tuple[str, str]]:
        return [(one.level, one.key) for one in copies(*states).findings]

    early = MONDAY - timedelta(days=9)
    key = "reviews/copy/dress/小铺"
    assert said((early, "found"), (SUNDAY, "complained")) == []
    assert said((early, "complained")) == [("watch", key)]
    assert said((early, "complained"), (SUNDAY, "removed")) == [("good", key)]
    assert said((early, "removed")) == []
    assert said((MONDAY - timedelta(days=6), "complained")) == []
    assert said((MONDAY - timedelta(days=7), "complained")) == [("watch", key)]
    assert said((MONDAY - timedelta(days=7), "removed")) == [("good", key)]
    assert said((MONDAY - timedelta(days=8), "removed")) == []
    assert said((SUNDAY, "rejected")) == said((SUNDAY, "left")) == []
    (chase,) = copies((early, "complained")).findings[0].proposals
    assert (chase.deed, chase.about) == ("follow_up", About(item="dress", rival="小铺"))
    assert rows(copies((SUNDAY, "rejected")), "Copies")[0]["state"] == "complaint rejected"


def test_a_case_open_for_two_days_is_late_and_a_solved_one_is_silent() -> None:
    def late(*steps: tuple[int, str]) -> list[Finding]:
        records = typed(*((MONDAY - timedelta(days=days), ReviewCase(item="dress", text="开线", state=state))
                          for days, state in steps))  # fmt: skip
        return found(judged(visited(dress=500), cases=records, shop=shop(), today=MONDAY), "cases")

    (case,) = late((4, "open"))
    assert (case.key, case.level, case.about) == ("reviews/cases", "watch", About())
    assert case.text == "1 bad review has been open for two days or longer, since 11 Jun: dress, 开线."
    assert [one.role for one in case.proposals] == ["service"]
    assert len(late((4, "open"), (1, "contacted"))) == 1, "still open, and since its first day"
    assert len(late((2, "open"))) == 1
    assert late((1, "open")) == []
    assert late((4, "open"), (1, "solved")) == late((4, "replied")) == []


def test_of_several_late_cases_the_oldest_is_named() -> None:
    records = typed(
        (MONDAY - timedelta(days=3), ReviewCase(item="dress", text="掉色")),
        (MONDAY - timedelta(days=5), ReviewCase(item="sock", text="破洞")),
    )
    case = only(judged(visited(dress=500), cases=records, shop=shop(), today=MONDAY), "cases")
    assert case.text == (
        "2 bad reviews have been open for two days or longer, the oldest since 10 Jun: sock, 破洞."
    )


def test_an_export_that_ends_two_days_ago_is_fresh_and_one_of_three_is_old() -> None:
    def old(days: int) -> bool:
        row = {
            "date": MONDAY - timedelta(days=days),
            "review": "1",
            "item": "dress",
            "stars": 5.0,
            "text": "好",
        }
        answer = judged(visited(dress=500), of_rows(Reviews, [row]), shop=shop(), today=MONDAY)
        return any(limit.startswith("The newest review is from ") for limit in answer.limits)

    assert not old(2)
    assert old(3)


def test_without_reviews_it_says_so() -> None:
    answer = judged(visited(dress=500), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"
    assert judged(Items(Items.empty()), shop=shop(), today=MONDAY).verdict.level == "nodata"


def test_the_same_is_meant_in_every_language() -> None:
    bad = [(1 + n % 7, "dress", 1.0, "袖口开线", "") for n in range(9)]
    sheet = written(*bad, (5, "dress", 5.0, "很满意", "穿了十天，袖口开线了"))
    copies = typed((SUNDAY, ListingCopy(item="dress", shop="小铺", price=159, stolen_pictures=True)))
    cases = typed((MONDAY - timedelta(days=4), ReviewCase(item="dress", text="开线")))

    def asked(spoken: Language) -> tuple[dict[str, object], str]:
        speak(spoken)
        answer = reviews.cases(visited(dress=500), sheet, copies, cases, shop=shop(), today=MONDAY)
        return encode(answer), told(answer).findings[0].text

    (english, said), (chinese, spoken) = asked("en"), asked("zh")
    assert english == chinese
    assert "The bad reviews are mostly about:" in said
    assert "集中在：做工" in spoken
