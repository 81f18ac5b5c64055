"""What the program says of the sample shop, and what it declares as tables, kept as files.

A change of any figure, text or table shows as a diff.
"""
