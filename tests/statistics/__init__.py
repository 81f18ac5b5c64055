"""The arithmetic against printed examples, scipy as an oracle, and simulated shops."""
