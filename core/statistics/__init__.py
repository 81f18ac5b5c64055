"""Statistical methods that several topics share; only ``distributions`` imports scipy."""
