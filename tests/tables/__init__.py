"""The tables an operator keeps, from rows as people write them."""
