"""Posts on content channels: the day's plan and the visitors from each channel."""
