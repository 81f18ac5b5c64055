"""Detect changes in the shop, item by item and source by source, with one limit on false alarms a morning."""
