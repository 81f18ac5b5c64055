"""Days gone by."""
