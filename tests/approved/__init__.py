"""What the program says of the sample shop, kept as files: a change of any figure or text shows as a diff."""
