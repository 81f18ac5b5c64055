"""The analyses of paid traffic: keywords and bids, scenes, what to buy, and reviews of past decisions."""
