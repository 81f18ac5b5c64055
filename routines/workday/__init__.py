"""One shop, one day, one person: the API for user interfaces."""
