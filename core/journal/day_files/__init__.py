"""The file-based journal store: one TinyDB file per day, one line per entry."""
