"""Files that several processes write: atomic replacement and locks."""
