"""The evening report: what is in it, that nothing is lost, and that nothing in it can do harm."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from html import unescape
from pathlib import Path

import pytest

from core.answers.answer import Answer, Finding, Number, Verdict
from core.language.speech import speak
from core.language.text_width import cells_of
from core.reports import gather, html, markdown, text
from core.reports.blocks import Block, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.day_report import FormWords, PlannedStep, Report
from core.reports.plain_text import clean
from core.shop.settings import Person, Shop
from tests.topics.writing import Journal

DAY = date(2026, 11, 16)
SHOP = Shop(name="兰亭女装", team=(Person(name="周岩", roles=("promotion",)),))
PLAN = (
    PlannedStep("target", "Target", time(8, 30), 15),
    PlannedStep("rivals", "Rivals", time(9, 10), 20),
    PlannedStep("summary", "Daily report", time(21, 50), 10),
)
FORMS = {"rival": FormWords("A look at a rival", {"rival": "Rival", "price": "Price"})}
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example","x")',
    "[x](javascript:alert(1))",
    "**bold** _it_ `code` ~~no~~",
    "# heading | cell | cell",
    "\x1b[31mred\x1b[0m\x07",
    "\u202egnirts\u202c\u200b\u2066x",
    "line one\nline two\r\n- item",
    "![i](https://evil.example/p.png)",
    "1. one",
    "+1 -1 @all & &amp; {{ 7*7 }} {% raw %}",
    "www.evil.com a@b.com",
    "C:\\path\\*",
)


def journal(note: str = "首屏改回去了") -> Journal:
    day = Journal(DAY)
    found = (
        Finding("target/a", "act", "短视频断了"), Finding("target/b", "good", "点击率更高"),
        Finding("drivers/keep", "info", "Steady: AOV"),
    )  # fmt: skip
    figures = (
        Number("Yesterday's sales", "CNY", 37460.0, reference=48001.0),
        Number("Month-end forecast", "CNY", 2.4e6, 2.3e6, 2.5e6),
    )
    day.shown("target", Answer(Verdict("watch", "Yesterday ¥37,460."), found, figures, ("No market data.",)))
    day.worked("target", "08:30", "08:41")
    day.write("reply", "target", question="Which number must move?", text="访客数")
    day.write("note", "target", at="08:40", text=note)
    day.write(
        "record", "rivals", form="rival", values={"price": "129-199", "rival": "r01", "new_listings": None}
    )
    day.write(
        "decision", "target", at="10:30", who="周岩", key="paid/毛衣女", choice="delete", detail="0.40%"
    )
    day.write("skipped", "rivals", reason="网断了")
    name = day.promise("催货", due=DAY.isoformat())
    day.write("action-update", "target", action=name, state="handed", owner="许舟", reason="他在厂里")
    day.write(
        "action",
        "target",
        text="改图",
        role="promotion",
        due=(DAY + timedelta(days=1)).isoformat(),
        metric="ctr",
    )
    return day


def report(day: Journal | None = None, **given: object) -> Report:
    day = day or journal()
    earlier = [entry for when, entries in day.days.items() if when < DAY for entry in entries]
    return gather.report(day.entries, earlier, shop=SHOP, day=DAY, plan=PLAN, forms=FORMS, **given)  # type: ignore[arg-type]


def words(found: tuple[Block, ...]) -> list[str]:
    """Return every text of the report, in order."""
    said: list[str] = []
    for block in found:
        match block:
            case Heading() | Paragraph():
                said.append(block.text)
            case Bullets():
                said += block.lines
            case Grid():
                said += [*block.columns, *(cell for row in block.rows for cell in row)]
    return [one for one in said if one]


# ---- what must be left alone


def test_an_empty_day_is_a_report_too() -> None:
    empty = gather.report([], shop=SHOP, day=DAY)
    for render in (markdown.render, html.render, text.render):
        assert "兰亭女装" in render(empty)


def test_a_step_nobody_touched_has_no_section() -> None:
    assert "### Daily report" not in markdown.render(report())


def test_what_was_not_filled_in_is_not_shown() -> None:
    assert "None" not in markdown.render(report())
    assert "new_listings" not in text.render(report())


def test_a_corrected_report_is_shown_as_corrected() -> None:
    day = journal()
    day.write("report", text="# 我的日报\n\n今天很好。\n\n- 一\n- 二\n", state="finished", figures={})
    built = report(day)
    assert built.state == "finished"
    assert markdown.render(built) == "# 我的日报\n\n今天很好。\n\n- 一\n- 二\n"
    assert "<h1>我的日报</h1>" in html.render(built)
    assert "<li>二</li>" in html.render(built)
    assert "- 二" in text.render(built)
    assert "催货" not in html.render(built)


# ---- what is in it


def test_the_verdict_comes_first() -> None:
    lines = markdown.render(report()).splitlines()
    assert lines[0].startswith("# 兰亭女装")
    assert lines[2].startswith("**Yesterday ¥37,460.")


def test_the_first_page_has_figures_good_bad_actions_and_tomorrow() -> None:
    found = report()
    assert [one.name for one in found.figures] == ["Yesterday's sales", "Month-end forecast"]
    assert found.figures[1].band == "¥2,300,000 to ¥2,500,000"
    assert found.good == ("点击率更高",)
    assert found.improve == ("短视频断了",)
    assert found.keep == ("Steady: AOV",)
    assert [(one.text, one.owner, one.reason) for one in found.handed] == [("催货", "许舟", "他在厂里")]
    assert [(one.text, one.owner, one.metric) for one in found.open] == [("改图", "周岩", "ad click rate")]
    assert found.tomorrow == ("催货 (许舟)", "改图", "短视频断了")


def test_every_step_has_its_answer_notes_replies_records_and_decisions() -> None:
    target, rivals, _ = report().steps
    assert target.verdict is not None
    assert [one.text for one in target.notes] == ["首屏改回去了"]
    assert [(one.question, one.text) for one in target.replies] == [("Which number must move?", "访客数")]
    assert [one.text for one in target.decisions] == ["delete: 毛衣女 (0.40%)"]
    assert target.limits == ("No market data.",)
    assert (target.used, target.minutes) == (11, 15)
    assert rivals.records[0].fields == (("Rival", "r01"), ("Price", "129-199"))
    assert (rivals.state, rivals.reason) == ("skipped", "网断了")


def test_time_used_is_told_against_time_planned() -> None:
    assert "11 of the 45 planned minutes were used." in markdown.render(report())


def test_what_was_written_late_says_so() -> None:
    day = journal()
    day.write("note", "target", at="23:30", text="补记", late=True)
    shown = markdown.render(report(day))
    assert "补记 (小兰, written late, 23:30)" in shown
    assert "1 entry was written after the day." in shown


def test_an_edited_note_shows_once_in_its_last_form() -> None:
    day = journal()
    name = day.write("note", "target", text="错字")
    day.write("note", "target", text="改好了", replaces=name)
    shown = markdown.render(report(day))
    assert "改好了" in shown
    assert "错字" not in shown


def test_the_three_forms_say_the_same() -> None:
    found = report()
    said = words(blocks(found))
    page = unescape(re.sub(r"<[^>]+>", " ", html.render(found).split("<body>")[1]))
    flat = "".join(text.render(found).split())
    heads = {name for one in blocks(found) if isinstance(one, Grid) and one.cards for name in one.columns}
    for one in said:
        assert markdown.escape(one) in markdown.render(found)
        assert one in page or one in heads, "a card shows no heads"
        assert "".join(one.split())[:8] in flat


def test_markdown_reads_back_as_what_was_written() -> None:
    found = blocks(report(journal("a | b * c _ d # e [f](g) <h>")))
    assert words(markdown.to_blocks(markdown.from_blocks(found))) == words(found)


# ---- what foreign text may not do


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_text_is_shown_as_text(foreign: str) -> None:
    found = report(journal(foreign))
    page = html.render(found)
    assert "<script" not in page
    assert "<img" not in page
    assert "<a " not in page
    assert clean(foreign) in unescape(re.sub(r"<[^>]+>", "", page.split("<body>")[1]))
    shown = markdown.render(found)
    assert markdown.escape(clean(foreign)) in shown
    for render in (page, shown, text.render(found)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", render)


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_text_survives_the_way_through_markdown(foreign: str) -> None:
    plain = clean(foreign)
    back = markdown.to_blocks(
        markdown.from_blocks([Paragraph("x"), Bullets((plain,)), Grid(("c", "d"), ((plain, "e"),))])
    )
    assert words(back) == ["x", plain, "c", "d", plain, "e"]


def test_nothing_is_fetched_from_anywhere() -> None:
    page = html.render(report())
    assert not re.search(r"https?://|src=|@import|<link|<script", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_text_keeps_to_its_width_in_cells() -> None:
    long = report(journal("很长的一句话，没有一个空格可以换行，" * 12))
    assert max(cells_of(line) for line in text.render(long, 72).splitlines()) <= 72


@pytest.fixture
def chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


@pytest.mark.usefixtures("chinese")
def test_a_chinese_report_has_no_english_headings() -> None:
    shown = "\n".join(line for line in markdown.render(report()).splitlines() if line.startswith(("#", "|")))
    for english in (
        "Figures",
        "Good",
        "To improve",
        "Actions",
        "First things",
        "Step by step",
        "Value",
        "Who",
        "handed",
    ):
        assert english not in shown


def test_a_report_needs_neither_pandas_nor_scipy() -> None:
    code = (
        "import sys; from core.reports import gather, html, markdown, text; "
        "print([name for name in ('pandas', 'scipy', 'numpy') if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_a_join_is_kept_between_pictographs_and_hides_nowhere_else() -> None:
    assert clean("👩\u200d💻 ❤\ufe0f\u200d🔥 删\u200d除 x\u200d") == "👩\u200d💻 ❤\ufe0f\u200d🔥 删除 x"
