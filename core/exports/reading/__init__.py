"""From an exported file to a typed frame and its problems."""
