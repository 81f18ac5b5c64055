"""Teaching a layout: what a file nobody knows most likely holds, and the layout that a person makes of it."""
