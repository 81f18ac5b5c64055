"""What lies on the shelf, how fast it goes, and what that means: plain values under the stock question."""
