"""Ad decisions looked at again when the clicks they were taken on are credited in full."""
