"""Compute and cache the answer of a step's analysis, loading the exports and journal entries it needs."""
