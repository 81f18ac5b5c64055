"""The days, one file each, top to bottom: the files people edit."""
