"""`/sandbox`: the switches, and what was asked of the stand-in."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tools.spotify_sandbox.pages import page
from tools.spotify_sandbox.scenario import QUOTAS
from tools.spotify_sandbox.state import Sandbox, sandbox_of

ACTIONS = ("expire", "revoke", "reset")


async def show(request: Request) -> Response:
    sandbox = sandbox_of(request)
    return page("control.html", scenario=asdict(sandbox.scenario), quotas=QUOTAS, actions=ACTIONS)


async def scenario(request: Request) -> Response:
    return JSONResponse(asdict(sandbox_of(request).scenario))


async def change(request: Request) -> Response:
    """Set switches; `revoke` ends all tokens, `expire` the access tokens, `reset` everything."""
    sandbox = sandbox_of(request)
    try:
        wanted = await request.json()
        if not isinstance(wanted, dict):
            raise ValueError("The body is a JSON object of switches.")
        asked = {action for action in ACTIONS if wanted.pop(action, False) is True}
        changed = sandbox.scenario.changed(wanted)
    except ValueError as error:
        return JSONResponse({"message": str(error)}, 400)
    sandbox.scenario = changed
    _act(sandbox, asked)
    return JSONResponse(asdict(sandbox.scenario))


def _act(sandbox: Sandbox, asked: set[str]) -> None:
    if "reset" in asked:
        sandbox.reset()
    if "revoke" in asked:
        sandbox.tokens.revoke()
    if "expire" in asked:
        sandbox.tokens.expire()


async def log(request: Request) -> Response:
    """The requests seen, oldest first, without anything secret."""
    return JSONResponse({"requests": list(sandbox_of(request).log)})


async def clear_log(request: Request) -> Response:
    sandbox_of(request).log.clear()
    return Response(status_code=204)


async def players(request: Request) -> Response:
    """Every player that is connected and what it says it plays."""
    devices = sandbox_of(request).devices
    return JSONResponse(
        {
            "players": [
                {
                    "id": device.id,
                    "name": device.name,
                    "active": devices.is_active(device),
                    "state": device.reported,
                }
                for device in devices.all()
            ]
        }
    )


routes = [
    Route("/sandbox", show),
    Route("/sandbox/scenario", scenario, methods=["GET"]),
    Route("/sandbox/scenario", change, methods=["POST"]),
    Route("/sandbox/log", log, methods=["GET"]),
    Route("/sandbox/log", clear_log, methods=["DELETE"]),
    Route("/sandbox/players", players),
]
