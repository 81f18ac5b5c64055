"""The analyses of the service desk: agents compared with the team, the industry and their own past."""
