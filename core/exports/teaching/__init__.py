"""Define layouts: suggest what an unknown file contains, and make a layout of a person's choices."""
