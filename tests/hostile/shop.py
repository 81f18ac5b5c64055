"""Makes that shop: the sample's figures, and a hostile string in every text of exports, settings, journal."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pandas as pd
import tomlkit

from core.exports.kinds.registry import SHEETS
from core.exports.sheet import Column, Sheet
from core.facts.window import load
from routines.forms.form import Field, Offers
from routines.io.importing import commit_files
from routines.workday.workday import Workday
from tests.fuzz import hostile

DAY = date(2026, 11, 16)
EVENING = datetime.fromisoformat("2026-11-16T21:10:00+08:00")
SHOP = "兰亭女装旗舰店"
WORDS = (
    *hostile.STEERING, *hostile.HIDING, *hostile.MARKUP, *hostile.FORMULAS, *hostile.PAGES, *hostile.PATHS,
)  # fmt: skip
KINDS = {
    ("sources", "carrier"), ("sources", "level1"), ("sources", "level2"), ("keywords", "word_type"),
    ("keywords", "scene"), ("ads", "scene"), ("orders", "status"), ("orders", "region"),
    ("refunds", "status"), ("refunds", "full_or_part"), ("refunds", "goods_state"), ("reviews", "sentiment"),
    ("items", "status"),
}  # fmt: skip
"""Columns whose texts are kinds of rows: only some of them are spoilt, or no analysis would find any row."""
DAYS = 35


def spoilt(text: str, *, all_of_them: bool = True) -> str:
    """Return the text made hostile, the same one always in the same way; an empty one stays empty."""
    turn = crc32(text.encode("utf-8", "replace"))
    if not text or (not all_of_them and turn % 7):
        return text
    word = WORDS[turn // 7 % len(WORDS)].replace("\ud800", "")
    return f"{word}{text}" if word in hostile.FORMULAS else f"{text}{word}"


def make_shop(sample: Path, folder: Path) -> Path:
    """Return the hostile shop with its exports imported and a day worked in it."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "shop.toml").write_text(_settings(sample), encoding="utf-8")
    (folder / "routine.toml").write_text(_routine(), encoding="utf-8")
    for sheet in SHEETS.values():
        _export(sample, folder / "inbox", sheet)
    told = commit_files(folder, today=DAY, who="lan", at=EVENING)
    assert {one["state"] for one in told} == {"imported"}, [one["problems"][:2] for one in told]
    assert {one["sheet"] for one in told} == set(SHEETS)
    return folder


def _settings(sample: Path) -> str:
    held = tomlkit.parse((sample / "shop.toml").read_text(encoding="utf-8"))
    held["name"] = f"{SHOP}{''.join(hostile.STEERING[:2])}{hostile.MARKUP[1]}{hostile.PAGES[0]}"
    for group, name in (
        ("team", "name"),
        ("rivals", "name"),
        ("subscriptions", "name"),
        ("calendar", "note"),
        ("items", "name"),
    ):
        for number, one in enumerate(held.get(group, ())):
            one[name] = f"{one.get(name, '')}{WORDS[number % len(WORDS)]}".replace("\ud800", "")
    return tomlkit.dumps(held)


def _routine() -> str:
    title, question = (
        f"{''.join(hostile.STEERING[:3])}{hostile.MARKUP[n]}{hostile.PAGES[n]}" for n in (1, 2)
    )
    step = {"id": "own", "title": title, "at": "20:55", "minutes": 5, "ask": [question], "help": question}
    return tomlkit.dumps({"add": [step | {"days": ["weekday"]}]})


def _export(sample: Path, inbox: Path, sheet: type[Sheet]) -> None:
    """Write the sheet's last days as a csv with all its columns, those that are dropped while reading too."""
    frame = load(sample, sheet, DAY - timedelta(days=min(sheet.days, DAYS)), DAY).frame
    if frame.empty:
        frame = _invented(sheet)
    made: dict[str, list[str]] = {}
    for column in sheet.columns:
        if column.headers and (cells := _cells(frame, sheet, column)):
            made.setdefault(column.headers[0].partition("#")[0], cells)
    name = sheet.patterns[0].strip("*")
    with (inbox / f"{name}[@click=app.quit]x $(id)_2026-11-15.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        rows = csv.writer(file)
        rows.writerow(made)
        rows.writerows(zip(*made.values(), strict=True))


def _invented(sheet: type[Sheet]) -> pd.DataFrame:
    """Return rows of an export that the sample does not have."""
    of: dict[str, Callable[[int], object]] = {
        "text": "x{}".format,
        "id": lambda n: str(600_000_000_001 + n),
        "money": "{}.5".format,
        "date": lambda n: pd.Timestamp(DAY - timedelta(days=1 + n)),
        "time": lambda n: pd.Timestamp(DAY - timedelta(days=1 + n)) + pd.Timedelta(hours=20),
    }
    return pd.DataFrame(
        {column.name: [of.get(column.kind, str)(n) for n in range(30)] for column in sheet.columns}
    )


def _cells(frame: pd.DataFrame, sheet: type[Sheet], column: Column) -> list[str]:
    if column.private or column.inner:
        return [spoilt(f"{column.name}{number}") for number in range(len(frame))] if column.private else []
    if column.kind == "range":
        low, high = (frame[f"{column.name}_{end}"] for end in ("low", "high"))
        return ["" if a != a else f"{a:.0f} ~ {b:.0f}" for a, b in zip(low, high, strict=True)]  # noqa: PLR0124 - NaN
    # What no analysis looks at is not in a window; it comes in and lies in the facts all the same.
    values = frame[column.name] if column.name in frame else frame.reset_index().index + 1
    if column.kind == "text":
        all_of_them = (sheet.id, column.name) not in KINDS and sheet.id != "catalogue"  # or no comma is left
        return [spoilt(str(value), all_of_them=all_of_them) for value in values]
    if column.kind == "date":
        return ["" if value != value else f"{value:%Y-%m-%d}" for value in values]  # noqa: PLR0124 - NaT
    return ["" if value != value or value is None else str(value) for value in values]  # noqa: PLR0124 - NaN


def work(shop: Path) -> Workday:
    """Work a day in the shop: a hostile string in every note, reply, field, decision and action."""
    day = Workday.open(
        shop, clock=lambda: EVENING, who=f"lan{hostile.STEERING[0]}{hostile.MARKUP[1]}", lang="zh"
    )
    words = _turns()
    for step in day.plan.steps:
        day.note(step.id, next(words))
        for question in step.ask:
            day.reply(step.id, question, next(words))
        for form in day.forms(step.id):
            values = {field.name: _typed(field, day.offers, next(words)) for field in form.fields}
            day.record(step.id, form.id, values)
        day.decide(step.id, f"{step.id}/{next(words)}", next(words), {"why": next(words)})
        day.act(step.id, text=next(words), owner=next(words), role="operator", metric="gmv", item=next(words))
    own = [action.id for action in day.actions()]
    day.update_action(own[0], "dropped", reason=next(words))
    day.update_action(own[1], "handed", owner=next(words))
    day.skip(day.plan.steps[0].id, next(words))
    return day


def _turns() -> Iterator[str]:
    number = 0
    while True:
        yield (
            f"第{number}条 {WORDS[number % len(WORDS)]}"
            if number % 2
            else f"{WORDS[number % len(WORDS)]} {number}"
        )
        number += 1


def _typed(field: Field, offers: Offers, word: str) -> Any:
    """Return what somebody types into the field: the word wherever words are taken."""
    known = {
        "yesno": True, "count": 3, "number": 2.5, "money": 12.5, "date": "2026-11-15", "band": "129-199",
        "seen": "2000+", "orders": "150-180", "score": 4.5,
    }  # fmt: skip
    pages = {"score_page": "综合体验分 4.72", "score_weights": "商品质量 50%"}
    if field.kind in pages:  # read by the names in it; the words stand around them
        return f"{word}\n{pages[field.kind]}\n{word}"
    if field.kind in known:
        return known[field.kind]
    if field.kind == "choice":
        return field.choices[0][0]
    if field.kind == "rival":
        return offers["rival"][0][0]
    return word
