"""The analyses of the shop scores: which are unusual, and which ratings a fall consists of."""
