"""The built-in channels: every module here is one, found by its ``CHANNEL`` attribute."""
