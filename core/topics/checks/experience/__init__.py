"""The platform's experience score: what each metric costs in points, and who can win them back."""
