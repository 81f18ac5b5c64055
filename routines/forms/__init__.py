"""Forms: their fields, and the conversion of typed text into records."""
