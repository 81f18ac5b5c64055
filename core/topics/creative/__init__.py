"""The analyses of pictures and posts: click rates, picture tests, new items, content channels."""
