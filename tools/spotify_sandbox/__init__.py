"""A stand-in for Spotify, for development and tests: never part of a server that people use."""
