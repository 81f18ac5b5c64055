"""Past days looked at again: what each came to, what was shown then and what the exports say now."""
