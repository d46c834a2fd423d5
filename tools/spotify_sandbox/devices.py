"""Players that have connected: what they were told, and what they say they play."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

MOST_WAITING = 100
BEAT_S = 15.0

Json = dict[str, object]


@dataclass
class Device:
    """One player in a page. `reported` is the state it last told, None before it played."""

    id: str
    person_id: str
    name: str
    commands: asyncio.Queue[Json | None]
    reported: Json | None = None
    queue: list[str] = field(default_factory=list)


class Devices:
    """The players of all people, and which of them is active."""

    def __init__(self) -> None:
        self._devices: dict[str, Device] = {}
        self._active: dict[str, str] = {}

    def connect(self, person_id: str, name: str) -> Device:
        """A new player, not active yet."""
        device = Device(secrets.token_hex(20), person_id, name, asyncio.Queue(maxsize=MOST_WAITING))
        self._devices[device.id] = device
        return device

    def disconnect(self, device_id: str) -> None:
        device = self._devices.pop(device_id, None)
        if device is None:
            return
        if self._active.get(device.person_id) == device_id:
            del self._active[device.person_id]
        _tell(device, None)

    def clear(self) -> None:
        """Disconnect all."""
        for device_id in list(self._devices):
            self.disconnect(device_id)

    def by_id(self, device_id: str) -> Device | None:
        return self._devices.get(device_id)

    def all(self) -> list[Device]:
        return list(self._devices.values())

    def of(self, person_id: str) -> list[Device]:
        return [device for device in self._devices.values() if device.person_id == person_id]

    def named(self, person_id: str, device_id: str | None) -> Device | None:
        """The person's device of this id, or their active one where none is named."""
        wanted = self._active.get(person_id) if device_id is None else device_id
        device = self._devices.get(wanted or "")
        return device if device is not None and device.person_id == person_id else None

    def is_active(self, device: Device) -> bool:
        return self._active.get(device.person_id) == device.id

    def activate(self, device: Device) -> None:
        """Move playback here; the player that had it hears of that."""
        before = self.named(device.person_id, None)
        if before is not None and before is not device:
            before.reported = None
            _tell(before, {"do": "elsewhere"})
        self._active[device.person_id] = device.id

    def tell(self, device: Device, do: str, **more: object) -> None:
        """Send a command to a player."""
        _tell(device, {"do": do, **more})

    async def events(self, device: Device, beat_s: float = BEAT_S) -> AsyncIterator[str]:
        """The commands for a player as server-sent events, until it is disconnected."""
        yield ": connected\n\n"
        while True:
            try:
                command = await asyncio.wait_for(device.commands.get(), beat_s)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if command is None:
                return
            yield f"data: {json.dumps(command)}\n\n"


def _tell(device: Device, command: Mapping[str, object] | None) -> None:
    if device.commands.full():  # a page that no longer listens
        device.commands.get_nowait()
    device.commands.put_nowait(None if command is None else dict(command))
