"""The scripts of both players, and what the player in a page asks the stand-in beside the API."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tools.spotify_sandbox.gate import (
    Call,
    Refusal,
    admit,
    answer_to,
    body_of,
)
from tools.spotify_sandbox.pages import STATIC
from tools.spotify_sandbox.state import sandbox_of

STREAMING = ("streaming", "user-read-email", "user-read-private")


async def player_script(_: Request) -> Response:
    return _script("spotify-player.js")


async def embed_script(_: Request) -> Response:
    return _script("embed-api.js")


async def connect(request: Request) -> Response:
    """A player asks to be a device; `error` names the event that it must raise instead."""
    sandbox = sandbox_of(request)
    if not sandbox.scenario.eme:
        return _failure("initialization_error", "Failed to initialize player")
    try:
        call = Call(request, sandbox, admit(request))
        for scope in STREAMING:
            call.needs(scope)
        name = (await body_of(request)).get("name")
    except Refusal as refusal:
        if refusal.status == 401 or refusal.message == "Insufficient client scope":
            return _failure("authentication_error", "Authentication failed")
        if refusal.status == 403:
            return _failure("account_error", "Failed to validate Spotify account")
        return answer_to(refusal, sandbox.scenario)
    if not sandbox.scenario.premium:
        return _failure("account_error", "This functionality is restricted to premium users only")
    device = sandbox.devices.connect(call.person.id, str(name or "Web player"))
    return JSONResponse({"device_id": device.id})


async def events(request: Request) -> Response:
    sandbox = sandbox_of(request)
    device = sandbox.devices.by_id(request.path_params["id"])
    if device is None:
        return Response(status_code=204)  # tells an EventSource to stay away
    return StreamingResponse(
        sandbox.devices.events(device),
        media_type="text/event-stream",
        headers={"cache-control": "no-store"},
    )


async def report(request: Request) -> Response:
    """What the player plays now."""
    sandbox = sandbox_of(request)
    device = sandbox.devices.by_id(request.path_params["id"])
    if device is None:
        return Response(status_code=404)
    try:
        told = await body_of(request)
    except Refusal as refusal:
        return answer_to(refusal, sandbox.scenario)
    device.reported = told or None
    if device.queue and told.get("uri") == device.queue[0]:
        del device.queue[0]
    return Response(status_code=204)


async def disconnect(request: Request) -> Response:
    sandbox_of(request).devices.disconnect(request.path_params["id"])
    return Response(status_code=204)


def _script(name: str) -> Response:
    return FileResponse(STATIC / name, headers={"cache-control": "no-cache"})


def _failure(event: str, message: str) -> Response:
    return JSONResponse({"error": event, "message": message})


routes = [
    Route("/spotify-player.js", player_script),
    Route("/embed/iframe-api/v1", embed_script),
    Route("/sdk/devices", connect, methods=["POST"]),
    Route("/sdk/devices/{id}", disconnect, methods=["DELETE"]),
    Route("/sdk/devices/{id}/events", events),
    Route("/sdk/devices/{id}/state", report, methods=["POST"]),
]
