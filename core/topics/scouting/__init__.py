"""The analyses of scouting: other shops' live streams and groups, talks with peers, and borrowed ideas."""
