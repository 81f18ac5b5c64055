"""Import of exports; output of reports, tables and posts."""
