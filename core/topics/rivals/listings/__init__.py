"""Analyses of rivals' listings, as exported from a market-watching tool."""
