"""Where Spotify sends a person back to, and which addresses it takes for that.

Since November 2025 it takes https, and plain http only for the numbers of this machine
(https://developer.spotify.com/documentation/web-api/concepts/redirect_uri).
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from emotion_stream.errors import SpotifyNotSetUp

CALLBACK = "/auth/callback"
LOOPBACK_NUMBERS = frozenset({"127.0.0.1", "::1"})


def redirect_uri(origin: str) -> str:
    """The redirect URI of a server at `origin`, such as http://127.0.0.1:8000.

    Raises SpotifyNotSetUp with the way out where Spotify would refuse it.
    """
    parts = _split(origin)
    if parts.scheme == "https" or parts.hostname in LOOPBACK_NUMBERS:
        return f"{parts.scheme}://{parts.netloc}{CALLBACK}"
    if parts.hostname == "localhost":
        raise SpotifyNotSetUp(
            f"Spotify refuses the name localhost. Open {_with_number(parts)} instead."
        )
    raise SpotifyNotSetUp(
        f"Spotify sends people back only to https or to http://127.0.0.1 on their own machine, "
        f"not to {origin[:100]}. Put this server behind TLS and set EMOTION_STREAM_PUBLIC_URL."
    )


def _with_number(parts: SplitResult) -> str:
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://127.0.0.1{port}"


def _split(origin: str) -> SplitResult:
    try:
        parts = urlsplit(origin)
        _ = parts.port  # read here, where a broken one is caught
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme in ("https", "http") and parts.hostname:
        return parts
    raise SpotifyNotSetUp(
        f"{origin[:100]!r} is no address of a page. Set EMOTION_STREAM_PUBLIC_URL."
    )
