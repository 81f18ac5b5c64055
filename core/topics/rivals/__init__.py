"""Rival shops: followed shops, their hero items and listings; displayed counts are ranges."""
