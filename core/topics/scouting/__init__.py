"""Scouting: live streams, groups and peers of other shops, and what came of what was borrowed."""
