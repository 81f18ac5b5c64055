"""The analyses of the shop scores: which are out of the ordinary, and what a fall consists of."""
