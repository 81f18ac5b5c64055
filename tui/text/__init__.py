"""Text for the terminal: sanitizing, wrapping, past days in words."""
