"""Every field of an answer travels as JSON; what is no answer is refused with one kind of error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from types import UnionType
from typing import Any, Generic, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers import answer_codec
from core.answers.answer import (
    NOTHING,
    About,
    Answer,
    Finding,
    Impact,
    Number,
    Proposal,
    Table,
    TableColumn,
    Verdict,
    W_co,
    finding,
    key_of,
    named,
    with_words,
)
from core.answers.answer_codec import decode, decode_shown, decode_verdict, encode, rendered
from core.language.message import Words, money, plural, say
from core.language.speech import speak

EMPTY = '{"verdict": {"level": "info", "text": "x"}, "findings": [], "evidence": [], "limits": [], "needs": [], "batches": [], "figures": {}}'  # noqa: E501 - as it was before there were messages


# -- every field -----------------------------------------------------------------------------------


class Maker:
    """Fills every field of every class with something that is not its default."""

    def __init__(self) -> None:
        self.made: set[type] = set()
        self.count = 0

    def of(self, hint: Any, default: object = None) -> Any:  # noqa: PLR0911 - one line a shape
        origin, parts = get_origin(hint), [one for one in get_args(hint) if one is not type(None)]
        kind: Any = origin or hint
        self.count += 1
        if is_dataclass(kind):
            return self.one(kind)
        if origin is Literal:
            return next(one for one in parts if one != default)
        if origin is tuple and parts[-1] is Ellipsis:
            variants = get_args(parts[0]) if get_origin(parts[0]) in (Union, UnionType) else (parts[0],)
            return tuple(self.of(one) for one in variants)
        if origin is tuple:
            return tuple(self.of(one) for one in parts)
        if origin in (Union, UnionType):
            return self.of(next((one for one in parts if one is W_co), parts[0]), default)
        if origin is Mapping:
            return {"2026-11-15": {"gmv": float(self.count)}}
        plain = {
            str: f"text {self.count}",
            float: self.count + 0.5,
            int: self.count,
            bool: True,
            W_co: self.text(),
        }
        return None if hint is type(None) else plain[hint]

    def one(self, kind: Any) -> Any:
        self.made.add(kind)
        hints = get_type_hints(kind)
        values = {}
        for field in fields(kind):
            tag = get_origin(hints[field.name]) is Literal and len(get_args(hints[field.name])) == 1
            values[field.name] = field.default if tag else self.of(hints[field.name], field.default)
            differs = tag or field.default is MISSING or values[field.name] != field.default
            assert differs, (kind, field.name)
        return kind(**values)

    def text(self) -> Words:
        return say("{what} of {n}", what=f"thing {self.count}", n=plural("{n} day", "{n} days", self.count))


def test_every_field_of_every_class_travels() -> None:
    maker = Maker()
    whole: Answer[Words] = maker.one(Answer)

    assert {kind.__name__ for kind in maker.made} == {
        "About", "Answer", "Bar", "Bars", "Finding", "Impact", "Mark", "MonthStanding", "Need", "Number",
        "Part", "Proposal", "Series", "Split", "Table", "TableColumn", "Verdict",
    }  # fmt: skip
    assert decode(json.loads(json.dumps(encode(whole)))) == whole


def test_a_rendered_answer_is_the_one_that_is_read_from_its_json() -> None:
    whole: Answer[Words] = Maker().one(Answer)
    shown = rendered(whole)

    assert shown == decode_shown(json.loads(json.dumps(encode(whole))))
    assert shown.verdict == decode_verdict(encode(whole))
    assert encode(shown) == encode(shown, str)
    assert "days" in shown.verdict.text
    assert '"$' not in json.dumps(encode(shown))


def test_it_is_rendered_in_the_language_of_the_reader() -> None:
    data = encode(Answer(Verdict("act", say("{n}m", n=3)), limits=("typed", money(660))))

    assert decode_shown(data) == Answer(Verdict("act", "3m"), limits=("typed", "¥660"))
    speak("zh")
    assert decode_shown(data).verdict.text == "3分"


def test_a_field_of_an_unknown_shape_is_noticed_at_once() -> None:
    @dataclass(frozen=True)
    class Odd(Generic[W_co]):
        text: W_co
        days: set[int]

    for build in (answer_codec._class_writer, answer_codec._class_reader):
        with pytest.raises(TypeError, match="set"):
            build(Odd, str)


# -- the documented shape ---------------------------------------------------------------------------


def test_an_answer_without_the_new_fields_is_written_as_before() -> None:
    assert json.dumps(encode(Answer(Verdict("info", "x")))) == EMPTY
    asks = (Proposal("operator", "do it"),)
    old = Answer(
        Verdict("act", "x"),
        (Finding("stock/order/7", "act", "order", asks),),
        (Number("GMV", "CNY", None), Table("T", (TableColumn("Word"),), (("a", None),))),
    )

    written = encode(old)
    assert list(written["findings"][0]) == ["key", "level", "text", "proposals"]
    assert list(written["findings"][0]["proposals"][0]) == [
        "role", "text", "metric", "direction", "due", "expected", "item",
    ]  # fmt: skip
    assert list(written["evidence"][0]) == ["kind", "name", "unit", "value", "low", "high", "reference"]
    assert list(written["evidence"][1]) == ["kind", "name", "columns", "rows", "keys"]
    assert written["evidence"][1]["columns"] == [{"name": "Word", "kind": "text"}]


def test_what_something_is_about_is_written_as_far_as_it_is_known() -> None:
    asks = Proposal("promotion", say("Stock"), deed="delete_word", about=About(word="毛衣女"))
    one = finding("paid", "delete", "act", say("Stock"), asks, about=About(item="7365", word="毛衣女"),
                impact=Impact(110, "day", of="margin"))  # fmt: skip
    columns: tuple[TableColumn[Words], ...] = (
        TableColumn(say("State"), "word", "state", (("order", say("Stock")), ("wait", "later"))),
    )
    table: Table[Words] = Table(
        "T", columns, (("order",),), ("k",), about=(About(item="7365"),), holds=("stock",)
    )
    whole: Answer[Words] = Answer(Verdict("act", "x"), (one,), (table,))

    data = json.loads(json.dumps(encode(whole)))
    assert data["findings"][0]["key"] == "paid/delete/7365/毛衣女"
    assert data["findings"][0]["about"] == {"item": "7365", "word": "毛衣女"}
    assert data["findings"][0]["impact"] == {"yuan": 110, "per": "day", "of": "margin"}
    assert data["findings"][0]["proposals"][0]["deed"] == "delete_word"
    assert data["evidence"][0]["about"] == [{"item": "7365"}]
    assert data["evidence"][0]["holds"] == ["stock"]
    assert data["evidence"][0]["columns"][0]["words"] == {"order": {"$": "Stock"}, "wait": "later"}
    assert decode(data) == whole


@pytest.mark.parametrize(
    ("step", "kind", "about", "key"),
    [
        ("paid", "delete", About(item="7365", word="毛衣女"), "paid/delete/7365/毛衣女"),
        ("stock", "order", About(item="7365"), "stock/order/7365"),
        ("campaigns", "close", About(campaign="双12", other="年货节"), "campaigns/close/双12/年货节"),
        ("wrapup", "tonight", About(clock="22:30", role="operator"), "wrapup/tonight/22:30/operator"),
        ("drivers", "gmv", NOTHING, "drivers/gmv"),
    ],
)
def test_a_key_is_made_of_step_kind_and_what_it_is_about(
    step: str, kind: str, about: About, key: str
) -> None:
    assert key_of(step, kind, about) == key
    assert finding(step, kind, "info", "x", about=about).key == key
    assert finding("hands_on", "task", "info", "x", key="hands_on/paid/word/1").key == "hands_on/paid/word/1"


def test_an_impact_is_what_is_lost_until_then() -> None:
    assert Impact(110, "day").over(7) == 770
    assert Impact(32392, "once").over(7) == 32392
    for wrong in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="negative"):
            Impact(wrong, "day")


def test_a_cell_of_a_closed_set_is_called_by_its_word() -> None:
    state = TableColumn("State", "word", "state", (("order", "订货"),))

    assert named(state, "order") == "订货"
    assert named(state, "new in a later version") == "new in a later version"
    assert named(replace(state, kind="text"), "order") == "order"
    assert named(state, None) is None


def test_programs_read_the_word_of_a_cell_as_they_always_did() -> None:
    state = TableColumn("State", "word", "state", (("order", "订货"),))
    table = Table("T", (TableColumn("Item"), state), (("order", "order"),), ("stock/7365",))

    (data,) = encode(with_words(Answer(Verdict("act", "x"), evidence=(table,))))["evidence"]
    assert data["columns"] == [
        {"name": "Item", "kind": "text"},
        {"name": "State", "kind": "text", "id": "state"},
    ]
    assert data["rows"] == [["order", "订货"]]


# -- what is no answer ------------------------------------------------------------------------------

ANSWER = json.loads(json.dumps(encode(Maker().one(Answer))))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to everything in the JSON value."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here, *(place for name, one in inside for place in places(one, (*here, name)))]


@given(place=st.sampled_from(places(ANSWER)[1:]), put=anything)
def test_a_damaged_answer_is_read_or_refused_and_shown_either_way(place: tuple[Any, ...], put: Any) -> None:
    data = json.loads(json.dumps(ANSWER))
    holder = data
    for name in place[:-1]:
        holder = holder[name]
    holder[place[-1]] = put
    for read in (decode, decode_shown):
        try:
            one = read(data)
        except ValueError:
            continue
        assert isinstance(one, Answer)
        json.dumps(encode(one))


@pytest.mark.parametrize(
    "data", [None, 3, "x", [], {}, {"verdict": "x"}, {"verdict": {"level": "loud", "text": "x"}}]
)
def test_what_is_no_answer_is_refused(data: Any) -> None:
    for read in (decode, decode_shown, decode_verdict):
        with pytest.raises(ValueError, match="no answer"):
            read(data)


def test_fields_of_a_later_version_are_passed_over() -> None:
    data = json.loads(EMPTY)
    data["verdict"]["mood"] = "calm"
    data["more"] = 3

    assert decode_shown(data) == Answer(Verdict("info", "x"))
