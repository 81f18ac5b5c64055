"""The analyses of paid traffic: keywords and bids, ad types, which traffic to buy, and past decisions."""
