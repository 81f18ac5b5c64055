"""One face of the workday: the terminal."""
