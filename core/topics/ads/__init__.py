"""Paid traffic: keywords and bids, scenes, traffic worth buying, decisions reviewed once credited."""
