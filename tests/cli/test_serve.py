"""`emotion-stream serve` as people start it."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from emotion_stream.cli.serve import has_screen, listen, page_address
from emotion_stream.errors import EmotionStreamError
from tests.migrated import NEWEST
from tests.tiny_model import tiny_model
from tests.web.server_process import Served, served

SOURCE = str(Path(__file__).parents[2] / "src")
PROGRAM = [sys.executable, "-m", "emotion_stream.cli"]
MOST_IDLE_BYTES = 250_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    environment = {
        "EMOTION_STREAM_DATA_DIR": str(folder / "data"),
        "EMOTION_STREAM_MODEL_PATH": str(tiny_model(folder / "emotion-0.0.1.onnx")),
    }
    command = [*PROGRAM, "serve", "--port", "0", "--no-open"]
    with served(command, folder, **environment) as running:
        yield running


def test_it_prints_the_address_in_numbers(server: Served) -> None:
    assert server.host == "127.0.0.1"
    assert httpx.get(f"{server.url}/").status_code == 200


def test_it_is_healthy_and_its_database_is_migrated(server: Served) -> None:
    health = httpx.get(f"{server.url}/api/v1/health").json()
    assert (health["status"], health["model"]["version"]) == ("ok", "0.0.1")
    file = server.log_file.parent / "data" / "emotion-stream.sqlite3"
    connection = sqlite3.connect(file)
    version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    assert version == (NEWEST,)


def test_an_idle_server_is_small(server: Served) -> None:
    assert server.resident_bytes < MOST_IDLE_BYTES


@pytest.mark.process
def test_a_port_that_is_taken_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*PROGRAM, "serve", "--port", str(port)],
            env={"EMOTION_STREAM_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": SOURCE},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_after_the_last_port_the_one_before_is_advised() -> None:
    with ExitStack() as taken:
        with suppress(OSError):  # where another program has it, that will do
            taken.enter_context(socket.create_server(("127.0.0.1", 65_535)))
        with pytest.raises(EmotionStreamError, match="--port 65534"):
            listen("127.0.0.1", 65_535)


@pytest.mark.process
@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("PORT", "seventy", "EMOTION_STREAM_PORT"),
        ("ALLOWED_HOSTS", "music.home", "JSON"),
        ("DATABASE_URL", "nonsense", "database URL"),
    ],
)
def test_a_setting_that_makes_no_sense_is_a_usage_error(
    tmp_path: Path, setting: str, value: str, said: str
) -> None:
    done = start(tmp_path, **{f"EMOTION_STREAM_{setting}": value})
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://me:secret-word@127.0.0.1:1/x"
    done = start(tmp_path, EMOTION_STREAM_DATABASE_URL=url)
    assert done.returncode == 1
    assert "127.0.0.1:1" in done.stderr
    assert "secret-word" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_a_music_folder_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    url = "postgresql+psycopg://me@127.0.0.1:1/x"  # so that it ends by itself
    music = {"EMOTION_STREAM_LIBRARY": str(tmp_path / "music"), "EMOTION_STREAM_DATABASE_URL": url}
    said = f"{tmp_path / 'music'} is no folder"
    assert said in start(tmp_path, **music).stderr
    (tmp_path / "music").mkdir()
    assert said not in start(tmp_path, **music).stderr


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:

    return subprocess.run(
        [*PROGRAM, "serve", "--no-open", *(() if "EMOTION_STREAM_PORT" in environment else PORT_0)],
        env={"EMOTION_STREAM_DATA_DIR": str(folder / "data"), "PYTHONPATH": SOURCE, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


PORT_0 = ("--port", "0")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("localhost", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - shown, not bound
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("192.168.1.20", "http://192.168.1.20:8000"),
    ],
)
def test_the_page_is_found_under_an_address_and_never_localhost(host: str, address: str) -> None:
    assert page_address(host, 8000) == address


@pytest.mark.process
@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_an_address_that_is_not_ours_is_refused(host: str) -> None:
    with pytest.raises(EmotionStreamError, match="Cannot listen on"):
        listen(host, 0)


def test_a_host_that_is_no_name_is_refused() -> None:
    with pytest.raises(EmotionStreamError, match=r"'a\.\.b' is no name of a host"):
        listen("a..b", 0)


def test_without_a_terminal_no_browser_opens() -> None:
    assert not has_screen()
