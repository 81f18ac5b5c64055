"""The first screen, Today: the agenda of the day."""
