"""The accounts service: the page that asks for consent, and the token endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tools.spotify_sandbox.pages import page
from tools.spotify_sandbox.state import sandbox_of
from tools.spotify_sandbox.tokens import PEOPLE, GrantRefused, Issued

CHALLENGE_LENGTH = 43  # of a SHA-256 digest in base64url
SCOPES = {
    "streaming": "play music in a page",
    "user-read-email": "read your e-mail address",
    "user-read-private": "read your account",
    "user-modify-playback-state": "control what plays",
    "user-read-playback-state": "see what plays",
    "user-read-currently-playing": "see what plays just now",
    "user-read-recently-played": "see what played lately",
    "user-read-playback-position": "see how far you heard an episode",
    "user-top-read": "see your top artists and tracks",
    "playlist-read-private": "see your private playlists",
    "playlist-read-collaborative": "see your collaborative playlists",
    "playlist-modify-private": "make private playlists",
    "playlist-modify-public": "make and follow public playlists",
    "user-library-read": "see your library",
    "user-library-modify": "change your library",
    "user-follow-read": "see whom you follow",
    "user-follow-modify": "follow people",
    "ugc-image-upload": "upload covers",
}


async def ask(request: Request) -> Response:
    """The consent page. What is wrong with the client or the address is shown, not sent back."""
    wrong = _wrong(request.query_params)
    if wrong is not None:
        return PlainTextResponse(wrong, 400)
    scopes = _scopes(request)
    if not set(scopes) <= set(SCOPES):
        return _back(request, error="invalid_scope")
    return page(
        "consent.html",
        client_id=request.query_params["client_id"],
        scopes={scope: SCOPES[scope] for scope in scopes},
        people=list(PEOPLE.values()),
    )


async def answer(request: Request) -> Response:
    """What the person pressed: back to the app with a code, or with `access_denied`."""
    query = request.query_params
    wrong = _wrong(query)
    if wrong is not None:
        return PlainTextResponse(wrong, 400)
    form = await request.form()
    person = PEOPLE.get(str(form.get("person")))
    if form.get("answer") != "agree" or person is None:
        return _back(request, error="access_denied")
    code = sandbox_of(request).tokens.code(
        person,
        client_id=query["client_id"],
        redirect_uri=query["redirect_uri"],
        challenge=query["code_challenge"],
        scopes=_scopes(request),
    )
    return _back(request, code=code)


async def token(request: Request) -> Response:
    """A code or a refresh token in, a pair of tokens out."""
    sandbox = sandbox_of(request)
    form = {name: str(value) for name, value in (await request.form()).items()}
    lifetime_s = sandbox.scenario.token_lifetime_s
    client_id = form.get("client_id", "")
    if not client_id:
        return _refused("invalid_client", "Invalid client")
    try:
        if form.get("grant_type") == "authorization_code":
            issued = sandbox.tokens.redeem(
                form.get("code", ""),
                client_id=client_id,
                redirect_uri=form.get("redirect_uri", ""),
                verifier=form.get("code_verifier", ""),
                lifetime_s=lifetime_s,
            )
        elif form.get("grant_type") == "refresh_token":
            issued = sandbox.tokens.refresh(
                form.get("refresh_token", ""), client_id=client_id, lifetime_s=lifetime_s
            )
        else:
            return _refused("unsupported_grant_type", "grant_type parameter is missing")
    except GrantRefused as refused:
        return _refused("invalid_grant", str(refused))
    return _given(issued, lifetime_s)


def _given(issued: Issued, lifetime_s: int) -> Response:
    return JSONResponse(
        {
            "access_token": issued.access_token,
            "token_type": "Bearer",
            "scope": " ".join(sorted(issued.scopes)),
            "expires_in": lifetime_s,
            "refresh_token": issued.refresh_token,
        },
        headers={"cache-control": "no-store"},
    )


def _refused(error: str, description: str) -> Response:
    return JSONResponse({"error": error, "error_description": description}, 400)


def _wrong(query: Mapping[str, str]) -> str | None:
    """Why this cannot be asked, as Spotify says it; None where it can."""
    if not query.get("client_id"):
        return "INVALID_CLIENT: Invalid client"
    if not _may_go_back_to(query.get("redirect_uri", "")):
        return "INVALID_CLIENT: Invalid redirect URI"
    if query.get("response_type") != "code":
        return "response_type must be code"
    if query.get("code_challenge_method") != "S256":
        return "code_challenge_method must be S256"
    if len(query.get("code_challenge", "")) != CHALLENGE_LENGTH:
        return "code_challenge must be a SHA-256 digest in base64url"
    return None


def _may_go_back_to(address: str) -> bool:
    """https, or the numbers of this machine: `localhost` is refused since November 2025."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1")
    )


def _scopes(request: Request) -> list[str]:
    return request.query_params.get("scope", "").split()


def _back(request: Request, **result: str) -> Response:
    query = request.query_params
    if "state" in query:
        result["state"] = query["state"]
    mark = "&" if "?" in query["redirect_uri"] else "?"
    return RedirectResponse(f"{query['redirect_uri']}{mark}{urlencode(result)}", 303)


routes = [
    Route("/authorize", ask, methods=["GET"]),
    Route("/authorize", answer, methods=["POST"]),
    Route("/api/token", token, methods=["POST"]),
]
