"""File names say what is in them: names that need their author beside them are kept out."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNCLEAR = {
    "agreed",
    "ahead",
    "among",
    "answering",
    "answers",
    "aside",
    "asking",
    "biff",
    "board",
    "carried",
    "carrying",
    "casting",
    "checkup",
    "clean",
    "coded",
    "coloured",
    "covered",
    "decided",
    "desk",
    "diet",
    "doing",
    "drafting",
    "durable",
    "duties",
    "ending",
    "feedback",
    "fence",
    "finding",
    "fitting",
    "folds",
    "found",
    "gap",
    "gathered",
    "goods",
    "guard",
    "held",
    "inbox",
    "layout",
    "lean",
    "listed",
    "looks",
    "matured",
    "naming",
    "news",
    "normal",
    "ordinary",
    "overlay",
    "package",
    "parsed",
    "past",
    "peers",
    "people",
    "placed",
    "predicting",
    "promised",
    "prose",
    "reading",
    "reads",
    "rehearsal",
    "safe",
    "said",
    "scan",
    "served",
    "serving",
    "shelf",
    "shown",
    "standing",
    "straight",
    "tabling",
    "telling",
    "terms",
    "tidy",
    "todo",
    "told",
    "troubles",
    "typed",
    "unused",
    "usage",
    "view",
    "weeks",
    "whereabouts",
    "widest",
    "wire",
    "words",
    "written",
}
"""Names of files that did not say to a newcomer what is in them; each has a better one (docs, glossary)."""


def unclear(names: list[str]) -> list[str]:
    """Return the files with such a name, tests of them included."""
    stems = ((name, Path(name).stem.removeprefix("test_")) for name in names)
    return [name for name, stem in stems if stem in UNCLEAR or stem.endswith(("_mixin", "_method"))]


def test_no_file_has_a_name_that_needs_explaining() -> None:
    names = [
        str(path.relative_to(ROOT))
        for package in ("core", "routines", "tui", "tests")
        for path in (ROOT / package).rglob("*.py")
    ]
    assert len(names) > 500
    assert unclear(names) == []


@pytest.mark.parametrize("name", ["core/x/said.py", "tests/x/test_told.py", "tui/step_mixin.py"])
def test_such_a_name_is_found(name: str) -> None:
    assert unclear([name]) == [name]
