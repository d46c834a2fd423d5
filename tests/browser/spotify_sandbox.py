"""The stand-in for Spotify and a server that uses it, as two processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.browser.server import STOP_S, Server, announced_address, running

CLIENT_ID = "sandboxclientid"


@dataclass
class Stage:
    """`server` is the page; `sandbox` the address of the stand-in."""

    server: Server
    sandbox: str

    def switch(self, **switches: object) -> None:
        """Let something go wrong, or right again."""
        httpx.post(f"{self.sandbox}/sandbox/scenario", json=switches).raise_for_status()

    def requests(self, path: str = "") -> list[dict[str, Any]]:
        """What the stand-in was asked, oldest first, as far as `path` is part of the address."""
        log = httpx.get(f"{self.sandbox}/sandbox/log").json()["requests"]
        return [entry for entry in log if path in entry["path"]]

    def players(self) -> list[dict[str, Any]]:
        """The players that are connected, and what each says it plays."""
        found: list[dict[str, Any]] = httpx.get(f"{self.sandbox}/sandbox/players").json()["players"]
        return found

    def begin_anew(self) -> None:
        self.switch(reset=True)
        httpx.delete(f"{self.sandbox}/sandbox/log").raise_for_status()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Both processes, the page set up with the stand-in."""
    log = folder / "sandbox.log"
    command = [sys.executable, "-m", "tools.spotify_sandbox", "--port", "0"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=output, text=True, env={**os.environ}
        )
    try:
        sandbox = announced_address(process, log)
        settings = {
            "EMOTION_STREAM_DEVELOPMENT": "true",
            "EMOTION_STREAM_SPOTIFY_SANDBOX": sandbox,
            "EMOTION_STREAM_SPOTIFY_CLIENT_ID": CLIENT_ID,
        }
        with running(folder, **settings) as server:
            yield Stage(server, sandbox)
    finally:
        process.terminate()
        process.wait(STOP_S)
        if process.stdout is not None:
            process.stdout.close()
