"""What whole processes take: to analyse, to be imported, to wait; and how large the wheel is."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil

_START_S = 30
_SETTLE_S = 2


def analyze_s(clip: Path, model: Path, repeat: int) -> float:
    """Median wall time of `emotion-stream analyze --json`."""
    command = [sys.executable, "-m", "emotion_stream.cli", "analyze", "--json"]
    command += ["--model", str(model), str(clip)]
    return _median_s(command, repeat)


def import_s(names: str, repeat: int) -> float:
    """Median time of `import names` in a fresh interpreter, its own start not counted."""
    program = "import time; t = time.perf_counter()\n"
    program += f"import {names}\nprint(time.perf_counter() - t)"
    command = [sys.executable, "-c", program]
    taken = [subprocess.run(command, check=True, capture_output=True).stdout for _ in range(repeat)]
    return statistics.median(map(float, taken))


def wheel_bytes(repository: Path, scratch: Path) -> int:
    """Size of the wheel, built into a folder of its own."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--wheel-dir", str(scratch / "dist"), str(repository)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = (scratch / "dist").glob("*.whl")
    return wheel.stat().st_size


def idle_server_bytes(scratch: Path, model: Path) -> int:
    """Resident memory of `emotion-stream serve` and its children once it waits."""
    environment = {
        **os.environ,
        "EMOTION_STREAM_DATA_DIR": str(scratch / "data"),
        "EMOTION_STREAM_MODEL_PATH": str(model),
    }
    command = [sys.executable, "-m", "emotion_stream.cli", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            _wait_for_address(server)
            time.sleep(_SETTLE_S)
            process = psutil.Process(server.pid)
            family = [process, *process.children(recursive=True)]
            return sum(member.memory_info().rss for member in family)
        finally:
            server.terminate()


def _wait_for_address(server: subprocess.Popen[str]) -> None:
    """The server prints its address when it listens."""
    if server.stdout is None:
        raise RuntimeError("the server's output is not piped")
    begun_s = time.monotonic()
    while "http://" not in server.stdout.readline():
        if server.poll() is not None or time.monotonic() - begun_s > _START_S:
            raise RuntimeError("the server did not start; run `emotion-stream serve` to see why")


def _median_s(command: list[str], repeat: int) -> float:
    times_s = []
    for _ in range(repeat):
        begun_s = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times_s.append(time.perf_counter() - begun_s)
    return statistics.median(times_s)
