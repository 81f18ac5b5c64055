"""Starts the desk at a given moment, for tests in a real terminal: ``python -m tests.terminal.program``."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from tui.app import run


def main(folder: str, at: str, lang: str, who: str = "lan") -> None:
    """Open the shop as if it were ``at`` now."""
    begin, started = datetime.fromisoformat(at), time.monotonic()
    run(
        Path(folder),
        clock=lambda: begin + timedelta(seconds=time.monotonic() - started),
        who=who,
        lang="zh" if lang == "zh" else "en",
    )


if __name__ == "__main__":
    main(*sys.argv[1:5])
