"""Campaigns as they were recorded: where each stands, how the month is filled, what a past one brought."""
