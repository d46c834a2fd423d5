"""Spotify for the people of this server: their sign-ins, and what is asked in their name."""
