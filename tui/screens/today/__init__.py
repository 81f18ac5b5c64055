"""The first screen: today's agenda."""
