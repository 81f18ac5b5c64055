"""Less is sent and the same is seen: every frame is played on a terminal beside the whole of it."""

from __future__ import annotations

import random
from pathlib import Path

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.terminal.ptys import MORNING, desk
from tests.tui.shop import make_shop
from tui.runtime.frame_diff import FrameDiff

WIDTH, HEIGHT = 40, 6
LOOKS = (
    None,
    Style(color="grey82", bgcolor="grey15"),
    Style(color="grey62", bgcolor="grey15"),
    Style(color="grey82", bgcolor="grey15", bold=True),
    Style(color="white", bgcolor="dark_blue", bold=True),
    Style(color="white", underline=True),
    Style(color="white", bold=True, underline=True),
    Style(color="grey82", bgcolor="grey15", italic=True),
    Style(bgcolor="grey15", reverse=True),
)
WORDS = ("毛衣女", "开衫", "a", "keep", " ", "   ", "¥37,460", "-", "晚上8点")


def row_of(chance: random.Random) -> Strip:
    """Return a row of any words in any looks, exactly as wide as the terminal."""
    parts: list[Segment] = []
    while sum(part.cell_length for part in parts) < WIDTH:
        parts.append(Segment(chance.choice(WORDS), chance.choice(LOOKS)))
    return Strip(parts).crop_pad(WIDTH, 0, 0, Style()).crop(0, WIDTH)


def played(terminal: pyte.Screen, sequences: str) -> None:
    pyte.Stream(terminal).feed(sequences)


def shown(terminal: pyte.Screen) -> list[tuple[object, ...]]:
    return [tuple(terminal.buffer[y][x] for x in range(WIDTH)) for y in range(HEIGHT)]


@pytest.mark.parametrize("seed", range(30))
def test_each_frame_looks_as_if_all_of_it_had_been_sent(seed: int) -> None:
    chance = random.Random(seed)
    spared, whole, wire = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT), FrameDiff()
    rows = [row_of(chance) for _ in range(HEIGHT)]
    frames = [list(enumerate(rows))]
    for _ in range(25):
        changed = []
        for y in sorted(chance.sample(range(HEIGHT), chance.randrange(1, HEIGHT))):
            rows[y] = row_of(chance) if chance.random() < 0.7 else rows[y]
            changed.append((y, rows[y]))
        frames.append(changed)
    for frame in frames:
        played(spared, wire.frame([(y, 0, [strip]) for y, strip in frame], ColorSystem.EIGHT_BIT))
        played(whole, FrameDiff().frame([(y, 0, [strip]) for y, strip in enumerate(rows_at(frames, frame))],
                                   ColorSystem.EIGHT_BIT))  # fmt: skip
        assert shown(spared) == shown(whole)
        assert spared.display == whole.display


def rows_at(frames: list[list[tuple[int, Strip]]], last: list[tuple[int, Strip]]) -> list[Strip]:
    """Return all rows as they stand after a frame."""
    rows: dict[int, Strip] = {}
    for frame in frames:
        rows |= dict(frame)
        if frame is last:
            break
    return [rows[y] for y in range(HEIGHT)]


def test_what_stands_there_is_not_sent_again_until_it_may_be_gone() -> None:
    wire, row = FrameDiff(), Strip([Segment("毛衣女 keep", LOOKS[1])])
    first = wire.frame([(2, 3, [row])], ColorSystem.EIGHT_BIT)
    assert first.startswith("\x1b[3;4H")
    assert wire.frame([(2, 3, [row])], ColorSystem.EIGHT_BIT) == ""
    wire.forget()
    assert wire.frame([(2, 3, [row])], ColorSystem.EIGHT_BIT) == first


def test_a_minute_costs_little_more_than_its_digits(tmp_path: Path) -> None:
    lan = desk(make_shop(tmp_path), at=MORNING.replace(":52:10", ":52:40"))
    lan.sees("deadline", 30.0)
    # What is worked out beforehand is painted before the minute.
    lan.sees("There are no data for this", 15.0)
    lan.sees("No file has been imported yet", 15.0)
    lan.read(1.0)
    told = b""
    while not told:
        told = lan.read(8.0)
    assert b"\x1b[1;79H" in told, "the last digit of the clock"
    assert len(told + lan.read(2.0)) < 200
    lan.types("\x11")
    assert lan.ends(10.0, reading=True) == 0


def test_a_key_paints_again_what_something_else_has_written_over(tmp_path: Path) -> None:
    lan = desk(make_shop(tmp_path))
    lan.sees("deadline", 30.0)
    lan.read(1.5)
    lan.forgets()
    lan.types("\x0c")
    lan.sees("deadline", 10.0)
    lan.types("\x11")
    assert lan.ends(10.0, reading=True) == 0
