"""The Textual app: session, themes, signals, the server that keeps it warm."""
