"""The analysis of the shop's pages: bounce, depth and order value against pass marks, and visitor mix."""
