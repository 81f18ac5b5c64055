"""Structural tests of the screens for the report, past days, the search and enlarged pictures."""
