"""Posting of reports: the channel protocol, the platforms, and an outbox that prevents duplicates."""
