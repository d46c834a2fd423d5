"""Where Spotify lives: its real addresses, or those of the stand-in for development."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class SpotifyEndpoints:
    """Every outside address in one place.

    `frames` and `scripts` are the hosts that the page's Content-Security-Policy lets in, `images`
    and `media` those of covers and sound, `connections` those the players speak to.
    """

    authorize: str
    token: str
    api: str
    oembed: str
    sdk_script: str
    embed_script: str
    embed: str
    scripts: tuple[str, ...]
    frames: tuple[str, ...]
    images: tuple[str, ...]
    media: tuple[str, ...]
    connections: tuple[str, ...]
    is_stand_in: bool = False

    @classmethod
    def real(cls) -> Self:
        """Spotify itself (developer.spotify.com, tried by others in 2026: docs/spotify.md)."""
        return cls(
            authorize="https://accounts.spotify.com/authorize",
            token="https://accounts.spotify.com/api/token",  # noqa: S106 - an address
            api="https://api.spotify.com/v1",
            oembed="https://open.spotify.com/oembed",
            sdk_script="https://sdk.scdn.co/spotify-player.js",
            embed_script="https://open.spotify.com/embed/iframe-api/v1",
            embed="https://open.spotify.com/embed",
            scripts=(
                "https://sdk.scdn.co",
                "https://open.spotify.com",
                "https://embed-cdn.spotifycdn.com",
            ),
            frames=("https://sdk.scdn.co", "https://open.spotify.com"),
            images=(
                "https://i.scdn.co",
                "https://mosaic.scdn.co",
                "https://*.spotifycdn.com",
            ),
            media=("https://*.scdn.co",),
            connections=(
                "https://api.spotify.com",
                "https://*.spotify.com",
                "wss://*.spotify.com",
            ),
        )

    @classmethod
    def stand_in(cls, origin: str) -> Self:
        """The stand-in at `origin`, such as http://127.0.0.1:8765 (no slash at its end)."""
        return cls(
            authorize=f"{origin}/authorize",
            token=f"{origin}/api/token",
            api=f"{origin}/v1",
            oembed=f"{origin}/oembed",
            sdk_script=f"{origin}/spotify-player.js",
            embed_script=f"{origin}/embed/iframe-api/v1",
            embed=f"{origin}/embed",
            scripts=(origin,),
            frames=(origin,),
            images=(origin,),
            media=(origin,),
            connections=(origin,),
            is_stand_in=True,
        )
