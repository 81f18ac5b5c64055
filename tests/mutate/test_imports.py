"""Who imports a module is found in every way of writing it."""

from __future__ import annotations

from tests.mutate.imports import imported, importers, module_of


def test_modules_are_found_however_they_are_imported() -> None:
    code = "import core.a.b\nfrom core.c import d\n\n\ndef f() -> None:\n    from core.e.g import H\n"
    assert imported(code) == {"core.a.b", "core.c", "core.c.d", "core.e.g", "core.e.g.H"}


def test_a_table_of_the_product_is_known_by_those_that_use_it() -> None:
    found = importers("routines/days/weekday.py")
    assert "routines/days/day_plan.py" in found
    assert "core/exports/sheet.py" not in found
    assert module_of("core/exports/__init__.py") == "core.exports"
