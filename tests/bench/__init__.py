"""How fast and how light: a figure is a ratio, both sides measured in turns in one run (``make bench``)."""
