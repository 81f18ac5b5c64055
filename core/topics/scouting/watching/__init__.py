"""The looks at streams, groups and contacts of others, and ideas taken over from them."""
