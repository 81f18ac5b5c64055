"""The service desk: who stands out beyond chance, against the team, the industry and themselves."""
