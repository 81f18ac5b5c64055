"""The screens on which the settings of the shop and the plan of its day are edited."""
