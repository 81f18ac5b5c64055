"""What others do in the evening: streams, groups and peers looked at, and what came of what was borrowed."""
