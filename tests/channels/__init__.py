"""The robot of a group: a local one that keeps the platforms' contracts."""
