"""The analyst: a child process for everything that needs pandas, and the client that talks to it."""
