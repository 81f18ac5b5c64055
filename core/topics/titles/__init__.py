"""The analyses of titles: words to change, claims that a page may make, and the next hero item."""
