"""What people record by hand, as typed values."""
