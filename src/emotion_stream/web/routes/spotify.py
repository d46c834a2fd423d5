"""What fits from Spotify, and what is done with it; docs/http-api.md, "Spotify"."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

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
from emotion_stream.recommendation import default_goal
from emotion_stream.store import plays, sessions, spotify_accounts
from emotion_stream.store.spotify_accounts import PROVIDER
from emotion_stream.web.cookie import Token, session_of
from emotion_stream.web.routes.failing import failing
from emotion_stream.web.routes.plays import NOT_KEPT, Play
from emotion_stream.web.services import Now, ServicesOf
from emotion_stream.web.spotify.offers import Question
from emotion_stream.web.spotify_asked import (
    SpotifyItemAsked,
    SpotifyPlayAsked,
    SpotifyPlayingAsked,
    SpotifyPlaylistAsked,
    SpotifyQuestionAsked,
    Uris,
)
from emotion_stream.web.spotify_offered import (
    CuratedItems,
    SpotifyOffer,
    SpotifyPlaylist,
    SpotifySaved,
)

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


@router.get("/curated", responses=failing())
async def curated(services: ServicesOf, emotion: Emotion) -> CuratedItems:
    """The owner's own list for an emotion; it needs no sign-in, and may be empty."""
    return CuratedItems.of(services.spotify.curated, emotion)


@router.post("/recommendations", responses=failing(*ASKING))
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
    desk = services.spotify.desk
    return SpotifyOffer.of(await desk.offer(session_id, question, now, another=asked.another))


@router.post("/play", status_code=204, responses=failing(*ASKING))
async def play(
    asked: SpotifyPlayingAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> None:
    """Move playback to the player in the page and start an item on it."""
    await services.spotify.desk.play(session_id, asked.device_id, asked.uri, now)


@router.get("/library", responses=failing(*ASKING))
async def saved(
    services: ServicesOf, session_id: SessionOf, now: Now, uris: Annotated[Uris, Query()]
) -> SpotifySaved:
    """Which items are in the person's library; at most 40, separated by commas."""
    each = list(dict.fromkeys(uris.split(",")))
    return SpotifySaved(saved=await services.spotify.desk.saved(session_id, each, now))


@router.put("/library", status_code=204, responses=failing(*ASKING))
async def save(
    asked: SpotifyItemAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> None:
    """Put an item into the person's library; a playlist is followed."""
    await services.spotify.desk.save(session_id, asked.uri, now)


@router.delete("/library", status_code=204, responses=failing(*ASKING))
async def unsave(
    asked: SpotifyItemAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> None:
    """Take an item out of the person's library; a playlist is no longer followed."""
    await services.spotify.desk.unsave(session_id, asked.uri, now)


@router.post("/playlists", status_code=201, responses=failing(*ASKING))
async def create_playlist(
    asked: SpotifyPlaylistAsked, services: ServicesOf, session_id: SessionOf, now: Now
) -> SpotifyPlaylist:
    """Keep tracks and episodes as a private playlist of the person."""
    uri, link = await services.spotify.desk.create_playlist(
        session_id, asked.name.strip(), asked.uris, now
    )
    return SpotifyPlaylist(uri=uri, link=link)


@router.post(
    "/plays",
    status_code=201,
    response_model=Play,
    responses=NOT_KEPT | failing(NotFound, StoreUnavailable),
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
