"""What was imported, and what an analysis sees of it."""
