"""Setting Spotify up, signing out of it, and the token for the player in the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
)

from emotion_stream.errors import (
    ForeignOrigin,
    SpotifyNotSetUp,
    SpotifyScopeMissing,
    SpotifySetupNotAllowed,
    SpotifySignInRequired,
    SpotifyUnavailable,
    StoreUnavailable,
)
from emotion_stream.music.spotify.oauth import LISTEN, STEPS
from emotion_stream.web.asked import Asked
from emotion_stream.web.cookie import session_id_of, session_of
from emotion_stream.web.routes.failing import failing
from emotion_stream.web.schemas import example
from emotion_stream.web.security import check_origin
from emotion_stream.web.services import Now, Services, ServicesOf
from emotion_stream.web.spotify.state import SpotifyState, state_of

router = APIRouter(prefix="/spotify", tags=["spotify"])


class ClientIdAsked(Asked):
    """The client id of the owner's app at Spotify, as its dashboard shows it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"client_id": "0123456789abcdef0123456789abcdef"}]}
    )

    client_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{8,64}$")]


class PlayerToken(BaseModel):
    """What Spotify's player in the page signs in with, and until when."""

    model_config = example({"access_token": "BQD...", "expires_at": "2026-03-01T19:30:00Z"})

    access_token: str
    expires_at: AwareDatetime


@router.get("", responses=failing(StoreUnavailable))
async def show(request: Request, services: ServicesOf, now: Now) -> SpotifyState:
    """Whether Spotify is set up here, who is signed in, and what is left for today."""
    return await state_of(request, services, now)


@router.delete("", status_code=204, responses=failing(StoreUnavailable))
async def disconnect(request: Request, services: ServicesOf) -> None:
    """Sign out: tokens, turns of recipes and played items of this session are deleted at once."""
    session_id = await session_id_of(request, services)
    if session_id is not None:
        await services.spotify.accounts.disconnect(session_id)


@router.put("/client", responses=failing(SpotifySetupNotAllowed, StoreUnavailable))
async def choose_client(
    asked: ClientIdAsked, request: Request, services: ServicesOf, now: Now
) -> SpotifyState:
    """Keep the client id. Sign-ins with another one end."""
    _check_editable(request, services)
    async with services.choosing:
        await services.spotify.accounts.client.choose(asked.client_id, now=now)
    return await state_of(request, services, now)


@router.delete("/client", responses=failing(SpotifySetupNotAllowed, StoreUnavailable))
async def forget_client(request: Request, services: ServicesOf, now: Now) -> SpotifyState:
    """Forget the client id and every sign-in with it."""
    _check_editable(request, services)
    async with services.choosing:
        await services.spotify.accounts.client.forget()
    return await state_of(request, services, now)


@router.get(
    "/token",
    responses=failing(
        SpotifySignInRequired,
        SpotifyScopeMissing,
        SpotifyNotSetUp,
        SpotifyUnavailable,
        StoreUnavailable,
    ),
)
async def token(
    request: Request, response: Response, services: ServicesOf, now: Now
) -> PlayerToken:
    """The access token of who is signed in, for the page of this server alone."""
    _check_own_page(request)
    session_id = await session_of(request, services)
    access = await services.spotify.accounts.access(session_id, STEPS[LISTEN], now)
    response.headers["cache-control"] = "no-store"
    return PlayerToken(access_token=access.token, expires_at=access.expires_at)


def _check_own_page(request: Request) -> None:
    """Raises ForeignOrigin where nothing proves that the page of this server asks."""
    headers = request.headers
    check_origin(headers, request.url.scheme)
    asks_itself = headers.get("sec-fetch-site") == "same-origin"
    if not asks_itself and ("sec-fetch-site" in headers or "origin" not in headers):
        raise ForeignOrigin("The token is only for the page of this server, in a current browser.")


def _check_editable(request: Request, services: Services) -> None:
    """Raises SpotifySetupNotAllowed, saying who may choose the client id and how."""
    if services.spotify.accounts.client.configured is not None:
        raise SpotifySetupNotAllowed(
            "The client id is set by EMOTION_STREAM_SPOTIFY_CLIENT_ID. Change it there."
        )
    if services.settings.secure_cookies:
        raise SpotifySetupNotAllowed(
            "Behind TLS the client id is set by EMOTION_STREAM_SPOTIFY_CLIENT_ID."
        )
    if not services.is_here(request):
        raise SpotifySetupNotAllowed(
            "The client id can only be chosen on the machine that runs the server: "
            "open its page there, at http://127.0.0.1 and its port."
        )
