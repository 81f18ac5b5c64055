"""Past days looked at again."""
