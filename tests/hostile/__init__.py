"""A shop in which everything that can be written was written to do harm."""
