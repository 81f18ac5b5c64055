"""Why a day sold more or less than usual: by factor, source, item and score, each with its usual range."""
