"""The analyses of titles: words to change, claims a page may make, and the next hero item."""
