"""An invented shop, for showing every screen and testing every analysis without a real shop's data."""
