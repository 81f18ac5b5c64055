"""One file per kind of export: the file goes in, a typed frame and its problems come out."""
