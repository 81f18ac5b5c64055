"""The analyses of rival shops: followed shops, hero items and listings; displayed counts are ranges."""
