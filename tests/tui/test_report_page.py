"""The report on the screen: a page to read, Markdown only while it is corrected."""

from __future__ import annotations

from tui.widgets.report_page import page_of

REPORT = """# Lanting: the day of Mon 16 Nov

**Yesterday ¥37,460, 78% of target.**

## Figures

| Value | Result | Against |
| --- | --- | --- |
| Sales | ¥37,460 | ¥48,001 |
| 访客数 | 8,203 |  |

### Still open

- Ask why \\*短视频\\* shows us less
- a second one that is long enough to be wrapped

What somebody typed \x1b[31mby hand.
"""


def test_headings_lists_and_tables_are_laid_out_without_their_signs() -> None:
    lines = page_of(REPORT).lines(36)
    assert [line.plain.rstrip() for line in lines] == [
        "Lanting: the day of Mon 16 Nov",
        "Yesterday ¥37,460, 78% of target.",
        "",
        "Figures",
        "Value   Result   Against",
        "------  -------  -------",
        "Sales   ¥37,460  ¥48,001",
        "访客数  8,203",
        "Still open",
        "- Ask why *短视频* shows us less",
        "- a second one that is long enough",
        "  to be wrapped",
        "What somebody typed [31mby hand.",
    ]
    assert str(lines[0].spans[0].style) == "bold $heading"
    assert str(lines[1].spans[0].style) == "bold"
    assert not lines[9].spans or "bold" not in str(lines[9].spans[-1].style)


def test_a_narrow_screen_wraps_the_cells_of_a_table() -> None:
    table = "| What | Why |\n| --- | --- |\n| list the coat | the rivals have sold it for two weeks |\n"
    lines = [line.plain for line in page_of(table).lines(30)]
    assert all(len(line) <= 30 for line in lines)
    assert " ".join(" ".join(lines).split()).count("rivals") == 1


def test_an_empty_report_is_an_empty_page() -> None:
    assert page_of("").lines(40) == []
