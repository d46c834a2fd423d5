"""The session cookie: read, set and taken back in one place.

Cookies ignore ports (RFC 6265, section 8.5): the name tells which database a session lies in, so
that two servers on one machine do not take each other's.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

from emotion_stream.errors import SpotifySignInRequired
from emotion_stream.store import sessions
from emotion_stream.web.services import Services, ServicesOf, services_of

ONE_YEAR_S = 365 * 24 * 3600


async def session_id_of(request: Request, services: Services) -> int | None:
    """The session of the cookie, by row number; None where there is none."""
    token = token_of(request)
    if token is None:
        return None
    async with services.database.read() as db:
        session = await sessions.find(db, token)
    return None if session is None else session.id


async def session_of(request: Request, services: ServicesOf) -> int:
    """As `session_id_of`. Raises SpotifySignInRequired where there is no session."""
    session_id = await session_id_of(request, services)
    if session_id is None:
        raise SpotifySignInRequired("Nobody is signed in to Spotify here. Sign in first.")
    return session_id


def token_of(request: Request) -> str | None:
    return request.cookies.get(_name(services_of(request)))


def give(response: Response, token: str, services: Services) -> None:
    response.set_cookie(
        _name(services),
        token,
        max_age=ONE_YEAR_S,
        httponly=True,
        samesite="lax",
        secure=services.settings.secure_cookies,
    )


def take_back(response: Response, services: Services) -> None:
    response.delete_cookie(
        _name(services),
        httponly=True,
        samesite="lax",
        secure=services.settings.secure_cookies,
    )


def _name(services: Services) -> str:
    return f"es_session_{services.database.tag}"


Token = Annotated[str | None, Depends(token_of)]
