"""The month's target: its plan by day, the progress, and the findings."""
