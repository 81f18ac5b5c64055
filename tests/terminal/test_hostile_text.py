"""Text from exports and notes reaches the terminal as text: never as an order to it, never as markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.terminal.ptys import PATIENCE, Terminal
from tui.text.sanitize import content, fit, line, safe, width

PAYLOADS = [
    "TITLE\x1b]0;owned\x07x",
    "CLIP\x1b]52;c;b3duZWQ=\x07x",
    "CLEAR\x1b[2J\x1b[H\x1b[31mx",
    "CSI\x9b31mx\x9d0;owned\x9c",
    "NUL\x00DEL\x7fBEL\x07BS\x08x",
    "BIDI\u202eevil\u202c\u2066x\u2069",
    "ZERO\u200b\u200d\ufeffx\u00ad",
    "MARK[red]x[/red]",
    "CLICK[@click=app.quit]x[/]",
    "CRASH[/nope]x[/",
    "LOST[2026-01-01] [SB] [品牌] 词 [$accent]",
    "LINES\r\nx\x0b\x0cx\u2028x",
    "HALF\ud800x",
    "VARI⚠️\U000e0041x",
]
OWN = re.compile(
    rb"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]"  # colours, cursor, modes
    rb"|\x1b[78=>]|\x1bP\+q[0-9a-fA-F;]*\x1b\\|\x1b\[\?[0-9]+\$p"
)


@pytest.mark.parametrize("edge", ["edge", "alone"])
def test_no_widget_hands_an_order_on_to_the_terminal(edge: str, tmp_path: Path) -> None:
    words = tmp_path / "words.json"
    words.write_text(json.dumps(PAYLOADS), encoding="utf-8")
    terminal = Terminal("-m", "tests.terminal.gallery", str(words), edge, rows=50, columns=120)
    assert terminal.ends(PATIENCE, reading=True) == 0, terminal.written[-1500:]
    written = terminal.written.replace(
        b"\x1b]22;default\x07", b""
    )  # Textual's own: the mouse pointer's shape
    assert b"owned" in written, "the text itself is shown"
    for order in (
        b"\x1b]",
        b"\x9b31",
        b"\xc2\x9b",
        b"\x1b[31mx",
        b"\x07",
        b"\x08",
        b"\x00",
        b"\x7f",
        b"\xe2\x80\xae",
    ):
        assert order not in written
    rest = OWN.sub(b"", written).decode("utf-8")
    assert [char for char in rest if not char.isprintable() and char not in "\r\n"] == []
    for kept in ("[red]x[/red]", "[@click=app.quit]x[/]", "[/nope]x[/", "[SB] [品牌] 词 [$accent]"):
        assert kept in rest, "markup is text"


@given(st.text() | st.text(alphabet=st.characters(max_codepoint=0x2100)))
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_what_is_shown_is_printable_and_as_wide_as_it_says(text: str) -> None:
    clean = safe(text)
    assert all(char.isprintable() or char == "\u3000" for char in clean)
    assert safe(clean) == clean
    clean.encode("utf-8")
    assert content(text).plain == clean
    assert line(text, (text, "bold")).plain == clean * 2
    assert width(fit(text, 12)) == 12
