"""A shop's settings, its team's permissions, restricted mode, presence of other sessions, and backups."""
