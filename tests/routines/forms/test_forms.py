"""What is typed by hand: read as people write it, refused in one sentence."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from core.errors import UsageError
from core.journal.record_codec import typed
from core.records.records import RECORDS
from routines.forms.forms import FORMS


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_asks_for_each_of_its_fields(record: type[Any]) -> None:
    form = FORMS[record.form]
    assert [field.name for field in form.fields] == [field.name for field in fields(record)]
    for field in form.fields:
        assert bool(field.choices) == (field.kind in ("choice", "open"))


def test_a_rival_seen() -> None:
    read = FORMS["rival"].read(
        {"rival": "r01", "new_listings": " 3 ", "season_sells": "是", "rank": "", "price": "129-199"}
    )
    assert read == {"rival": "r01", "new_listings": 3, "season_sells": True, "price": "129-199"}
    assert typed(FORMS["rival"].record, read) is not None


def test_numbers_and_dates_as_people_write_them() -> None:
    check = {"name": "ads_balance", "value": "¥1,200.5元", "passed": "no", "expires": "2026年1月2日"}
    assert FORMS["check"].read(check) == {
        "name": "ads_balance",
        "passed": False,
        "value": 1200.5,
        "expires": "2026-01-02",
    }
    assert FORMS["copy"].read({"item": "1", "shop": "x", "price": "1.2万"})["price"] == 12000.0


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "“Name” is required. Fill it in."),
        ({"name": "x", "deadline": "11/12"}, "“Sign-up closes”: cannot read “11/12”. Write the date with its year: 2026-11-22 or 2026年11月22日."),
        ({"name": "x", "deadline": "2026-02-30"}, "“Sign-up closes”: cannot read “2026-02-30”. Write the date with its year: 2026-11-22 or 2026年11月22日."),
        ({"name": "x", "kind": "theirs"}, "“Whose campaign”: “theirs” is not one of: platform campaign, our own campaign."),
        ({"name": "x", "owner": "y"}, "“A campaign” has no field “owner”."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_by_its_label(values: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        FORMS["campaign"].read(values)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("typed_text", ["3.5", "many", "true", "1e3", "NaN", "³"])
def test_what_is_no_whole_number(typed_text: str) -> None:
    with pytest.raises(UsageError):
        FORMS["rival"].read({"rival": "r01", "new_listings": typed_text})
