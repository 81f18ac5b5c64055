"""What buyers write: which reviews are bad, what about, whether it is more than usual, and who copies us."""
