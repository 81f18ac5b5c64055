"""Do the pages hold their visitors: the three figures, who came, and how it is said."""
