"""A record of an editor or an older program: what can be read is read, the rest counts as not given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from core.journal.record_codec import typed


@dataclass(frozen=True)
class Form:
    name: str
    pieces: int | None = None
    yuan: float | None = None
    on: date | None = None
    sure: bool | None = None
    tags: list[str] = field(default_factory=list)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"name": "甲"}, Form("甲")),
        ({"name": 7}, Form("7")),
        ({"name": 7.5}, Form("7.5")),
        ({"name": "甲", "pieces": 3.0}, Form("甲", pieces=3)),
        ({"name": "甲", "pieces": 3.5}, Form("甲")),
        ({"name": "甲", "pieces": True}, Form("甲")),
        ({"name": "甲", "yuan": 3}, Form("甲", yuan=3.0)),
        ({"name": "甲", "yuan": True}, Form("甲")),
        ({"name": "甲", "yuan": "3"}, Form("甲")),
        ({"name": "甲", "on": "2026-11-09"}, Form("甲", on=date(2026, 11, 9))),
        ({"name": "甲", "on": "9 Nov"}, Form("甲")),
        ({"name": "甲", "sure": False}, Form("甲", sure=False)),
        ({"name": "甲", "gone": 1}, Form("甲")),
        ({"name": None}, None),
        ({"name": ["甲"]}, None),
        ({}, None),
        (["甲"], None),
        (None, None),
    ],
)
def test_what_can_be_read_is_read(given: object, read: Form | None) -> None:
    found = typed(Form, given)
    assert found == read
    assert found is None or (type(found.pieces), type(found.yuan)) == (
        type(read.pieces if read else None), type(read.yuan if read else None),
    )  # fmt: skip
