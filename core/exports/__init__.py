"""Read the platforms' export files: one declaration per kind of export, typed frames as the result."""
