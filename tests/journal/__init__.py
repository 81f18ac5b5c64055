"""The journal: nothing confirmed is ever lost, and everything on screen can be worked out from it."""
