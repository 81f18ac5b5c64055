"""The platform's experience score: what a point missing costs, in order, and who can win it back."""
