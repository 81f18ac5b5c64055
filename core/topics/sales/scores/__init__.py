"""Which figures of the shop are out of the ordinary, for how long, and what a falling score is made of."""
