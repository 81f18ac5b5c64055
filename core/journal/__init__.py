"""What happened in the shop's days, one entry at a time: appended, never changed."""
