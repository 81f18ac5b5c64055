"""Whatever was written, and wherever: it is shown as text, and never acted on.

One shop holds every hostile string in every place a text can be typed or exported; then everything that
leaves the program is looked at: each step's answer, each screen, each command, the report and the tables as
files, the clipboard.
"""

from __future__ import annotations

import base64
import csv
import importlib
import inspect
import io
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from textual.screen import Screen

import tui.screens
from core.tables.registry import TABLES
from routines.io.day_report import day_report, render
from routines.past.review import Review
from routines.workday.workday import Workday
from tests.hostile.shop import DAY, EVENING, SHOP, WORDS, make_shop, work
from tests.terminal.keyboard import InProcess
from tui.app import DayApp
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.runtime import clipboard
from tui.runtime.session import Session
from tui.screens.step.step import StepScreen

pytestmark = pytest.mark.timeout(600)
"""A shop is made and a whole day asked first, maybe while others use the machine."""
FILES = (
    "shop.toml",
    ".shop.toml.lock",
    "routine.toml",
    "inbox",
    "facts",
    "journal",
    "drafts",
    "reports",
    "cache",
    "find",
    ".lock",
)
ALLOWED_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3", "h4", "p",
    "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td", "footer", "figure", "figcaption",
    "svg", "g", "path",
    "line", "rect", "circle", "text", "polyline", "polygon", "desc", "defs",
}  # fmt: skip
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"-?[\d,.]+%?")


@pytest.fixture(scope="module")
def shop(sample_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile shop after a day of work, all its answers asked."""
    folder = make_shop(sample_shop, tmp_path_factory.mktemp("hostile") / "shop")
    day = work(folder)
    for step in day.plan.steps:
        if step.analyse:
            day.ask(step.id)
    return folder


@pytest.fixture
def day(shop: Path) -> Workday:
    return Workday.open(shop, clock=lambda: EVENING, who="lan", lang="zh")


def harmless(text: str) -> bool:
    """Tell whether nothing in it steers a terminal, turns direction or hides."""
    return all(part.replace("\u3000", "").isprintable() for part in text.split("\n"))


def test_no_analysis_breaks_and_every_export_came_in(shop: Path, day: Workday) -> None:
    assert not (shop / "cache" / "trouble.log").exists()
    nothing = [
        step.id for step in day.plan.steps if step.analyse and day.ask(step.id).verdict.level == "nodata"
    ]
    assert set(nothing) <= {"breakdown"}, "what was asked was answered"


def test_what_was_typed_is_kept_as_it_was_typed(day: Workday) -> None:
    kept = "".join(note.text for note in day.notes())
    held = [word for word in WORDS if word.strip() in kept]
    assert len(held) > len(day.plan.steps) // 2
    assert any("\x1b" in word for word in held)


def test_nothing_was_written_anywhere_else(shop: Path) -> None:
    assert {path.name for path in shop.iterdir()} <= set(FILES)
    assert [path.name for path in shop.parent.iterdir()] == ["shop"]


def run(*words: object) -> str:
    """Return what the command prints."""
    terms = Terms(clock=lambda: EVENING, user="lan")
    done = CliRunner().invoke(shopday, [str(word) for word in words], obj=terms, env={"SHOPDAY_LANG": "zh"})
    assert done.exit_code in (0, 4), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def test_every_command_prints_text(shop: Path, day: Workday) -> None:
    steps = [step.id for step in day.plan.steps if step.analyse]
    asked: list[tuple[object, ...]] = [
        *(("ask", step) for step in steps), *(("ask", step, "--json") for step in steps[::5]),
        *(("report", "--format", kind) for kind in ("md", "txt", "html", "json")),
        ("report", "--week", "2026-W47"), ("day",), ("day", "--json"), ("steps",), ("steps", "--json"),
        ("undo",), ("import", "--dry-run"), ("import", "--dry-run", "--json"), ("doctor",), ("find", "owned"),
        ("find", "owned", "--json"), ("review",), ("review", "--date", DAY), ("promises",), ("table",),
    ]  # fmt: skip
    said = [run(command, shop, *words) for command, *words in asked]
    assert [text for text in said if not harmless(text)] == []
    assert sum("owned" in text for text in said) > 10, "the text itself is shown"


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_the_report_as_text_steers_and_formats_nothing(day: Workday, kind: str) -> None:
    text = render(day_report(day), kind)  # type: ignore[arg-type]
    assert harmless(text)
    assert "owned" in text
    if kind == "md":
        assert re.findall(r"(?<!\\)(?:<[a-z/!]|\]\(|`)", text, re.IGNORECASE) == []
        assert re.findall(r"^\s*[=+]", text, re.MULTILINE) == []


class Tags(HTMLParser):
    """Which tags and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str | None] = {}
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_report_as_a_page_has_no_tag_that_was_typed(day: Workday) -> None:
    page = Tags()
    page.feed(render(day_report(day), "html"))
    assert page.tags <= ALLOWED_TAGS
    assert [
        name for name in page.attributes if name.startswith("on") or name in ("href", "src", "xlink:href")
    ] == []
    assert "<script>alert('owned')</script>" in page.words.replace("\n", " "), "it is shown as text"
    assert harmless(page.words)


def test_what_goes_to_the_clipboard_is_text(day: Workday) -> None:
    text = render(day_report(day), "txt")[: clipboard.LIMIT // 4]
    spelled = clipboard.sequence(text + "".join(WORDS)).partition("52;c;")[2].partition("\a")[0]
    assert harmless(base64.b64decode(spelled).decode())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_computes_anything(shop: Path, tmp_path: Path, name: str) -> None:
    for kind in ("csv", "md", "xlsx"):
        file = tmp_path / f"{name}.{kind}"
        run("table", shop, name, "--from", "2026-11-01", "--to", DAY, "-o", file)
        if not file.exists():
            continue  # nothing to put into it
        if kind == "xlsx":
            book = openpyxl.load_workbook(file)
            cells = [cell for page in book for row in page.iter_rows() for cell in row]
            assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
            continue
        text = file.read_text(encoding="utf-8-sig")
        assert harmless(text.replace("\r\n", "\n"))
        if kind == "csv":
            computed = [cell for row in csv.reader(io.StringIO(text)) for cell in row if FORMULA.match(cell)]
            assert [cell for cell in computed if not NUMBER.fullmatch(cell)] == []


WORK_SCREENS = {"KeywordBoard": "board", "Meeting": "meeting", "HandsOnList": "todo"}
"""What a step calls the screen people work in, by the screen's class."""


def screens(session: Session) -> Iterator[tuple[str, Callable[[], Screen[Any]]]]:
    """Give every screen that can be made of the day, and each step's own."""
    day = session.workday
    steps: dict[str, str] = {step.screen: step.id for step in day.plan.steps if step.screen}
    review = Review(day)
    for module in pkgutil.walk_packages(tui.screens.__path__, f"{tui.screens.__name__}."):
        found = importlib.import_module(module.name)
        for name, made in inspect.getmembers(found, inspect.isclass):
            if not issubclass(made, Screen) or made.__module__ != found.__name__ or name.startswith("_"):
                continue
            wanted = [
                each for each in inspect.signature(made).parameters if each not in ("args", "kwargs", "self")
            ]
            known: dict[str, Any] = {
                "step": steps.get(WORK_SCREENS.get(name, "")),
                "review": review,
                **dict.fromkeys(("day", "left", "right"), DAY),
            }
            if not hasattr(made, "title_words") or name in ("BaseScreen", "StepScreen"):
                continue
            if all(each in known for each in wanted):
                given = {each: known[each] for each in wanted}
                yield name, lambda made=made, given=given: made(**given)  # type: ignore[misc]
    for step in day.plan.steps:
        yield step.id, lambda step=step: StepScreen(session, step.id)  # type: ignore[misc]


def painted(screen: Screen[Any]) -> str:
    """Return what the screen paints; nothing of it may be more than a styled text."""
    lines = []
    for strip in screen._compositor.render_strips():
        for segment in strip:
            if segment.control:
                continue
            style = segment.style
            assert style is None or style.link is None, segment
            assert style is None or "app.quit" not in str(style.meta), segment
        lines.append(strip.text)
    text = "\n".join(lines)
    assert harmless(text), [line for line in lines if not line.isprintable()]
    return text


async def test_every_screen_shows_text(day: Workday) -> None:
    shown: dict[str, str] = {}
    app = DayApp(Session(day))
    async with app.run_test(size=(100, 60)) as pilot:
        lan = InProcess(pilot)
        await lan.sees(SHOP)
        shown["today"] = painted(app.screen)
        for name, make in screens(app.session):
            screen = make()
            await app.push_screen(screen)
            while not (seen := painted(screen)).strip():
                await pilot.pause(0.05)
            shown[name] = seen
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause(0)
    assert len(shown) > len(day.plan.steps) + 8
    tame = [
        name for name, text in shown.items() if "owned" not in text and "x[/" not in text and "第" not in text
    ]
    assert len(tame) < 6, tame


def test_the_journal_is_still_what_it_was(shop: Path) -> None:
    files = list((shop / "journal").glob("*/*.json"))
    assert [path.name for path in files] == [f"{DAY}.json"]
    assert json.loads(files[0].read_text(encoding="utf-8"))
