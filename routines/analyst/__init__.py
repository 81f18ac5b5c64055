"""Runs analyses in a child process and caches their answers."""
