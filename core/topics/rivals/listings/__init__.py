"""Rivals' listings as a watching tool saved them: the shelf of each shop, look by look."""
