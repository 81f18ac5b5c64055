"""Where in a TOML file a setting stands."""

from __future__ import annotations

import pytest

from core.shop.toml_lines import line_of

FILE = """\
drop = ["live"]
[days]
saturday = "weekday"
"2026-11-20" = "rush"
[steps.stock]   # less
minutes = 5
[steps.rivals]
minutes = 30
[[add]]
id = "one"
[[add]]
id = "two"
minutes = 3
""".splitlines()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("drop", 1),
        ("days.saturday", 3),
        ("days.2026-11-20", 4),
        ("steps.stock.minutes", 6),
        ("steps.rivals.minutes", 8),
        ("steps.rivals.ask", 7),
        ("add[1].minutes", 9),
        ("add[2].minutes", 13),
        ("drop[1]", 1),
        ("nobody.knows", None),
        ("drop[no number]", None),
    ],
)
def test_the_line_of_a_setting_or_of_the_table_around_it(path: str, line: int | None) -> None:
    assert line_of(FILE, path) == line
