"""Campaigns: sign-ups, the month ahead, and what past campaigns added."""
