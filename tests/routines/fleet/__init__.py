"""Many shops together."""
