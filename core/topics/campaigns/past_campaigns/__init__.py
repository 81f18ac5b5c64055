"""The result of a finished campaign, including the days around it, discount, ads and refunds."""
