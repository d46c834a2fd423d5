"""`python -m tools.spotify_sandbox` as people start it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.web.server_process import served

pytestmark = pytest.mark.process

PROGRAM = [sys.executable, "-m", "tools.spotify_sandbox"]
REPOSITORY = Path(__file__).parents[3]


def test_it_answers_on_this_machine_alone_and_says_how_to_use_it(tmp_path: Path) -> None:
    with served([*PROGRAM, "--port", "0"], tmp_path) as running:
        assert running.host == "127.0.0.1"
        assert httpx.get(f"{running.url}/sandbox").status_code == 200
        assert running.process.stdout is not None
        said = running.process.stdout.readline() + running.process.stdout.readline()
        assert f"EMOTION_STREAM_SPOTIFY_SANDBOX={running.url}" in said
        assert "EMOTION_STREAM_DEVELOPMENT=true" in said
        secret = httpx.get(f"{running.url}/authorize", params={"state": "never-written"})
        assert secret.status_code == 400
        assert "never-written" not in running.log


def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*PROGRAM, "--port", str(port)],
            cwd=REPOSITORY,
            env={"PYTHONPATH": str(REPOSITORY / "src")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert f"python -m tools.spotify_sandbox --port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr
