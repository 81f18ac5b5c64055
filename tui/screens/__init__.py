"""The full-screen views and dialogs of the terminal interface."""
