"""The board's page in a browser: it asks nobody, fits a phone, and follows the dark setting."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

from core.language.speech import speak
from routines.fleet.board_page import page
from routines.fleet.board_store import board_store
from routines.fleet.fleet_board import board
from tests.conftest import CHROMIUM
from tests.reports.test_pictures import printed
from tests.tui.test_fleet_board import NOW, make_fleet, row

MEASURE = """
<script>
addEventListener("load", () => {
  const wide = document.documentElement.scrollWidth, screen = innerWidth;
  const cut = [...document.querySelectorAll("td, p")].filter(e => e.scrollWidth > e.clientWidth + 1).length;
  const style = getComputedStyle(document.body);
  document.title = JSON.stringify({wide, screen, cut, ground: style.backgroundColor, ink: style.color});
});
</script>
"""


def made(folder: Path, lang: str = "en") -> str:
    """Return the page of a board with long and hostile texts."""
    rows = [
        row("慵懒风套头毛衣旗舰店", headline="<img src=http://127.0.0.1:9/x onerror=alert(1)>" + "很长" * 80),
        row("broken", trouble="shop.toml:3: " + "x" * 300),
        row("old", computed="2026-11-12T09:00:00+08:00"),
        row("never", computed=""),
        *(row(f"shop{n}", stake=None, recent=()) for n in range(20)),
    ]
    fleet = make_fleet(folder, rows)
    speak(lang)
    try:
        return page(board(fleet, board_store(fleet, now=lambda: NOW), user="lan", at=NOW))
    finally:
        speak("en")


def test_every_shop_stands_on_the_page_in_the_readers_language(tmp_path: Path) -> None:
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", made(tmp_path, "zh"), flags=re.DOTALL))
    for word in ("我的店", "月进度", "牵涉金额", "shop19", "4 天前算的", "这家店还没算过"):
        assert word in text


@pytest.mark.e2e
def test_a_browser_shows_it_without_a_word_and_asks_nobody(tmp_path: Path) -> None:
    said, asked, pdf = printed(made(tmp_path), tmp_path / "ours")
    assert "CONSOLE" not in said
    assert asked == set()
    assert pdf.startswith(b"%PDF")


@pytest.mark.e2e
@pytest.mark.parametrize(("width", "dark"), [(360, False), (390, True), (768, False), (1400, True)])
def test_it_fits_a_phone_and_a_desk_in_light_and_dark(tmp_path: Path, width: int, dark: bool) -> None:  # noqa: FBT001 - a case
    text = made(tmp_path).replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    file = tmp_path / "measured.html"
    frame = f'<iframe src="inner.html" width="{width}" height="800"></iframe>'
    (tmp_path / "inner.html").write_text(text.replace("</head>", f"{MEASURE}</head>"), encoding="utf-8")
    script = "<script>setInterval(() => { document.title = frames[0].document.title }, 50)</script>"
    file.write_text(f'<meta name="color-scheme" content="light dark">{frame}{script}', encoding="utf-8")
    words = ["--blink-settings=preferredColorScheme=0"] if dark else []
    told = subprocess.run(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         "--window-size=1600,1000", f"--user-data-dir={tmp_path / 'browser'}", "--virtual-time-budget=3000",
         *words, "--dump-dom", file.as_uri()],
        capture_output=True, text=True, timeout=100, check=True,
    ).stdout  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", told)
    assert title is not None, told[:500]
    seen = json.loads(unescape(title[1]))
    assert seen["screen"] == width
    assert seen["wide"] <= width, "it scrolls sideways"
    assert seen["cut"] == 0
    dark_ground = seen["ground"] == "rgb(20, 23, 29)"
    assert dark_ground is dark
