"""The journal as files: one TinyDB file a day, a line for each entry."""
