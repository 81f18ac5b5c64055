"""Recorded campaigns: their state, the campaigns of the month, and the effect of past ones."""
