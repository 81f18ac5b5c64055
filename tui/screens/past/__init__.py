"""Screens of the days gone by: the calendar, a day's log, find, promises, the spot check."""
