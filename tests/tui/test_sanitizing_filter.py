"""The last look at a painted line: it is short on the wire and looks as it was made."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.text.sanitize import SanitizingFilter

NIGHT = Color.parse("#000000")
BAR = Style(color="white", bgcolor="grey15")
QUIET = Style(color="grey62", bgcolor="grey15")


def painted(*segments: Segment) -> list[tuple[str, Style | None]]:
    return [(part.text, part.style) for part in SanitizingFilter().apply(list(segments), NIGHT)]


def test_words_that_look_alike_are_sent_as_one_piece() -> None:
    words = [Segment(word, BAR) for word in ("Yesterday", " ", "¥37,460", ",", " ", "78%")]
    assert painted(*words) == [("Yesterday ¥37,460, 78%", BAR)]


def test_blanks_need_no_colour_of_their_own() -> None:
    assert painted(Segment(" ", QUIET), Segment("watch", BAR), Segment("   ", QUIET)) == [(" watch   ", BAR)]
    assert painted(Segment("  ", BAR), Segment("  ", QUIET)) == [("    ", BAR)]


def test_blanks_that_show_keep_their_look() -> None:
    other = Style(color="white", bgcolor="grey30")
    turned = QUIET + Style(reverse=True)
    lined = QUIET + Style(underline=True)
    for seen in (other, turned, lined):
        assert painted(Segment("a", BAR), Segment("  ", seen)) == [("a", BAR), ("  ", seen)]
        assert painted(Segment("  ", BAR), Segment("a", seen)) == [("  ", BAR), ("a", seen)]
        assert painted(Segment("a", seen), Segment("  ", BAR)) == [("a", seen), ("  ", BAR)]


def test_what_a_click_does_stays_where_it_is() -> None:
    pressed = QUIET + Style.from_meta({"@click": "do('help')"})
    assert painted(Segment("a", BAR), Segment("  ", pressed)) == [("a", BAR), ("  ", pressed)]


def test_a_line_of_one_piece_is_left_alone() -> None:
    assert painted(Segment("all alike", BAR)) == [("all alike", BAR)]
    assert painted() == []
    assert painted(Segment("a", None), Segment("b", None)) == [("ab", None)]


def test_what_could_steer_the_terminal_is_taken_out_cell_for_cell() -> None:
    assert painted(Segment("a\x1b[2Jb", BAR), Segment("c", BAR)) == [("a[2Jbc", BAR)]
    assert painted(Segment("毛\u202e衣", BAR)) == [("毛衣", BAR)]
