"""Finding words and figures of past days."""
