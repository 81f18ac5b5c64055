"""``python -m sample.pictures``: make the documentation's pictures from the program on the sample shop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from core.language.locale_folders import languages
from core.language.speech import speak
from routines.workday.workday import Workday
from tui.app import DayApp
from tui.runtime.session import Session

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
MORNING = datetime.fromisoformat("2026-11-16T08:30:00+08:00")
SIZE = (100, 34)
FONTS = "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"
SIZE_OF_TEXT = 16
WIDE, HIGH, BASE, EDGE = 9.6, 20, 15, 12
"""In pixels: a cell's width and height, the text's baseline in it, and the outer margin."""
SCENES = {"today": "", "step": "paid"}
"""For each picture, the step it shows; empty for the agenda."""
PATIENCE = 120.0
"""The maximum number of seconds to wait for the answers."""
STILL = 3.0
"""Seconds without a change after which a screen counts as complete."""


def main() -> None:
    """Draw every scene in all languages, light and dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        shop = Path(home) / "tangli"
        command = [sys.executable, "-m", "tui", "demo", str(shop), "--no-open"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - this program
        for lang in languages():
            for theme in ("light", "dark"):
                for scene, step in SCENES.items():
                    svg = asyncio.run(drawn(shop, lang, theme, step))
                    (FOLDER / f"{scene}.{lang}.{theme}.svg").write_text(svg, encoding="utf-8")


async def drawn(shop: Path, lang: str, theme: str, step: str) -> str:
    """Return the picture of a screen once its answers have arrived."""
    workday = Workday.open(shop, clock=lambda: MORNING, who="lan", lang=lang)  # type: ignore[arg-type]
    speak(workday.lang)
    session = Session(workday)
    app = DayApp(session, theme=f"desk-{theme}")
    async with app.run_test(size=SIZE) as pilot:
        if step:
            await pilot.press("colon", *step, "enter")
        await _settled(pilot, session)
        colours = app.theme_variables
        strips = app.screen._compositor.render_strips()  # noqa: SLF001 - what is on the screen
        return picture(strips, SIZE[0], colours["background"], colours["foreground"])


async def _settled(pilot: Pilot[None], session: Session) -> None:
    """Wait until nothing is being computed and the screen has not changed for a while."""
    end, since, before = time.monotonic() + PATIENCE, time.monotonic(), ""
    while time.monotonic() < end:
        await pilot.pause(0.2)
        now = pilot.app.export_screenshot()
        if session.asking or now != before:
            since, before = time.monotonic(), now
        elif time.monotonic() - since > STILL:
            return


def picture(strips: Iterable[Iterable[Segment]], width: int, ground: str, ink: str) -> str:
    """Return lines of styled cells as SVG; a wide character takes two cells.

    Rich's own export counts characters instead of cells, which compresses Chinese text.
    """
    shapes: list[str] = []
    row = 0
    for row, strip in enumerate(strips):
        column = 0
        for segment in strip:
            style = segment.style or Style.null()
            fore, back = _colour(style.color, ink), _colour(style.bgcolor, ground)
            if style.reverse:
                fore, back = back, fore
            cells = cell_len(segment.text)
            if back != ground:
                box = f'x="{column * WIDE:g}" y="{row * HIGH}" width="{cells * WIDE:g}" height="{HIGH}"'
                shapes.append(f'<rect {box} fill="{back}"/>')
            for (blank, _), run in groupby(segment.text, key=lambda one: (one.isspace(), cell_len(one))):
                text = "".join(run)
                if not blank:
                    room = f' textLength="{cell_len(text) * WIDE:g}"' if len(text) > 1 else ""
                    weight = ' font-weight="bold"' if style.bold else ""
                    place = f'x="{column * WIDE:g}" y="{row * HIGH + BASE}"'
                    shapes.append(f'<text {place}{room} fill="{fore}"{weight}>{escape(text)}</text>')
                column += cell_len(text)
    size = f"{width * WIDE + 2 * EDGE:g} {(row + 1) * HIGH + 2 * EDGE}"
    lines = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-EDGE} {-EDGE} {size}" font-family="{FONTS}"'
        f' font-size="{SIZE_OF_TEXT}" xml:space="preserve">\n'
        f'<rect x="{-EDGE}" y="{-EDGE}" width="100%" height="100%" rx="8" fill="{ground}" stroke="#888"/>\n'
        f"{lines}\n</svg>\n"
    )


def _colour(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


if __name__ == "__main__":
    main()
