"""Three quiet mornings and five troubles of shops nobody chose, by export files and ``shopday ask``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.exam.exam import in_this_process, morning, names, only_roots, troubled
from tests.exam.made_shop import quiet
from tests.exam.peaks import peaked
from tests.exam.planted_troubles import several


@pytest.mark.parametrize("seed", [11001, 11003, 11005])
def test_a_quiet_shop_is_asked_for_nothing(tmp_path: Path, seed: int) -> None:
    found = morning(tmp_path / "shop", quiet(seed), in_this_process)
    assert found.asked == ()


@pytest.mark.parametrize(
    "kind", ["item_page", "price_typo", "source_stopped", "new_poor_source", "agent_slow"]
)
def test_a_trouble_is_named_first(tmp_path: Path, kind: str) -> None:
    made, planted = troubled(5_011_001, kind)
    found = morning(tmp_path / "shop", made, in_this_process)
    assert names(found.asked[0], planted)
    assert found.verdict.startswith(found.asked[0]["text"].split(". ")[0])


@pytest.mark.parametrize("number", [0, 1])
def test_of_several_troubles_the_roots_are_told_and_only_the_roots(tmp_path: Path, number: int) -> None:
    """Two at once, and one parent with its children."""
    seed = 9_011_001 + number
    made = quiet(seed, visitors=9000, items=16)
    planted = several(made, np.random.default_rng(seed + 7), number)
    found = morning(tmp_path / "shop", made, in_this_process)
    assert only_roots(found, planted), [one["text"] for one in found.asked]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_an_unlisted_peak_moves_no_plan_and_is_asked_about(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty times the usual, the balance days of a presale, one order of a company."""
    monkeypatch.setenv("SHOPDAY_LANG", "en")
    found = peaked(tmp_path, 13_011_000 + number, number)
    assert max(abs(found[name]) for name in ("pace", "level", "month")) <= 0.1
    assert found["asked"]
    if found["kind"] == "one large order":
        assert "Two orders made up 90% of these pieces: were they large one-off orders?" in found["words"][0]
