"""`/v1/me/player`: commands for the players in pages, and what those say they play."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tools.spotify_sandbox import catalogue, objects
from tools.spotify_sandbox.catalogue import Thing
from tools.spotify_sandbox.devices import Device
from tools.spotify_sandbox.gate import Call, Refusal, body_of, guarded, number

CONTROL, READ = "user-modify-playback-state", "user-read-playback-state"
LONGEST_MS = 86_400_000


async def transfer(call: Call) -> Response:
    """Move playback to one device; with `play` true what was loaded there goes on."""
    _may_control(call)
    body = await body_of(call.request)
    named = body.get("device_ids")
    if not isinstance(named, list) or len(named) != 1 or not isinstance(named[0], str):
        raise Refusal(400, "Only one device_ids value is supported")
    device = _device(call, named[0])
    call.sandbox.devices.activate(device)
    if body.get("play") is True:
        call.sandbox.devices.tell(device, "resume")
    return Response(status_code=204)


async def play(call: Call) -> Response:
    """Start URIs or a context; without a body what was paused goes on."""
    _may_control(call)
    device = _device(call, call.request.query_params.get("device_id"))
    body = await body_of(call.request)
    call.sandbox.devices.activate(device)
    if body.get("uris") is None and body.get("context_uri") is None:
        call.sandbox.devices.tell(device, "resume")
        return Response(status_code=204)
    tracks, context = _wanted(body)
    start = body.get("position_ms", 0)
    call.sandbox.devices.tell(
        device,
        "load",
        tracks=[_sdk_track(call, one) for one in tracks],
        index=_first(body.get("offset"), tracks),
        context=context,
        position_ms=start if isinstance(start, int) else 0,
        playback_error=call.sandbox.scenario.playback_error,
        autoplay_blocked=call.sandbox.scenario.autoplay_blocked,
    )
    return Response(status_code=204)


async def command(call: Call) -> Response:
    """`pause`, `next` and `previous`."""
    _may_control(call)
    device = _device(call, call.request.query_params.get("device_id"))
    call.sandbox.devices.tell(device, call.request.url.path.rsplit("/", 1)[-1])
    return Response(status_code=204)


async def seek(call: Call) -> Response:
    _may_control(call)
    device = _device(call, call.request.query_params.get("device_id"))
    position_ms = number(call.request, "position_ms", 0, least=0, most=LONGEST_MS)
    call.sandbox.devices.tell(device, "seek", position_ms=position_ms)
    return Response(status_code=204)


async def volume(call: Call) -> Response:
    _may_control(call)
    device = _device(call, call.request.query_params.get("device_id"))
    percent = number(call.request, "volume_percent", 100, least=0, most=100)
    call.sandbox.devices.tell(device, "volume", volume=percent / 100)
    return Response(status_code=204)


async def add_to_queue(call: Call) -> Response:
    _may_control(call)
    device = _device(call, call.request.query_params.get("device_id"))
    item = catalogue.find(call.request.query_params.get("uri", ""))
    if item is None or not item.duration_s:
        raise Refusal(400, "Invalid track uri")
    device.queue.append(item.uri)
    call.sandbox.devices.tell(device, "queue", track=_sdk_track(call, item))
    return Response(status_code=204)


async def queue(call: Call) -> Response:
    call.needs(READ)
    device = call.sandbox.devices.named(call.person.id, None)
    waiting = [catalogue.find(uri) for uri in device.queue] if device else []
    playing = _playing(device)
    shown: objects.Json = {"queue": [objects.heard(call.origin, one) for one in waiting if one]}
    if playing is not None:
        shown["currently_playing"] = objects.heard(call.origin, playing)
    return JSONResponse(shown)


async def devices(call: Call) -> Response:
    call.needs(READ)
    mine = call.sandbox.devices.of(call.person.id)
    return JSONResponse({"devices": [_shown(call, device) for device in mine]})


async def state(call: Call) -> Response:
    """What plays on the active device; 204 where nothing does."""
    call.needs(READ, "user-read-currently-playing")
    device = call.sandbox.devices.named(call.person.id, None)
    playing = _playing(device)
    if device is None or device.reported is None or playing is None:
        return Response(status_code=204)
    shown: objects.Json = {
        "timestamp": int(call.sandbox.clock() * 1000),
        "progress_ms": device.reported.get("position_ms", 0),
        "is_playing": device.reported.get("paused") is False,
        "item": objects.heard(call.origin, playing),
        "currently_playing_type": playing.kind,
        "actions": {"disallows": {}},
    }
    if call.request.url.path.endswith("/player"):
        shown |= {
            "device": _shown(call, device),
            "repeat_state": "off",
            "shuffle_state": False,
        }
    return JSONResponse(shown)


def _may_control(call: Call) -> None:
    call.needs(CONTROL)
    if not call.sandbox.scenario.premium:
        raise Refusal(403, "Player command failed: Premium required", "PREMIUM_REQUIRED")


def _device(call: Call, device_id: str | None) -> Device:
    device = call.sandbox.devices.named(call.person.id, device_id)
    if device is not None:
        return device
    if device_id is not None:
        raise Refusal(404, "Device not found")
    raise Refusal(404, "Player command failed: No active device found", "NO_ACTIVE_DEVICE")


def _wanted(body: dict[str, object]) -> tuple[tuple[Thing, ...], str | None]:
    """What to play and the context it belongs to. Raises Refusal."""
    uris, context = body.get("uris"), body.get("context_uri")
    if uris is not None and context is not None:
        raise Refusal(400, "Can't have both context_uri and uris")
    if isinstance(context, str):
        tracks = catalogue.playable(context)
        if catalogue.find(context) in tracks:
            raise Refusal(400, "Unsupported context uri")
    elif isinstance(uris, list) and all(isinstance(uri, str) for uri in uris):
        found = [catalogue.find(uri) for uri in uris]
        tracks = tuple(one for one in found if one is not None and one.duration_s)
    else:
        raise Refusal(400, "Malformed json")
    if not tracks:
        raise Refusal(404, "Player command failed: Resource not found")
    return tracks, context if isinstance(context, str) else None


def _first(offset: object, tracks: tuple[Thing, ...]) -> int:
    """Where in the list to begin, 0 where the offset names no place in it."""
    wanted = offset if isinstance(offset, dict) else {}
    for place, item in enumerate(tracks):
        if place == wanted.get("position") or item.uri == wanted.get("uri"):
            return place
    return 0


def _playing(device: Device | None) -> Thing | None:
    reported = None if device is None else device.reported
    return None if reported is None else catalogue.find(str(reported.get("uri")))


def _shown(call: Call, device: Device) -> objects.Json:
    return {
        "id": device.id,
        "name": device.name,
        "type": "Computer",
        "is_active": call.sandbox.devices.is_active(device),
        "is_private_session": False,
        "is_restricted": False,
        "supports_volume": True,
        "volume_percent": 50,
    }


def _sdk_track(call: Call, item: Thing) -> objects.Json:
    """A track or episode as the player in the page names it, with the seed of its tune."""
    return {**objects.sdk_track(call.origin, item), "tune": item.tune}


routes = [
    Route("/me/player", guarded(transfer), methods=["PUT"]),
    Route("/me/player", guarded(state), methods=["GET"]),
    Route("/me/player/currently-playing", guarded(state)),
    Route("/me/player/devices", guarded(devices)),
    Route("/me/player/queue", guarded(add_to_queue), methods=["POST"]),
    Route("/me/player/queue", guarded(queue), methods=["GET"]),
    Route("/me/player/play", guarded(play), methods=["PUT"]),
    Route("/me/player/pause", guarded(command), methods=["PUT"]),
    Route("/me/player/next", guarded(command), methods=["POST"]),
    Route("/me/player/previous", guarded(command), methods=["POST"]),
    Route("/me/player/seek", guarded(seek), methods=["PUT"]),
    Route("/me/player/volume", guarded(volume), methods=["PUT"]),
]
