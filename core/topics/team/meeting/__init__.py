"""The parts of a stand-up: promises, problems, ad budget, tasks by role."""
