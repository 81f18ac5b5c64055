"""The month's target: its plan by day, the progress towards it, and the findings."""
