"""What is bought: words, what they are worth, the pictures behind them, and the words still missing."""
