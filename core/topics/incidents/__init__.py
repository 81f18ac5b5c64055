"""Detect changes in the shop, item by item and source by source, under one false-alarm budget a morning."""
