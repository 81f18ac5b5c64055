"""The ids of the columns of the table of key figures, by which the report finds it in an answer."""

from typing import Final

COLUMNS: Final = ("key_figure", "seen", "week_before", "change", "aim", "share", "state", "comparable")
