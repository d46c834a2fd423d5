"""Spotify, as one source of music beside the others: what a new app may do since February 2026.

Nothing in here is learned from, and nothing that Spotify answers is kept beyond a short cache in
memory (docs/spotify.md, docs/decisions/0013-spotify-beside-the-shelf.md).
"""
