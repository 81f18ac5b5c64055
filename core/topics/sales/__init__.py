"""The analyses of sales: target, deviation from usual days, causes, month and shop scores."""
