"""The timetables, which list the steps of each kind of day, and the plan of a day built from them."""
