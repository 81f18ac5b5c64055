"""The declarations of all keys."""
