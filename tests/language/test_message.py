"""Texts as values: rendered as the words of today in both languages, kept as JSON, and never trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.language import dates, message, money, numbers, wording
from core.language.locale_folders import languages
from core.language.message import DASH, Listed, Message, Sentence, Shown, Value, plain, read
from core.language.speech import Language, speak
from core.language.wording import rendered_json, text

LANGUAGES: tuple[Language, ...] = languages()
SENTENCES = (
    "Stock",
    "{n}m",
    "{name} sold {actual}; the same weekdays before {usual} ({plus}).",
    "{",
    "}{",
    "{}",
)

any_numbers = st.none() | st.integers(-(10**12), 10**12) | st.floats(-1e12, 1e12)
counts = st.integers(0, 10**7)
any_dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
strings = st.text() | st.sampled_from(
    ["{n}", "{n.__class__}", "{n:>999999999}", "{0}", "%s", "${n}", "{{n}}"]
)


def messages(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Make messages of any kind out of these values."""
    texts = values.filter(lambda value: isinstance(value, str | Message))
    filled = st.dictionaries(st.sampled_from(["n", "name", "plus", "left_over"]), values, max_size=3)
    return st.one_of(
        st.builds(lambda one, more: message.say(one, **more), strings, filled),
        st.builds(message.plural, strings, strings, counts),
        st.builds(message.percent, any_numbers, st.integers(0, 4), sign=st.booleans()),
        st.builds(message.ratio, any_numbers, st.integers(0, 4), sign=st.booleans()),
        st.builds(message.money, any_numbers, sign=st.booleans()),
        st.builds(message.count, any_numbers, sign=st.booleans()),
        st.builds(
            message.rate_of,
            any_numbers,
            any_numbers,
            st.none() | st.floats(0, 1),
            st.none() | st.floats(0, 1),
        ),
        st.builds(message.days, st.lists(any_dates, max_size=5)),
        st.builds(message.day, st.none() | any_dates),
        st.builds(message.listing, st.lists(texts, max_size=3)),
        st.builds(message.clauses, st.lists(texts, max_size=3)),
        st.builds(message.sentences, st.lists(texts, max_size=3)),
        st.builds(message.inside, texts),
    )


any_message = st.recursive(strings | any_numbers, messages, max_leaves=6).filter(
    lambda one: isinstance(one, Message)
)


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each language in turn."""
    speak(request.param)
    yield request.param
    speak("en")


# -- the same words as today -----------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("language", LANGUAGES)
@given(
    number=any_numbers, k=counts, n=counts, digits=st.integers(0, 4), sign=st.booleans(), band=st.booleans()
)
def test_a_number_reads_as_it_always_did(
    language: Language, number: float | None, k: int, n: int, digits: int, *, sign: bool, band: bool
) -> None:
    speak(language)
    low, high = (0.0125, 0.0375) if band else (None, None)

    assert text(message.money(number, sign=sign)) == money.money(number, sign=sign)
    assert text(message.short_money(number)) == money.short_money(number)
    assert text(message.price(number)) == money.price(number)
    assert text(message.count(number, sign=sign)) == numbers.count(number, sign=sign)
    assert text(message.percent(number, digits, sign=sign)) == numbers.percent(number, digits, sign=sign)
    assert text(message.ratio(number, digits, sign=sign)) == numbers.ratio(number, digits, sign=sign)
    assert text(message.rate_of(k, n, low, high)) == numbers.rate_of(k, n, low, high)


@pytest.mark.parametrize("language", LANGUAGES)
@given(when=any_dates, more=st.lists(any_dates, max_size=6))
def test_a_date_reads_as_it_always_did(language: Language, when: date, more: list[date]) -> None:
    speak(language)
    row = [when + timedelta(days=days) for days in range(4)]

    for form in ("day", "full_day", "short_day", "weekday"):
        assert text(getattr(message, form)(when)) == getattr(dates, form)(when)
        assert text(getattr(message, form)(None)) == getattr(dates, form)(None) == DASH
    assert text(message.days([*more, *row])) == dates.days([*more, *row])


@pytest.mark.parametrize("language", LANGUAGES)
@given(n=counts, names=st.lists(st.text(), max_size=4))
def test_sentences_and_lists_read_as_they_always_did(language: Language, n: int, names: list[str]) -> None:
    speak(language)

    assert text(message.say("{n}m", n=n)) == wording.say("{n}m", n=n)
    assert text(message.say("Stock")) == wording.say("Stock")
    assert text(message.say("")) == wording.say("") == ""
    many = ("ends in {n} day", "ends in {n} days")
    assert text(message.plural(*many, n)) == wording.plural(*many, n)
    assert text(message.listing(names)) == wording.listing(names)
    assert text(message.inside("a “b”")) == wording.inside("a “b”")


def test_one_message_is_read_in_each_language() -> None:
    late = message.say(
        "{name}: {days}", name="真丝衬衫", days=message.days([date(2026, 11, 1), date(2026, 11, 14)])
    )
    parts = message.clauses([message.money(-660, sign=True), message.short_day(date(2026, 11, 16))])

    assert text(late) == "真丝衬衫: 1 Nov, 14 Nov"
    assert text(parts) == "-¥660; 16 Nov"
    speak("zh")
    assert text(late).endswith("11月1日、11月14日")
    assert text(parts) == "-¥660；11月16日"


def test_what_is_not_known_shows_as_a_dash(spoken: Language) -> None:
    unknown: tuple[Any, ...] = (float("nan"), float("inf"), None, np.float64("nan"))
    for value in unknown:
        assert text(message.money(value)) == text(message.percent(value)) == DASH, spoken
    never: Any = pd.NaT
    assert text(message.day(never)) == DASH
    assert text(message.say("{n} of {total}", n=None)) == f"{DASH} of {DASH}"
    assert text(None) == DASH


def test_sentences_in_a_row_leave_out_what_is_empty() -> None:
    row = message.sentences(["", message.say("Stock"), message.sentences([message.say("{n}m", n=3), "x"])])

    assert text(row) == "Stock 3m x"
    assert text(message.clauses(["a", "", "b"])) == "a; b"
    speak("zh")
    assert text(row) == f"{wording.say('Stock')}3分x"
    assert text(message.clauses(["a", "", "b"])) == "a；b"
    assert row == message.sentences([message.say("Stock"), message.say("{n}m", n=3), "x"])


# -- values, not strings ---------------------------------------------------------------------------


def test_a_message_cannot_become_a_string_unnoticed() -> None:
    one = message.money(110)

    for careless in (str, lambda it: f"{it}", lambda it: f"{it:>5}", lambda it: "%s" % it, print, json.dumps):  # noqa: UP031
        with pytest.raises(TypeError):
            careless(one)
    row: list[Any] = [one, one]
    with pytest.raises(TypeError):
        ", ".join(row)
    with pytest.raises(TypeError):
        one + one  # type: ignore[operator]
    assert "money" in repr(one)


def test_messages_are_equal_by_what_they_say_and_numbers_are_plain_ones() -> None:
    three: Any = np.int64(3)
    mine = message.say("{n}m", n=three)
    price = message.price(np.float64(1.5))

    assert mine == message.say("{n}m", n=3)
    assert len({mine, message.say("{n}m", n=3), message.say("{n}m", n=4)}) == 2
    assert isinstance(mine, Sentence)
    assert type(mine.values[0][1]) is int
    assert json.loads(json.dumps(plain(price))) == {"$price": 1.5}


@pytest.mark.parametrize("value", [date(2026, 11, 16), ["a"], {"a": 1}, True, np.bool_(1), object()])
def test_what_is_neither_text_nor_number_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        message.say("{x}", x=value)


# -- as JSON ---------------------------------------------------------------------------------------


def test_the_stored_form_can_be_read_by_people() -> None:
    loses = message.say("{word} loses {money}", word="毛衣女", money=message.money(-660, sign=True))
    listed = message.clauses([loses, message.plural("{n} day", "{n} days", 9), message.percent(0.0225)])

    assert plain(listed) == {
        "$list": [
            {
                "$": "{word} loses {money}",
                "v": {"word": "毛衣女", "money": {"$money": [-660, {"sign": True}]}},
            },
            {"$": "{n} day", "p": "{n} days", "n": 9},
            {"$percent": 0.0225},
        ],
        "b": "clauses",
    }
    assert plain("typed by hand") == "typed by hand"


@given(one=any_message)
def test_what_is_written_is_read_back(one: Message) -> None:
    data = json.loads(json.dumps(plain(one)))

    assert read(data) == one
    assert plain(read(data)) == plain(one)
    assert text(read(data)) == text(one)


def test_messages_in_a_row_may_be_many_and_nested_ones_only_so_deep() -> None:
    row: message.Words = ""
    for _ in range(500):
        row = message.sentences([row, message.say("Stock")])
    assert read(plain(row)) == row

    deep: Message = message.say("Stock")
    for _ in range(message.DEEPEST):
        deep = message.say("{x}", x=deep)
    with pytest.raises(ValueError, match="deep"):
        plain(deep)


# -- a journal somebody edited ---------------------------------------------------------------------

keys = st.sampled_from(
    [
        "$",
        "p",
        "n",
        "v",
        "b",
        "$list",
        "$inside",
        *(f"${form}" for form in get_args(message.Form)),
        "sign",
        "x",
    ]
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | strings
    | st.sampled_from(
        ["2026-11-16", "2026-W47-1", "20261116", "08:30", "8:30", "08:30:00", 10**400, -1, 1e308]
    )
)
hostile = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=hostile)
def test_anything_else_is_refused_with_one_kind_of_error(language: Language, data: Any) -> None:
    speak(language)
    rendered_json(data)
    try:
        one = read(data)
    except ValueError:
        return
    assert isinstance(text(one), str)
    assert read(json.loads(json.dumps(plain(one)))) == one


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        [],
        {},
        {"m": "Stock"},
        {"$": 3},
        {"$": "{n}", "v": []},
        {"$": "{n}", "v": {"n": [1]}},
        {"$": "{n}", "v": {"n": True}},
        {"$": "{n}", "v": {"n": float("inf")}},
        {"$": "{n}", "v": {"n": 10**400}},
        {"$": "{n} day", "p": "{n} days", "n": "x"},
        {"$": "{n} day", "p": "{n} days", "n": 1.5},
        {"$": "{n} day", "n": 1},
        {"$money": "x"},
        {"$money": [1, 2]},
        {"$money": [1, {"sign": 1e9}]},
        {"$money": float("nan")},
        {"$percent": [0.1, 10**9]},
        {"$percent": [0.1, 1.5]},
        {"$price": [0.1, {"sign": True}]},
        {"$rate_of": [1, 2, 3]},
        {"$day": 20261116},
        {"$day": "2026-13-01"},
        {"$days": [None]},
        {"$clock": "25:00"},
        {"$clock": "08:30:00.5"},
        {"$nothing": 1},
        {"$list": "abc"},
        {"$list": [], "b": "words"},
        {"$money": 1, "$count": 2},
    ],
)
def test_a_message_that_is_none_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind is the promise
        read(data)


def test_a_message_nested_without_end_is_refused() -> None:
    data: Any = "x"
    for _ in range(500):
        data = {"$list": [data]}
    with pytest.raises(ValueError, match="no text"):
        read(data)


@pytest.mark.parametrize(
    "template",
    [
        "{n.__class__}",
        "{n[0]}",
        "{n!r}",
        "{n:>999999999}",
        "{n:{n}}",
        "{0}",
        "{{n}}",
        "{ n }",
        "{n",
        "n}",
        "{}",
    ],
)
def test_only_plain_names_are_replaced(template: str, spoken: Language) -> None:
    shown = text(read({"$": template, "v": {"n": "secret"}}))

    assert shown == template.replace("{n}", "secret"), spoken


def test_a_value_is_never_a_template() -> None:
    buyer = message.say("{name}: {text}", name="{text}", text="{name.__class__} {name}")

    assert text(buyer) == "{text}: {name.__class__} {name}"


def test_showing_never_fails_whatever_a_message_was_made_of() -> None:
    broken: list[Any] = [
        Shown("money", ("x",)),
        Shown("day", (3,)),
        Shown("no such form", (1,)),  # type: ignore[arg-type]
        Shown("percent", ()),
        Shown("count", (10**400,)),
        Listed((3,)),  # type: ignore[arg-type]
        Message(),
        3,
    ]
    assert [text(one) for one in broken] == [DASH] * len(broken)


def test_messages_anywhere_in_an_entry_are_shown_and_its_own_fields_are_left_alone() -> None:
    data = {
        "text": plain(message.say("{n}m", n=3)),
        "values": {"price": 19.9, "day": "2026-11-16", "days": 3},
        "rows": [[1, None, plain(message.money(660))]],
        "broken": {"$money": "x"},
    }
    assert rendered_json(data) == {
        "text": "3m",
        "values": {"price": 19.9, "day": "2026-11-16", "days": 3},
        "rows": [[1, None, "¥660"]],
        "broken": {"$money": "x"},
    }


def test_words_of_today_take_messages_and_show_them(spoken: Language) -> None:
    late = message.day(date(2026, 11, 16))

    assert wording.say("{n}m", n=late) == wording.say("{n}m", n=dates.day(date(2026, 11, 16))), spoken
    assert wording.plural("{n} of {x}", "{n} of {x}", 2, x=late) == f"2 of {text(late)}"
    assert wording.listing([late, "x"]) == wording.listing([text(late), "x"])
    assert wording.inside(message.say("a “{x}”", x=late)) == f"a ‘{text(late)}’"


def test_what_fills_a_sentence_is_typed() -> None:
    values: list[Value] = [message.say("Stock"), "name", 3, 2.5, None]

    assert [text(message.say("{x}", x=value)) for value in values] == ["Stock", "name", "3", "2.5", DASH]
