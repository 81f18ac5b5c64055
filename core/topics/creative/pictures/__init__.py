"""Main pictures: their click rates, tests of new pictures, and new items."""
