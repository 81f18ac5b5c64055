"""Buyers who come back: how many, which groups are worth writing to, what a new one costs beside them."""
