"""The terminal interface to a shop's workday."""
