"""The month's target: its plan by day, where it stands, and how that is said."""
