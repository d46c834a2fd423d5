"""The stand-in as one application: accounts, API, players and the control page."""

from __future__ import annotations

import json

import anyio
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tools.spotify_sandbox import (
    accounts,
    catalogue_api,
    control,
    embed,
    person_api,
    player_api,
    players,
    removed,
)
from tools.spotify_sandbox.pages import STATIC
from tools.spotify_sandbox.state import Sandbox

SERVICES = ("/v1/", "/api/token", "/oembed")
LOOPBACK_PAGE = r"http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?"
METHODS = ("GET", "POST", "PUT", "DELETE")
LONGEST_BODY_BYTES = 100_000


def create_sandbox(sandbox: Sandbox | None = None) -> Starlette:
    """The application over a state, which tests may keep in their hands."""
    api = [
        *catalogue_api.routes,
        *person_api.routes,
        *player_api.routes,
        *removed.routes,
        Route("/{path:path}", removed.unknown, methods=list(METHODS)),
    ]
    app = Starlette(
        routes=[
            *accounts.routes,
            Mount("/v1", routes=api),
            *players.routes,
            *control.routes,
            Mount("/static", StaticFiles(directory=STATIC)),
            *embed.routes,
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origin_regex=LOOPBACK_PAGE,
                allow_methods=METHODS,
                allow_headers=("authorization", "content-type"),
            ),
            Middleware(Conditions),
        ],
    )
    app.state.sandbox = sandbox or Sandbox()
    return app


class Conditions:
    """Writes down what is asked, and lets the services be slow or down."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(SERVICES):
            await self.app(scope, receive, send)
            return
        sandbox: Sandbox = scope["app"].state.sandbox
        body = await _read(receive)
        entry = _entry(Request(scope), body, sandbox.clock())
        sandbox.log.append(entry)

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
            await send(message)

        if sandbox.scenario.slow:
            await anyio.sleep(sandbox.scenario.slow_s)
        if sandbox.scenario.down:
            await PlainTextResponse("upstream connect error", 503)(scope, again, noting)
            return
        await self.app(scope, again, noting)


async def _read(receive: Receive) -> bytes:
    body = b""
    more = True
    while more and len(body) <= LONGEST_BODY_BYTES:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _entry(request: Request, body: bytes, at: float) -> dict[str, object]:
    """One request for the log: never a header, and no form, for they carry tokens."""
    entry: dict[str, object] = {
        "at": at,
        "method": request.method,
        "path": request.url.path,
        "query": dict(request.query_params),
        "body": None,
        "status": None,
    }
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            entry["body"] = json.loads(body or b"null")
        except ValueError:
            entry["body"] = body.decode(errors="replace")
    return entry
