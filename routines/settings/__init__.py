"""The settings that can be edited on the screen, as sections of rows with forms."""
