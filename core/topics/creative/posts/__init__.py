"""Posts on content channels: the plan of the day, and what each channel brought."""
