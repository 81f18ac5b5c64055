"""The command line: a second face, and a contract for scripts."""
