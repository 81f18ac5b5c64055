"""Runs what needs pandas in a child process: the client and the process itself."""
