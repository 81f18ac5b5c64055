"""What a boss reads is one page with the verdict first, and the same in markdown, HTML and plain text."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from core.answers.answer import Answer, Finding, Number, Verdict
from core.journal.entry import Entry
from core.language.speech import Language, speak
from core.reports import gather, html, markdown, text
from core.reports.blocks import ROWS, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.day_report import OwnWords, Report
from core.shop.loading import load_shop
from routines.io.day_report import day_report
from routines.workday.workday import Workday
from tests.conftest import CHROMIUM, copy_of
from tests.reports.test_report import DAY, PLAN, SHOP
from tests.topics.writing import Journal


def crowded() -> Report:
    """A day on which far more was found and agreed than a page holds."""
    return gather.report(crowded_entries(), shop=SHOP, day=DAY, plan=PLAN)


def crowded_entries() -> tuple[Entry, ...]:
    """The journal of that day."""
    journal = Journal(DAY)
    findings = [
        Finding(f"stock/order/{n}", "act", f"第 {n} 款只够卖 {n % 5 + 1}.5 天，今天就下单 {n * 35} 件。")
        for n in range(20)
    ]
    findings += [
        Finding(f"service/{n}", "good", f"第 {n} 位客服转化 5{n % 10}.2%，值得分享。") for n in range(12)
    ]
    journal.shown(
        "target",
        Answer(Verdict("watch", "昨日 ¥37,460。"), tuple(findings), (Number("昨日成交", "CNY", 37460.0),)),
    )
    for n in range(24):
        due = DAY + timedelta(days=n % 4)
        journal.write(
            "action", "target", text=f"第 {n} 件事", role="promotion", owner="周岩", due=due.isoformat()
        )
    return tuple(journal.entries)


def bare(words: str) -> str:
    """The words without what a form adds or breaks: spaces, line ends, escapes, marks of markdown."""
    return re.sub(r"[\s\\*#|>-]", "", words)


def facts(report: Report) -> list[str]:
    """Every sentence, cell and heading the report holds."""
    found: list[str] = []
    for block in blocks(report):
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Bullets():
                found += block.lines
            case Grid():
                heads = () if block.cards else block.columns  # a card shows no heads
                found += [*heads, *(cell for row in block.rows for cell in row)]
    return [fact for fact in found if fact]


def missing_somewhere(report: Report) -> list[str]:
    """The facts that one of the three forms does not hold; plain text breaks wide cells into lines."""
    page = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", html.render(report), flags=re.DOTALL))
    whole, plain = (bare(markdown.render(report)), bare(page)), bare(text.render(report, width=4000))
    return [
        fact
        for fact in facts(report)
        if any(bare(fact) not in form for form in whole)
        or any(bare(piece) not in plain for piece in text.wrap(fact, text.WIDEST))
    ]


def first_page(report: Report) -> list[str]:
    """The report up to its details, a block a text."""
    lines: list[str] = []
    for block in blocks(report):
        if isinstance(block, Heading) and block.text in ("Step by step", "逐步明细"):
            break
        lines += block.lines if isinstance(block, Bullets) else [getattr(block, "text", "")]
        lines += [" ".join(row) for row in block.rows] if isinstance(block, Grid) else []
    return [line for line in lines if line]


def printed_pages(page: str, folder: Path) -> int:
    """How many A4 pages the part before pictures and details prints on."""
    front = re.split(r'<section class="(?:pictures|details)">', page)[0] + "</main></body></html>"
    source, made = folder / "front.html", folder / "front.pdf"
    source.write_text(front, encoding="utf-8")
    subprocess.run(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chrome'}",
         "--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return len(re.findall(rb"/Type\s*/Page\b", made.read_bytes()))


def test_the_verdict_stands_first() -> None:
    title, verdict, *_ = blocks(crowded())
    assert isinstance(title, Heading)
    assert isinstance(verdict, Paragraph)
    assert verdict.strong


def test_a_crowded_day_holds_the_same_facts_in_every_form() -> None:
    assert missing_somewhere(crowded()) == []


def test_a_crowded_day_keeps_to_one_page_and_loses_nothing() -> None:
    report = crowded()
    assert len(first_page(report)) < 45
    said = " ".join(facts(report))
    for n in range(24):
        assert f"第 {n} 件事" in said
    for n in range(20):
        assert f"第 {n} 款只够卖" in said


def test_what_is_late_comes_before_what_has_time() -> None:
    found = blocks(crowded())
    place = next(n for n, one in enumerate(found) if isinstance(one, Heading) and one.text == "Still open")
    first = found[place + 1]
    assert isinstance(first, Bullets)
    assert len(first.lines) == ROWS + 1
    assert all("16 Nov" in line for line in first.lines[:ROWS])
    everything = next(one for one in found if isinstance(one, Grid) and "Action" in one.columns)
    assert [row[0] for row in everything.rows][-1] == "under way"


def test_a_quiet_day_has_its_actions_once() -> None:
    journal = Journal(DAY)
    journal.write("action", "target", text="催货", role="supply", owner="许舟", due=DAY.isoformat())
    report = gather.report(journal.entries, shop=SHOP, day=DAY, plan=PLAN)
    assert sum("Action" in one.columns for one in blocks(report) if isinstance(one, Grid)) == 1


def quiet() -> Report:
    """A day with one sentence and one action."""
    journal = Journal(DAY)
    journal.shown("target", Answer(Verdict("info", "昨日 ¥37,460，达成。")))
    journal.write("action", "target", text="催货", role="supply", owner="许舟", due=DAY.isoformat())
    return gather.report(journal.entries, shop=SHOP, day=DAY, plan=PLAN)


@pytest.mark.e2e
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("made", [quiet, crowded])
def test_a_quiet_and_a_crowded_day_print_their_summary_on_one_page(
    made: Callable[[], Report], lang: Language, tmp_path: Path
) -> None:
    speak(lang)
    assert printed_pages(html.render(made()), tmp_path) == 1


@pytest.mark.e2e
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_samples_last_day_is_a_report_a_boss_accepts(
    lang: Language, sample_shop: Path, tmp_path: Path
) -> None:
    shop = copy_of(sample_shop, tmp_path / "lanting")
    report = worked_through(shop, lang)
    title, verdict = blocks(report)[:2]
    assert isinstance(verdict, Paragraph)
    assert "99.6%" in verdict.text
    assert isinstance(title, Heading)
    assert missing_somewhere(report) == []
    front = " ".join(first_page(report))
    for figure in ("¥37,460", "¥48,001", "¥1,594,231", "¥2,443,645", "8,203", "3.03"):
        assert figure in front
    assert len(first_page(report)) < 55
    assert printed_pages(html.render(report), tmp_path) == 1


def worked_through(shop: Path, lang: Language) -> Report:
    """Go through every step of the day, take on what is urgent, and hand the report in."""
    zone, day = load_shop(shop).zone, date(2026, 11, 16)
    at = [datetime(2026, 11, 16, 8, 30, tzinfo=zone)]
    workday = Workday.open(shop, clock=lambda: at[0], who="沈岚", day=day, lang=lang)
    for step in workday.plan.steps:
        at[0] = max(at[0] + timedelta(minutes=1), datetime.combine(day, step.at, zone))
        workday.begin(step.id)
        answer = workday.ask(step.id)
        workday.shown(step.id, answer)
        for finding in answer.findings:
            for proposal in finding.proposals if finding.level == "act" and step.at.hour < 12 else ():
                workday.act(step.id, proposal, finding=finding.key)
        at[0] += timedelta(minutes=2)
        workday.finish(step.id)
    speak(lang)
    return day_report(workday)


def test_suggested_first_things_say_so_and_the_operators_own_do_not() -> None:
    entries = crowded_entries()
    theirs = gather.report(entries, shop=SHOP, day=DAY, plan=PLAN)
    ours = gather.report(entries, shop=SHOP, day=DAY, plan=PLAN, own=OwnWords(tomorrow=("Call the mill",)))
    assert "First things tomorrow (suggested by shopday)" in facts(theirs)
    assert "First things tomorrow" in facts(ours)


def test_the_foot_names_who_checked_a_finished_report() -> None:
    page = html.render(replace(quiet(), state="finished", written_by="沈岚"))
    assert "Made by shopday from the day&#39;s journal, checked by 沈岚." in page
    assert "checked by" not in html.render(quiet())
