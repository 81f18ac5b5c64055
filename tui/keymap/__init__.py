"""Every key, declared once."""
