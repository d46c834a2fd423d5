"""What fits from Spotify, and what is done with it; docs/http-api.md, "Spotify"."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from emotion_stream.emotions import Emotion
from emotion_stream.errors import (
    EmotionStreamError,
    NotFound,
    SpotifyNoDevice,
    SpotifyNotFound,
    SpotifyNotOnList,
    SpotifyNotSetUp,
    SpotifyOwnerNeedsPremium,
    SpotifyPaused,
    SpotifyPremiumRequired,
    SpotifyRefused,
    SpotifyScopeMissing,
    SpotifySignInRequired,
    SpotifyUnavailable,
    StoreUnavailable,
)
from emotion_stream.music.provider import Goal
from emotion_stream.music.spotify import models
from emotion_stream.music.spotify.curated import Curated
from emotion_stream.music.spotify.models import SpotifyKind
from emotion_stream.music.spotify.ranking import Ranked, is_low
from emotion_stream.recommendation import default_goal
from emotion_stream.store import PlayEvent, plays, sessions, spotify_accounts
from emotion_stream.store.spotify_accounts import PROVIDER
from emotion_stream.web.api.plays import NOT_KEPT, Play
from emotion_stream.web.api.schemas import (
    MAX_POSITION_S,
    Id,
    MoodRequest,
    RequestModel,
    error_responses,
)
from emotion_stream.web.services import Now, ServicesOf
from emotion_stream.web.session_cookie import Token, session_of
from emotion_stream.web.spotify.search_cache import Offer, Question

# The JSON about Spotify that goes into the HTTP API.

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


class SpotifyQuestionAsked(MoodRequest):
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


class SpotifyPlayingAsked(RequestModel):
    """Start an item on a device: the player in the page."""

    device_id: str = Field(pattern="^[0-9A-Za-z_-]{1,100}$")
    uri: Uri


class SpotifyItemAsked(RequestModel):
    """An item for the library, or a playlist to follow."""

    uri: Uri


class SpotifyPlaylistAsked(RequestModel):
    """Tracks and episodes to keep as a private playlist."""

    name: str = Field(min_length=1, max_length=100, pattern=r"\S")
    uris: list[ListableUri] = Field(min_length=1, max_length=MOST_KEPT)


class SpotifyPlayAsked(RequestModel):
    """What happened to an item in one of Spotify's players; `position_s` is where in it."""

    uri: Uri
    event: PlayEvent
    position_s: float = Field(0.0, strict=True, ge=0, le=MAX_POSITION_S, allow_inf_nan=False)
    reading_id: Id | None = None


# The JSON about Spotify that comes out of the HTTP API.

BY_OWNER = "Chosen by whoever runs this server."

_PLANS = {
    Goal.STAY: "Looks for what stays close to where you are.",
    Goal.LIFT: "Looks for what people put together to feel brighter.",
    Goal.CALM: "Looks for what people put together to settle down.",
    Goal.ENERGISE: "Looks for what people put together to get going.",
}


class SpotifyCover(BaseModel):
    """Artwork, to be shown as it is."""

    model_config = ConfigDict(from_attributes=True)

    url: str
    width_px: int | None
    height_px: int | None


class SpotifyItem(BaseModel):
    """A playlist, track, show or episode, and why it is here."""

    model_config = ConfigDict(from_attributes=True)

    uri: str
    id: str
    kind: SpotifyKind
    name: str
    by: list[str]
    parent: str | None
    description: str
    duration_s: float | None
    size: int | None
    explicit: bool
    languages: list[str]
    cover: SpotifyCover | None
    link: str
    reason: str

    @classmethod
    def of(cls, item: models.SpotifyItem, reason: str) -> Self:
        return cls.model_validate({**vars(item), "reason": reason})


class SpotifyTabs(BaseModel):
    """What was found, kind by kind."""

    playlist: list[SpotifyItem]
    track: list[SpotifyItem]
    show: list[SpotifyItem]
    episode: list[SpotifyItem]


class SpotifyOffer(BaseModel):
    """What fits. `recipe` is the phrase that was searched; `personal` is true where the person's
    top artists were put first."""

    goal: Goal
    emotion: Emotion
    message: str
    recipe: str
    asked_at: AwareDatetime
    personal: bool
    tabs: SpotifyTabs

    @classmethod
    def of(cls, offer: Offer) -> Self:
        question = offer.question
        return cls(
            goal=question.goal,
            emotion=question.emotion,
            message=plan_of(question.emotion, question.goal),
            recipe=offer.recipe,
            asked_at=offer.asked_at,
            personal=offer.personal,
            tabs=SpotifyTabs(**{kind.value: _items(offer.tabs[kind]) for kind in SpotifyKind}),
        )


class CuratedItems(BaseModel):
    """The owner's own list for an emotion."""

    items: list[SpotifyItem]

    @classmethod
    def of(cls, curated: tuple[Curated, ...], emotion: Emotion) -> Self:
        fitting = [entry.item for entry in curated if emotion in entry.emotions]
        return cls(items=[SpotifyItem.of(item, BY_OWNER) for item in fitting])


class SpotifySaved(BaseModel):
    """For each item whether it is in the person's library."""

    saved: dict[str, bool]


class SpotifyPlaylist(BaseModel):
    """A private playlist that was made."""

    uri: str
    link: str


def plan_of(emotion: Emotion, goal: Goal) -> str:
    """How the list is made, for the person. A search has no way on the map to promise."""
    plan = _PLANS[goal]
    if goal is Goal.STAY and is_low(emotion):
        plan += " You can ask for a lift or for calm at any time."
    return plan


def _items(found: tuple[Ranked, ...]) -> list[SpotifyItem]:
    return [SpotifyItem.of(place.item, place.reason) for place in found]


ASKING: tuple[type[EmotionStreamError], ...] = (
    SpotifyNotSetUp,
    SpotifySignInRequired,
    SpotifyScopeMissing,
    SpotifyOwnerNeedsPremium,
    SpotifyNotOnList,
    SpotifyPremiumRequired,
    SpotifyRefused,
    SpotifyNoDevice,
    SpotifyNotFound,
    SpotifyPaused,
    SpotifyUnavailable,
    StoreUnavailable,
)

router = APIRouter(prefix="/spotify", tags=["spotify"])

SessionOf = Annotated[int, Depends(session_of)]


@router.get("/curated", responses=error_responses())
async def curated(services: ServicesOf, emotion: Emotion) -> CuratedItems:
    """The owner's own list for an emotion; it needs no sign-in, and may be empty."""
    return CuratedItems.of(services.spotify.curated, emotion)


@router.post("/recommendations", responses=error_responses(*ASKING))
async def recommendations(
    asked: SpotifyQuestionAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> SpotifyOffer:
    """What fits, in four kinds, each item with its reason."""
    felt = asked.felt()
    question = Question(
        asked.emotion or felt.top,
        asked.goal or default_goal(felt),
        tuple(asked.languages),
        asked.personal,
    )
    service = services.spotify.service
    return SpotifyOffer.of(await service.offer(session_id, question, now, another=asked.another))


@router.post("/play", status_code=204, responses=error_responses(*ASKING))
async def play(
    asked: SpotifyPlayingAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> None:
    """Move playback to the player in the page and start an item on it."""
    await services.spotify.service.play(session_id, asked.device_id, asked.uri, now)


@router.get("/library", responses=error_responses(*ASKING))
async def saved(
    services: ServicesOf, session_id: SessionOf, now: Now, uris: Annotated[Uris, Query()]
) -> SpotifySaved:
    """Which items are in the person's library; at most 40, separated by commas."""
    each = list(dict.fromkeys(uris.split(",")))
    return SpotifySaved(saved=await services.spotify.service.saved(session_id, each, now))


@router.put("/library", status_code=204, responses=error_responses(*ASKING))
async def save(
    asked: SpotifyItemAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> None:
    """Put an item into the person's library; a playlist is followed."""
    await services.spotify.service.save(session_id, asked.uri, now)


@router.delete("/library", status_code=204, responses=error_responses(*ASKING))
async def unsave(
    asked: SpotifyItemAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> None:
    """Take an item out of the person's library; a playlist is no longer followed."""
    await services.spotify.service.unsave(session_id, asked.uri, now)


@router.post("/playlists", status_code=201, responses=error_responses(*ASKING))
async def create_playlist(
    asked: SpotifyPlaylistAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> SpotifyPlaylist:
    """Keep tracks and episodes as a private playlist of the person."""
    uri, link = await services.spotify.service.create_playlist(
        session_id, asked.name.strip(), asked.uris, now
    )
    return SpotifyPlaylist(uri=uri, link=link)


@router.post(
    "/plays",
    status_code=201,
    response_model=Play,
    responses=NOT_KEPT | error_responses(NotFound, StoreUnavailable),
)
async def played(
    asked: SpotifyPlayAsked, services: ServicesOf, token: Token, now: Now
) -> Play | Response:
    """Note that an item was started, finished or skipped: its URI and kind, and nothing else."""
    if token is None:
        return Response(status_code=204)
    own = asked.uri in {each.item.uri for each in services.spotify.curated}
    async with services.database.write() as db:
        session = await sessions.lock(db, token)
        if session is None or not session.history:
            return Response(status_code=204)
        if not own and await spotify_accounts.find(db, session.id) is None:
            # The player says that it stopped after its person signed out and all was deleted.
            return Response(status_code=204)
        kept = await plays.keep(
            db,
            session.id,
            provider=PROVIDER,
            item_id=asked.uri,
            title=asked.uri.split(":")[1],
            event=asked.event,
            position_s=asked.position_s,
            reading_id=asked.reading_id,
            now=now,
        )
    return Play.model_validate(kept)
