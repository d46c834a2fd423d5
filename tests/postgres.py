"""A PostgreSQL of its own for the tests: made in a temporary folder, gone when they end.

Where they are killed, the watchdog of the run ends it (tests/watchdog.py).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

DEBIAN = Path("/usr/lib/postgresql")
# Nothing of a test survives a crash anyway: no waiting for the disk.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@dataclass(frozen=True)
class Postgres:
    """A running server that takes connections without a password on the loopback."""

    port: int
    folder: Path
    binaries: Path
    numbers: Iterator[int]

    def new_database(self) -> str:
        """Make an empty database; returns its SQLAlchemy URL."""
        name = f"test_{next(self.numbers)}"
        with psycopg.connect(self._libpq_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._libpq_url(name).replace("postgresql://", "postgresql+psycopg://")

    def pause(self) -> None:
        """Stop answering, as a server does that is being restarted."""
        self._stop("fast")

    def end(self) -> None:
        """Stop for good: nothing is written down that nobody will read."""
        self._stop("immediate")

    def resume(self) -> None:
        options = " ".join((f"-p {self.port} -c listen_addresses=127.0.0.1", "-k ''", *FAST))
        log = self.folder / "server.log"
        _run(self.binaries / "pg_ctl", "-D", self.folder, "-l", log, "-o", options, "-w", "start")

    def _stop(self, mode: str) -> None:
        _run(self.binaries / "pg_ctl", "-D", self.folder, "-m", mode, "-w", "stop")

    def _libpq_url(self, name: str) -> str:
        return f"postgresql://postgres:secret-word@127.0.0.1:{self.port}/{name}"


def binaries() -> Path | None:
    """Where initdb and pg_ctl are: on the path, or in the newest version Debian installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def started(where: Path) -> Iterator[Postgres]:
    """Run a server while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="es-postgres-"))
    try:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        _run(where / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        server = Postgres(_free_port(), data, where, count())
        server.resume()
        try:
            yield server
        finally:
            server.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: object) -> None:
    command = [str(program), *map(str, arguments)]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    # The server inherits the output: a file, because a pipe would never close.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command, stdout=output, stderr=subprocess.STDOUT, cwd="/", timeout=60, check=False
        )
        if done.returncode:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            raise RuntimeError(f"{program.name} failed")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
