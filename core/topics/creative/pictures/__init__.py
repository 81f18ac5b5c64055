"""Main pictures: how they draw clicks where they stand, tests of new ones, and new items on their way."""
