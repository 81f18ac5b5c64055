"""The analyses of campaigns: sign-ups, the plan of the coming month, and the effect of past campaigns."""
