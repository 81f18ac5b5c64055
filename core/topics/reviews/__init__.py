"""The analyses of reviews: bad ones, their subjects, rises beyond chance, and copied listings."""
