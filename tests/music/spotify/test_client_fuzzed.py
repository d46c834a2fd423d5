"""Ten thousand broken replies through the whole client: only errors of ours come out."""

from __future__ import annotations

import json
import random
from typing import Any

import httpx
import pytest

from emotion_stream.errors import SpotifyError
from tests.music.spotify.fake_spotify import TOKEN, Spotify
from tests.music.spotify.test_models import TRACK

REPLIES = 10_000
SEED = 20_261_125
STATUSES = (200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 429, 429, 500, 503, 599)
SEARCH = {
    "tracks": {"items": [TRACK, None], "total": 1000},
    "playlists": {
        "items": [
            None,
            {
                "id": "p1",
                "uri": "spotify:playlist:p1",
                "name": "Rainy",
                "owner": {"display_name": "o"},
                "items": {"total": 3},
                "images": [{"url": "https://i.scdn.co/1", "width": None}],
            },
        ]
    },
    "shows": {
        "items": [{"id": "s1", "uri": "spotify:show:s1", "name": "Talk", "languages": ["en"]}]
    },
    "episodes": {"items": [{"id": "e1", "uri": "spotify:episode:e1", "name": "One"}]},
    "account_id": "a",
    "id": "new1",
    "uri": "spotify:playlist:new1",
    "name": "n",
}
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    10**400,
    "",
    "\ud800",
    "\x00<script>",
    "x" * 5000,
    [],
    {},
    [None],
    [[[]]],
    {"items": None},
    {"total": "many"},
    {"spotify": 5},
    float("nan"),
)
HEADERS = ("0", "1", "5", "6", "86400", "-1", "x", "inf", "1e99", "Wed, 25 Nov 2026 12:00:03 GMT")


def mutated(value: Any, dice: random.Random) -> Any:
    """The value with one part of it replaced by something odd."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(list(value))
        return {**value, key: mutated(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        place = dice.randrange(len(value))
        return [*value[:place], mutated(value[place], dice), *value[place + 1 :]]
    return dice.choice(ODD)


def reply(dice: random.Random) -> httpx.Response:
    body: Any = SEARCH
    for _ in range(dice.randrange(4)):
        body = mutated(body, dice)
    if dice.random() < 0.1:
        body = [True, body]
    content = json.dumps(body).encode()
    if dice.random() < 0.2:
        content = content[: dice.randrange(len(content) + 1)]
    if dice.random() < 0.1:
        content = dice.randbytes(dice.randrange(60))
    headers = {"retry-after": dice.choice(HEADERS)} if dice.random() < 0.5 else {}
    return httpx.Response(dice.choice(STATUSES), content=content, headers=headers)


@pytest.mark.slow
@pytest.mark.anyio
async def test_only_errors_of_ours_come_out() -> None:
    dice = random.Random(SEED)  # noqa: S311 - no secret depends on it
    replies = 0
    answered, said = 0, list[str]()

    def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal replies
        replies += 1
        return reply(dice)

    while replies < REPLIES:
        spotify = Spotify(answer)
        client = spotify.client
        calls = (
            client.search(TOKEN, "calm", person="p"),
            client.me(TOKEN),
            client.top_artists(TOKEN),
            client.saved(TOKEN, ["spotify:track:a", "spotify:track:b"]),
            client.create_playlist(TOKEN, "n", ["spotify:track:a"]),
            client.play(TOKEN, device_id="d", uri="spotify:episode:e1"),
            client.save(TOKEN, "spotify:track:a"),
        )
        for call in calls:
            try:
                await call
                answered += 1
            except SpotifyError as error:
                said.append(str(error))
            spotify.ledger.pauses.clear()
    assert answered > 1000
    assert len(said) > 1000
    assert not [sentence for sentence in said if TOKEN in sentence or not sentence]
