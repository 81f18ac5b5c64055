"""Shared-file access: atomic writes, locks, regular-file checks, bounded decoding."""
