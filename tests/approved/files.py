"""Where the approved files are."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).with_name("files")
