"""What changed, which of it is news, and what is behind it."""
