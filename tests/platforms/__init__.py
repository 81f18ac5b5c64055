"""Platforms: their profiles, and whole shops on them."""
