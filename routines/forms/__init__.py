"""Forms: their fields, and how typed text becomes a record."""
