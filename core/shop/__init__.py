"""One shop's settings, its people's permissions, restricted mode, presence and backups."""
