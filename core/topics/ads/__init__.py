"""The analyses of paid traffic: keywords and bids, ad types, what to buy, and reviews of past decisions."""
