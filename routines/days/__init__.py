"""The days, one file each, top to bottom: the files people edit; and the plan of one day made from them."""
