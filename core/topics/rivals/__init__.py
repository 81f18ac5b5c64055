"""The analyses of rival shops: followed shops, hero items, listings; their displayed counts are ranges."""
