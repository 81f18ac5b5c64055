"""Which role owns which problem of the day, and what each of them still has to do."""
