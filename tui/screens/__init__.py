"""The full-screen views of the terminal interface; each draws values it is given."""
