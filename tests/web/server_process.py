"""A real server in a process of its own, for what a client in the same process cannot show.

Run as a program it serves the application with the recogniser and the music of the tests:
`python -m tests.web.server_process DATA_FOLDER [SETTING=VALUE ...]`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).parents[2]
START_S = 30
STOP_S = 15


@dataclass(frozen=True)
class Served:
    """A server that answers at `host` and `port`; `log` is what it wrote so far."""

    process: subprocess.Popen[str]
    host: str
    port: int
    log_file: Path

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    @property
    def resident_bytes(self) -> int:
        return int(psutil.Process(self.process.pid).memory_info().rss)

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=10)

    def temporary_files(self) -> list[str]:
        """Files that are open without a name, where uploads wait (Linux)."""
        links = Path(f"/proc/{self.process.pid}/fd").iterdir()
        found = [os.readlink(link) for link in links if link.is_symlink()]
        return [name for name in found if "(deleted)" in name and "/memfd:" not in name]


@contextmanager
def served(command: list[str], folder: Path, **environment: str) -> Iterator[Served]:
    """Start a program that prints its address, and stop it as Ctrl-C does."""
    log_file = folder / "server.log"
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith("EMOTION_STREAM_")
    }
    variables |= {"PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}"}
    with log_file.open("w") as log:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=folder,
            env=variables | environment,
        )
    try:
        yield _announced(process, log_file)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            assert process.stdout is not None
            process.stdout.close()
    assert process.returncode == 0, log_file.read_text(encoding="utf-8")


def _announced(process: subprocess.Popen[str], log_file: Path) -> Served:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line.startswith("http://"):
        process.wait(STOP_S)
        raise AssertionError(f"{line}\n{log_file.read_text(encoding='utf-8')}")
    host, _, port = line.removeprefix("http://").rpartition(":")
    return Served(process, host, int(port), log_file)


def main() -> None:
    from emotion_stream.cli.serve import listen, page_address, server_of
    from emotion_stream.settings import Settings
    from emotion_stream.store import migrate
    from emotion_stream.web import create_app
    from tests.web.fake_provider import FakeProvider
    from tests.web.fake_recognizer import FakeRecognizer

    folder = Path(sys.argv[1])
    changed = dict(pair.split("=", 1) for pair in sys.argv[2:])
    settings = Settings.model_validate({"data_dir": folder, "port": 0, **changed})
    asyncio.run(migrate(settings.resolved_database_url))
    listener = listen(settings.host, settings.port)
    address = page_address(settings.host, listener.getsockname()[1])
    recognizer = FakeRecognizer(go_file=folder / "go")
    app = create_app(settings, recognizer=recognizer, providers=(FakeProvider(folder),))
    server = server_of(app, lambda: print(address, flush=True))  # noqa: T201
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        listener.close()


if __name__ == "__main__":
    main()
