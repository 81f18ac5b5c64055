"""The Textual app around the screens: session, themes, signals, and the server that speeds up starting."""
