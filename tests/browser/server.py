"""The real server as a process on a free port."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tests.tiny_model import tiny_model

START_S = 60
STOP_S = 10


@dataclass
class Server:
    address: str
    process: subprocess.Popen[str]
    log: Path

    def stop(self) -> None:
        """Ask it to stop; end it where it does not."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running(folder: Path, *, port: int = 0, **settings: str) -> Iterator[Server]:
    """`emotion-stream serve` with its data in `folder`; its log is shown where it dies."""
    log = folder / "server.log"
    process = _start(folder, log, port, settings)
    try:
        yield Server(announced_address(process, log), process, log)
    finally:
        if process.poll() is None:
            Server("", process, log).stop()
        if process.stdout is not None:
            process.stdout.close()


def _start(folder: Path, log: Path, port: int, settings: dict[str, str]) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "EMOTION_STREAM_DATA_DIR": str(folder),
        "EMOTION_STREAM_MODEL_PATH": str(_model(folder)),
        "EMOTION_STREAM_ANALYSES_PER_MINUTE": "10000",
        **settings,
    }
    command = [
        sys.executable,
        "-m",
        "emotion_stream.cli",
        "serve",
        "--no-open",
        "--port",
        str(port),
    ]
    with log.open("a") as output:
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=output, text=True
        )


def _model(folder: Path) -> Path:
    """The shipped model; a tiny one made here where none is shipped."""
    shipped = sorted(Path(str(files("emotion_stream"))).glob("assets/emotion-*.onnx"))
    return shipped[-1] if shipped else tiny_model(folder / "tiny.onnx")


def announced_address(process: subprocess.Popen[str], log: Path) -> str:
    """The first line the server prints. Fails with its log where it does not come."""
    assert process.stdout is not None
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        readable, _, _ = select.select([process.stdout], [], [], 0.2)
        if readable and (line := process.stdout.readline().strip()).startswith("http"):
            return line
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
