from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.topics.campaigns import uplift
from core.topics.reviews import review_statistics
from core.topics.reviews.review_statistics import TitleWord


def test_under_three_clean_weeks_there_is_no_verdict() -> None:
    found = uplift.weekday_matched_uplift([[100, 110], [None, 120], [90, 100]], [200, 220])
    assert found is not None
    assert found.low is found.high is None
    assert found.call is None
    assert found.share > 1
    assert uplift.weekday_matched_uplift([], [5]) is None
    assert uplift.weekday_matched_uplift([[0, 0]], [5]) is None


def test_a_day_without_sales_does_no_harm() -> None:
    found = uplift.weekday_matched_uplift([[0, 100], [50, 60], [55, 50]], [100, 120])
    assert found is not None
    assert found.call == "up"


def test_growth_is_not_taken_for_an_effect() -> None:
    weeks = [[100 * 1.1**week * (1.01 if week % 2 else 0.99)] for week in range(8)]
    found = uplift.weekday_matched_uplift(weeks, [100 * 1.1**8])
    assert found is not None
    assert found.trend
    assert found.call == "no call"
    assert abs(found.share) < 0.03


def test_the_share_of_a_month_on_offer() -> None:
    assert uplift.discount_share(13, 30) == pytest.approx(13 / 30)
    assert uplift.discount_share(1, 0) is None


def test_few_reviews_give_no_rate() -> None:
    assert review_statistics.bad_review_chance(2, 9, 0.02) is None
    assert review_statistics.bad_review_chance(0, 40, 0.02) == 1
    found = review_statistics.bad_review_rises(
        {"a": (6, 40), "b": (1, 50), "c": (2, 5), "d": (1, 40)}, {"a": 0.02, "b": 0.02, "c": 0.02}
    )
    assert found["a"].q is not None
    assert found["b"].q is not None
    assert found["a"].q < 0.01 < found["b"].q
    assert found["c"].p is found["c"].q is found["d"].p is None


def test_title_length_is_in_gbk_bytes() -> None:
    title = "2026春季新款法式碎花连衣裙女收腰显瘦气质长裙"[:25]
    assert review_statistics.title_bytes("2026" + "裙" * 21) == 46
    assert review_statistics.title_bytes(title) == len(title.encode("gbk"))
    assert review_statistics.word_value(100, 0.5, 0.04, 0.02) == 100
    assert review_statistics.word_value(100, 0.5, 0.04, 0.0) == 50


words = st.lists(
    st.builds(
        TitleWord,
        st.text("裙a花b", min_size=1, max_size=4),
        st.integers(0, 900).map(float),
        must=st.just(value=False),
    ),
    max_size=7,
)


@given(words, st.integers(0, 24))
def test_no_choice_of_words_is_worth_more(candidates: list[TitleWord], room: int) -> None:
    best = review_statistics.choose_words(candidates, room)
    assert best.used_bytes <= room
    for size in range(len(candidates) + 1):
        for chosen in combinations(candidates, size):
            if sum(review_statistics.title_bytes(word.text) for word in chosen) <= room:
                assert best.value >= sum(word.value for word in chosen)


def test_must_have_words_stay() -> None:
    best = review_statistics.choose_words([TitleWord("碎花", 900), TitleWord("连衣裙", 0, must=True)], 9)
    assert best.words == ("连衣裙",)
    with pytest.raises(ValueError, match="drop or shorten one"):
        review_statistics.choose_words([TitleWord("连衣裙", 0, must=True)], 5)


def test_with_one_clean_week_the_ratio_is_plain_difference_in_differences() -> None:
    found = uplift.relative_uplift([(100, 100)], 150, 120)
    assert found is not None
    assert found.share == pytest.approx(150 / 100 / (120 / 100) - 1)
    assert (found.low, found.high, found.call) == (None, None, None)


def test_a_side_that_sold_nothing_leaves_nothing_to_compare() -> None:
    assert uplift.relative_uplift([(100, 0), (None, 90), (0, 80)], 150, 120) is None
    assert uplift.relative_uplift([(100, 100)], 150, 0) is None


def test_what_rises_with_the_rest_is_no_call_and_beyond_it_is_up() -> None:
    weeks = [(100, 98), (104, 100), (97, 99), (101, 103), (99, 97)]
    same, more = (uplift.relative_uplift(weeks, sold, 200) for sold in (204, 320))
    assert same is not None
    assert more is not None
    assert same.call == "no call"
    assert (more.call, more.weeks) == ("up", 5)
    assert more.low is not None
    assert more.high is not None
    assert more.low < 0.6 < more.high
