"""The API for user interfaces: one shop, one day, one person."""
