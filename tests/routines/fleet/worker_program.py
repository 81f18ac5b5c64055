"""Starts ``shopday worker`` at a given moment: ``python -m … worker_program AT WORDS``."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta

from core.language.speech import speak
from tui.cli.commands import shopday
from tui.cli.context import Terms


def main(at: str, *words: str) -> None:
    """Run the worker as if it were ``at`` now."""
    begin, started = datetime.fromisoformat(at), time.monotonic()
    speak("en")
    terms = Terms(clock=lambda: begin + timedelta(seconds=time.monotonic() - started), user="lan")
    shopday.main(["worker", *words], obj=terms)


if __name__ == "__main__":
    main(*sys.argv[1:])
