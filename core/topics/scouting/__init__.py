"""The analyses of scouting: other shops' live streams, groups and contacts, and ideas taken over."""
