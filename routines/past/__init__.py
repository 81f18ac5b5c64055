"""Past days: review, search, and the outcomes of promises."""
