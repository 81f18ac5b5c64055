"""Days gone by: looked at again, searched, and what was promised on them."""
