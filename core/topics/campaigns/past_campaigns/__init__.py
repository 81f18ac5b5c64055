"""What a finished campaign came to: the days around it, the discount, the ads and the refunds counted in."""
