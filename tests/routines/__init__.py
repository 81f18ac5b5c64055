"""The day: what, when, and where we stand."""
