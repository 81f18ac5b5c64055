"""The day's report."""
