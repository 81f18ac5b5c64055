"""What the command line prints of the sample: reports, tables, past days, in both languages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from click.testing import CliRunner

from core.language.speech import Language, speak
from core.platforms.profile import DEFAULT
from core.tables.registry import TABLES
from tests.approved.sample_answers import MOMENTS, without_machine
from tui.cli.commands import shopday
from tui.cli.context import Terms

NIGHT = MOMENTS["monday-night"]
NOTHING_KNOWN = 4
SPANS = {"day": ("2026-11-01", "2026-11-15"), "week": ("2026-10-01", "2026-11-15"),
         "month": ("2026-09-01", "2026-11-15")}  # fmt: skip


def commands() -> Iterator[tuple[str, Language, list[str]]]:
    """Yield file name, language and words; SHOP stands for the shop's folder."""
    lang: Language
    for lang, kind, day in (("zh", "md", "2026-11-14"), ("en", "txt", "2026-11-13"),
                            ("en", "md", "2026-11-11"),
                            ("zh", "html", "2026-11-14")):  # fmt: skip
        yield f"report-{day}.{lang}.{kind}", lang, ["report", "SHOP", "--date", day, "--format", kind]
    for lang in ("zh", "en"):
        yield f"report-week.{lang}.md", lang, ["report", "SHOP", "--week", "2026-W46"]
        yield f"report-month.{lang}.md", lang, ["report", "SHOP", "--month", "2026-10"]
        yield f"review-month.{lang}.txt", lang, ["review", "SHOP", "--month", "2026-11"]
        yield f"review-day.{lang}.txt", lang, ["review", "SHOP", "--date", "2026-11-13"]
        yield f"day.{lang}.txt", lang, ["day", "SHOP"]
        yield f"promises.{lang}.txt", lang, ["promises", "SHOP"]
        yield f"find.{lang}.txt", lang, ["find", "SHOP", "针织", "conversion<2.5%"]
        yield f"steps.{lang}.txt", lang, ["steps", "SHOP"]
        yield f"files.{lang}.txt", lang, ["files", "SHOP"]
        yield f"channels.{lang}.txt", lang, ["post", "SHOP", "--channels"]
        yield f"tables.{lang}.txt", lang, ["table", "SHOP"]
    yield "day-2026-11-13.en.txt", "en", ["day", "SHOP", "--date", "2026-11-13"]
    yield "day-2026-11-15.zh.txt", "zh", ["day", "SHOP", "--date", "2026-11-15"]
    yield "day-2026-11-13.json", "en", ["day", "SHOP", "--date", "2026-11-13", "--json"]
    yield "ask-paid.en.txt", "en", ["ask", "SHOP", "paid"]
    yield "ask-stock.zh.txt", "zh", ["ask", "SHOP", "stock"]
    yield "files.json", "en", ["files", "SHOP", "--json"]
    yield "find.json", "en", ["find", "SHOP", "针织", "conversion<2.5%", "--json"]
    yield "promises.json", "en", ["promises", "SHOP", "--json"]
    yield "steps.json", "en", ["steps", "SHOP", "--json"]
    yield "review-day.json", "en", ["review", "SHOP", "--date", "2026-11-13", "--json"]
    yield "review-month.json", "en", ["review", "SHOP", "--month", "2026-11", "--json"]
    yield "day.json", "en", ["day", "SHOP", "--json"]
    for table in TABLES:
        for by, (first, last) in SPANS.items():
            lang = "zh" if by == "week" else "en"
            words = ["table", "SHOP", table, "--from", first, "--to", last, "--by", by]
            yield f"table-{table}-{by}.{lang}.md", lang, words


def printed(shop: Path, lang: Language, words: list[str], now: datetime = NIGHT) -> str:
    """Return what the command prints of the shop."""
    speak(lang, DEFAULT)  # as the program does before it reads any words
    with _speaking(lang):
        terms = Terms(clock=lambda: now, user="lan")
        given = [str(shop) if word == "SHOP" else word for word in words]
        ran = CliRunner().invoke(shopday, given, obj=terms)
    assert ran.exit_code in (0, NOTHING_KNOWN), f"{words}: {ran.output}"
    lines = without_machine(ran.output).replace(str(shop), "SHOP").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


@contextmanager
def _speaking(lang: Language) -> Iterator[None]:
    before = os.environ.get("SHOPDAY_LANG")
    os.environ["SHOPDAY_LANG"] = lang
    try:
        yield
    finally:
        if before is None:
            del os.environ["SHOPDAY_LANG"]
        else:
            os.environ["SHOPDAY_LANG"] = before
