"""The two pages of a sign-in to Spotify: the one that sends there, and the one it comes back to."""

from __future__ import annotations

import logging
import re
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response

from emotion_stream.errors import (
    EmotionStreamError,
    InvalidRequest,
    SpotifySignInFailed,
)
from emotion_stream.music.spotify.oauth import CALLBACK, LISTEN, STEPS, redirect_uri
from emotion_stream.store import sessions
from emotion_stream.web import session_cookie
from emotion_stream.web.pages import error_page
from emotion_stream.web.security import check_origin, origin_of, says_where_from
from emotion_stream.web.services import Now, Services, ServicesOf
from emotion_stream.web.session_cookie import session_id_of

log = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)

LONGEST_BACK = 200
LONGEST_STATE = 200
LONGEST_CODE = 4096
ERROR_CODE = re.compile(r"[a-z_]{1,40}")


@router.get("/auth/spotify")
async def leave(
    request: Request, services: ServicesOf, now: Now, step: str = LISTEN, back: str = "/"
) -> Response:
    """Send the browser to Spotify's consent. Who has no session gets one, without any consent."""
    try:
        _check_begun_here(request)
        address, token = await _begun(request, services, now, step, local_path(back))
    except EmotionStreamError as error:
        return _failed(request, error)
    response = RedirectResponse(address, status_code=303)
    if token is not None:
        session_cookie.give(response, token, services)
    return response


@router.get(CALLBACK)
async def come_back(
    request: Request,
    services: ServicesOf,
    now: Now,
    state: str = "",
    code: str = "",
    error: str | None = None,
) -> Response:
    """Finish the sign-in and go to where it was begun, or say why not."""
    accounts = services.spotify.accounts
    try:
        session_id = await session_id_of(request, services)
        if session_id is None or not 0 < len(state) <= LONGEST_STATE:
            raise SpotifySignInFailed(
                "This sign-in was not begun in this browser, or long ago. Begin again."
            )
        if error is not None:
            await accounts.refuse(session_id, state)
            raise SpotifySignInFailed(_refusal(error))
        if not 0 < len(code) <= LONGEST_CODE:
            raise SpotifySignInFailed("Spotify sent no code. Begin again.")
        back = await accounts.finish(session_id, state, code, now=now)
    except EmotionStreamError as failure:
        return _failed(request, failure)
    return RedirectResponse(back, status_code=303)


def _check_begun_here(request: Request) -> None:
    """Raises ForeignOrigin where another site begins a sign-in, or might: browsers that do not send
    Sec-Fetch-Site name at least the page of this server that they come from."""
    headers = Headers(request.headers)
    if not says_where_from(headers):
        headers = Headers({"host": headers.get("host", ""), "origin": headers.get("referer", "")})
    check_origin(headers, request.url.scheme)


def local_path(back: str) -> str:
    """`back` where it is a path of this server, or else the first page."""
    safe = (
        len(back) <= LONGEST_BACK
        and back.isascii()
        and back.isprintable()
        # Browsers take //host and /\host for another server: no open redirect.
        and re.match(r"/(?![/\\])", back)
        and "\\" not in back
    )
    return back if safe else "/"


async def _begun(
    request: Request, services: Services, now: datetime, step: str, back: str
) -> tuple[str, str | None]:
    """The address at Spotify, and the value of the cookie of a session that was made for it."""
    if step not in STEPS:
        raise InvalidRequest(f"There is no step {step[:40]!r}; known: {', '.join(STEPS)}.")
    accounts, origin = services.spotify.accounts, origin_of(request, services.settings)
    redirect_uri(origin)
    accounts.check_key()  # a session is made only for a sign-in that can come back
    await accounts.client.get()
    session_id, token = await session_id_of(request, services), None
    if session_id is None:
        async with services.database.write() as db:
            session, token = await sessions.begin(db, now)
        session_id = session.id
    address = await accounts.begin(session_id, step, back=back, origin=origin, now=now)
    return address, token


def _refusal(error: str) -> str:
    if error == "access_denied":
        return "You did not agree at Spotify. Nothing was changed."
    code = error if ERROR_CODE.fullmatch(error) else "no reason"
    return f"Spotify refused the sign-in ({code}). Nothing was changed. Try again later."


def _failed(request: Request, error: EmotionStreamError) -> Response:
    if error.detail:
        log.warning("%s: %s", error.code, error.in_full)
    return error_page(request, error)
