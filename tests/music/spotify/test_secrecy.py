"""No token appears in a log, an error, a `repr` or an address."""

from __future__ import annotations

import asyncio
import logging
import traceback

import httpx
import pytest

from emotion_stream.errors import SpotifyError

from .recorded import NAMES, TOKEN, Answer, Spotify

pytestmark = pytest.mark.anyio

FAILURES: list[Answer] = [
    *(name for name in NAMES if name[0] in "2345"),
    httpx.ConnectError("no route"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError(f"authorization: Bearer {TOKEN}"),
    httpx.Response(403, text=f"What do you want with {TOKEN}?"),
    httpx.Response(418, json={"error": {"message": TOKEN, "reason": TOKEN}}),
    httpx.Response(200, text=f"not JSON: {TOKEN}"),
]


def in_full(error: BaseException | None) -> str:
    """Everything that any log could write about an error, and about what lies under it."""
    said = []
    while error is not None:
        said += [repr(error), str(getattr(error, "detail", "")), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    return "\n".join(said)


@pytest.mark.parametrize("answer", FAILURES, ids=lambda answer: str(answer)[:24])
async def test_whatever_goes_wrong_the_token_is_not_told(
    answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    spotify = Spotify(answer)
    calls = (
        spotify.client.search(TOKEN, "x"),
        spotify.client.save(TOKEN, "spotify:track:abc"),
        spotify.client.create_playlist(TOKEN, "x", ["spotify:track:abc"]),
    )
    for outcome in await asyncio.gather(*calls, return_exceptions=True):
        assert isinstance(outcome, SpotifyError) or not isinstance(outcome, BaseException)
        if isinstance(outcome, BaseException):
            assert TOKEN not in in_full(outcome)
    # The client for HTTP writes the address of each request that is answered.
    assert caplog.records or isinstance(answer, Exception)
    assert TOKEN not in caplog.text
    assert all(TOKEN not in str(request.url) for request in spotify.requests)


async def test_nothing_that_can_be_printed_holds_the_token() -> None:
    spotify = Spotify("me")
    await spotify.get(fresh_for_s=600)
    kept = spotify.transport.__dict__
    assert TOKEN not in repr(kept)
    assert TOKEN not in repr(kept["_fresh"].__dict__)
