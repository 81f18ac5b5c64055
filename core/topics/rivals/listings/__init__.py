"""Rivals' listings as saved by a watching tool, by shop and look."""
