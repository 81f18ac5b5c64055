"""The screen of one step."""
