"""Read an exported file into a typed frame and a list of its problems."""
