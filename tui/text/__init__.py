"""Text for the terminal: sanitizing, line wrapping, and the text output of the command line."""
