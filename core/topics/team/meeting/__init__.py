"""The parts of the stand-up: promises, problems, ad budget, tasks by role."""
