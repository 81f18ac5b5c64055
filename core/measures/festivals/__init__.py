"""The platform's festivals: their public dates, and calendar rows drafted from them."""
