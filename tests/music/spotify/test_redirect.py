"""Only addresses that Spotify takes are offered to it; for the others there is a way out."""

from __future__ import annotations

import pytest

from emotion_stream.errors import SpotifyNotSetUp
from emotion_stream.music.spotify.oauth import redirect_uri


@pytest.mark.parametrize(
    "origin",
    [
        "https://music.example.org",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "https://localhost",
    ],
)
def test_https_and_the_numbers_of_this_machine_serve(origin: str) -> None:
    assert redirect_uri(origin) == f"{origin}/auth/callback"


def test_localhost_is_sent_to_its_number() -> None:
    with pytest.raises(SpotifyNotSetUp, match=r"Open http://127\.0\.0\.1:8000 instead"):
        redirect_uri("http://localhost:8000")


@pytest.mark.parametrize(
    "origin", ["http://music.example.org", "http://192.168.1.5:8000", "http://127.0.0.2:8000"]
)
def test_plain_http_elsewhere_needs_tls(origin: str) -> None:
    with pytest.raises(SpotifyNotSetUp, match="TLS"):
        redirect_uri(origin)


@pytest.mark.parametrize("origin", ["", "http://", "http://a:b", "ftp://a", "http://[::1"])
def test_what_is_no_address_is_refused(origin: str) -> None:
    with pytest.raises(SpotifyNotSetUp, match="EMOTION_STREAM_PUBLIC_URL"):
        redirect_uri(origin)
