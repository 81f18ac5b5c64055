"""The analyses of campaigns: sign-ups, the coming month, and the effect of past campaigns."""
