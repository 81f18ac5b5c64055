"""The screen of one step of the day."""
