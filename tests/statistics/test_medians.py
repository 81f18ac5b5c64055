"""The medians of many rows or columns are numpy's."""

from __future__ import annotations

import numpy as np
import pytest

from core.statistics.medians import medians


@pytest.mark.parametrize("shape", [(1, 30), (25, 40), (120, 25), (3, 1)])
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("missing", [0.0, 0.2, 0.9])
@pytest.mark.filterwarnings("ignore:All-NaN slice")
def test_they_are_those_of_numpy(shape: tuple[int, int], axis: int, missing: float) -> None:
    chance = np.random.default_rng(1)
    values = chance.normal(size=shape)
    values[chance.random(shape) < missing] = np.nan
    assert np.array_equal(medians(values, axis), np.nanmedian(values, axis=axis), equal_nan=True)


@pytest.mark.parametrize(("axis", "number"), [(0, 0), (1, 3)])
def test_nothing_has_no_median(axis: int, number: int) -> None:
    values = np.full((3, 0) if axis else (0, 0), 1.0)
    assert np.isnan(medians(values, axis)).all()
    assert len(medians(values, axis)) == number
