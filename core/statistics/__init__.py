"""Statistics that several topics share; only ``distributions`` imports scipy."""
