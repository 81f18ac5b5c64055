"""Reviewing past days: a digest of each day, its timeline, and figures that later imports corrected."""
