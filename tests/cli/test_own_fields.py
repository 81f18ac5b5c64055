"""A shop adds a field to a form: another category looks at other things (女装 looks at 面料)."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import BadSettings, UsageError
from core.records.records import RivalSeen
from core.reports.markdown import render
from routines.io.day_report import day_report
from routines.workday.workday import Workday
from tests.cli.conftest import NINE, Run

FABRIC = """
[[fields]]
form = "rival"
name = "面料"
kind = "choice"
choices = ["羊毛", "棉"]

[[fields]]
form = "rival"
name = "样衣费"
kind = "money"
hint = "一件样衣多少钱"
"""


@pytest.fixture
def fabric(shop: Path) -> Path:
    settings = shop / "shop.toml"
    told = settings.read_text(encoding="utf-8") + '\n[[rivals]]\nid = "r01"\nname = "素年锦时"\n'
    settings.write_text(told, encoding="utf-8")
    (shop / "routine.toml").write_text(FABRIC, encoding="utf-8")
    return shop


def on(shop: Path) -> Workday:
    return Workday.open(shop, clock=lambda: NINE, who="lan", lang="zh")


def recorded(shop: Path) -> Workday:
    day = on(shop)
    day.record("rivals", "rival", {"rival": "素年锦时", "price": "129-199", "面料": "羊毛", "样衣费": "35"})
    return day


def test_the_form_asks_for_it_last_and_refuses_what_is_none_of_its_choices(fabric: Path) -> None:
    form = on(fabric).form("rival")
    assert [field.name for field in form.fields][-2:] == ["面料", "样衣费"]
    assert form.read({"rival": "r01", "面料": "棉", "样衣费": "¥1,200"})["样衣费"] == 1200.0
    with pytest.raises(UsageError, match="“面料”：“涤纶” 不在可选范围：羊毛, 棉"):
        form.read({"rival": "r01", "面料": "涤纶"})


def test_it_is_kept_in_the_record_and_corrected_with_it(fabric: Path) -> None:
    day = recorded(fabric)
    (row,) = day.records("rival")
    assert isinstance(row.value, RivalSeen), "the analyses see the record they know"
    assert dict(row.own) == {"面料": "羊毛", "样衣费": 35.0}
    day.record("rivals", "rival", {"rival": "素年锦时", "面料": "棉"}, replaces=row.id)
    (row,) = day.records("rival")
    assert dict(row.own) == {"面料": "棉"}


def test_report_day_table_and_find_tell_it(fabric: Path, run: Run) -> None:
    report = render(day_report(recorded(fabric)))
    assert "面料 羊毛" in report or "面料：羊毛" in report, report
    assert "¥35" in report
    assert "羊毛" in run("day", fabric).stdout
    table = run("table", fabric, "rivals", "--from", "2026-11-16", "--to", "2026-11-16").stdout
    head, row = (line for line in table.splitlines() if "面料" in line or "羊毛" in line)
    assert [cell.strip() for cell in head.split("|")].index("面料") == [
        cell.strip() for cell in row.split("|")
    ].index("羊毛")
    for words in ("羊毛", "面料", "面料 素年锦时"):
        assert "面料 羊毛" in run("find", fabric, words).stdout, words


def test_taken_out_again_what_was_recorded_is_still_there(fabric: Path, run: Run) -> None:
    recorded(fabric)
    (fabric / "routine.toml").write_text("", encoding="utf-8")
    day = on(fabric)
    assert "面料" not in [field.name for field in day.form("rival").fields]
    assert "羊毛" in render(day_report(day))
    assert "羊毛" in run("find", fabric, "羊毛").stdout
    later = run(
        "table", fabric, "rivals", "--from", "2026-11-16", "--to", "2026-11-16", clock=NINE + timedelta(1)
    )
    assert "面料" in later.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[fields]]\nform = "rivel"\nname = "面料"\n',
         "routine.toml:2: fields[1].form: there is no form “rivel”. Did you mean “rival”?"),
        ('[[fields]]\nname = "面料"\n', "routine.toml:1: fields[1]: “form” is missing. Add it."),
        ('[[fields]]\nform = "rival"\nname = " "\n',
         ("routine.toml:3: fields[1].name: “ ” cannot be a field's name: 1 to 30 characters in one line, without "
         "braces or blanks at its ends.")),
        ('[[fields]]\nform = "rival"\nname = "{0}"\n',
         ("routine.toml:3: fields[1].name: “{0}” cannot be a field's name: 1 to 30 characters in one line, without "
         "braces or blanks at its ends.")),
        ('[[fields]]\nform = "rival"\nname = "价格带"\n',
         ("routine.toml:3: fields[1].name: the form “A look at a rival” already has a field “价格带”. Give it "
         "another name.")),
        ('[[fields]]\nform = "rival"\nname = "面料"\n[[fields]]\nform = "rival"\nname = "面料"\n',
         ("routine.toml:6: fields[2].name: the form “A look at a rival” already has a field “面料”. Give it another "
         "name.")),
        ('[[fields]]\nform = "rival"\nname = "面料"\nkind = "chioce"\n',
         ("routine.toml:4: fields[1].kind: “chioce” is not one of: text, long, choice, yesno, count, number, money, "
         "date.")),
        ('[[fields]]\nform = "rival"\nname = "面料"\nkind = "choice"\nchoices = ["棉"]\n',
         "routine.toml:5: fields[1].choices: a choice needs 2 to 20 different answers of 1 to 30 characters."),
        ('[[fields]]\nform = "rival"\nname = "面料"\nchoices = ["棉", "毛"]\n',
         'routine.toml:4: fields[1].choices: only a field of kind “choice” has choices. Write kind = "choice".'),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_its_line_and_one_sentence(
    fabric: Path, run: Run, text: str, said: str
) -> None:
    (fabric / "routine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        Workday.open(fabric, clock=lambda: NINE, who="lan", lang="en")
    assert str(caught.value) == said
    refused = run("day", fabric)
    assert refused.exit_code != 0
    assert said.partition(": ")[0] in refused.stderr


def test_the_same_name_in_two_forms_is_no_mistake(fabric: Path) -> None:
    both = '[[fields]]\nform = "rival"\nname = "面料"\n[[fields]]\nform = "shop_watched"\nname = "面料"\n'
    (fabric / "routine.toml").write_text(both, encoding="utf-8")
    assert [on(fabric).form(form).fields[-1].name for form in ("rival", "shop_watched")] == ["面料", "面料"]
