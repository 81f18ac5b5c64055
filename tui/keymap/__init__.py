"""The declarations of all keys of all screens."""
