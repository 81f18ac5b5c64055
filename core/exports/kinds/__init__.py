"""The kinds of export, each declared as a Sheet in its own module."""
