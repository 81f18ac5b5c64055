"""The names of the sample shops."""

from __future__ import annotations

from typing import Final

FIRST: Final = "lanting"
"""The sample shop that lies in the folder of the sample data itself: few refunds."""
SHOWN: Final = "tangli"
"""The sample shop that is opened unless another is named: half of what is paid is refunded."""
SAMPLES: Final = (SHOWN, FIRST)
