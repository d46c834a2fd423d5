"""The JSON about Spotify that goes into the HTTP API."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StrictBool

from emotion_stream.store import PlayEvent
from emotion_stream.web.asked import MAX_POSITION_S, Asked, FeltAsked, Id

ID = "[0-9A-Za-z]{1,64}"
ITEM = f"spotify:(playlist|track|show|episode):{ID}"
MOST_ASKED = 40
"""Spotify says of no more items at once whether they are in a library."""
MOST_KEPT = 100

Uri = Annotated[str, Field(pattern=f"^{ITEM}$", examples=["spotify:playlist:1a2b3c4d5e6f"])]
ListableUri = Annotated[
    str, Field(pattern=f"^spotify:(track|episode):{ID}$", examples=["spotify:track:1a2b3c4d5e6f"])
]
Uris = Annotated[str, Field(pattern=f"^{ITEM}(,{ITEM}){{0,{MOST_ASKED - 1}}}$")]
Language = Annotated[str, Field(pattern="^[A-Za-z]{2,3}(-[0-9A-Za-z]{2,8}){0,3}$")]


class SpotifyQuestionAsked(FeltAsked):
    """Exactly one of `scores` and `emotion`. `personal` puts the person's top artists first;
    `another` takes the next recipe."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"emotion": "sadness", "goal": "lift", "languages": ["en"]}]
        }
    )

    languages: list[Language] = Field([], max_length=5)
    personal: StrictBool = False
    another: StrictBool = False


class SpotifyPlayingAsked(Asked):
    """Start an item on a device: the player in the page."""

    device_id: str = Field(pattern="^[0-9A-Za-z_-]{1,100}$")
    uri: Uri


class SpotifyItemAsked(Asked):
    """An item for the library, or a playlist to follow."""

    uri: Uri


class SpotifyPlaylistAsked(Asked):
    """Tracks and episodes to keep as a private playlist."""

    name: str = Field(min_length=1, max_length=100, pattern=r"\S")
    uris: list[ListableUri] = Field(min_length=1, max_length=MOST_KEPT)


class SpotifyPlayAsked(Asked):
    """What happened to an item in one of Spotify's players; `position_s` is where in it."""

    uri: Uri
    event: PlayEvent
    position_s: float = Field(0.0, strict=True, ge=0, le=MAX_POSITION_S, allow_inf_nan=False)
    reading_id: Id | None = None
