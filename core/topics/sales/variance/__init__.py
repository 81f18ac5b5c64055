"""Why a day sold more or less than usual: by factor, by source, by item, by score.

Each with its usual swing.
"""
