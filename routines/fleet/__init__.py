"""Many shops together: the list of shops, the board with one row per shop, and where its rows are kept."""
