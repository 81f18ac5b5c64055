"""Records: what people enter by hand in forms, as typed values."""
