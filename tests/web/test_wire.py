"""What only a real server and a bare socket show: early answers, aborts, crowds, what is logged."""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.web.server_process import Served, served

from .conftest import session_cookie

MB = 1_000_000
POST = "POST /api/v1/analyses HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: audio/wav\r\n"


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=20) as client:
        yield client


@dataclass(frozen=True)
class Gate:
    """Holds back the analyses of `wait` until it is opened."""

    folder: Path

    def begun(self) -> int:
        return len(list(self.folder.glob("begun-*")))

    def open(self) -> None:
        (self.folder / "go").touch()


@pytest.fixture
def gate(server: Served) -> Iterator[Gate]:
    gate = Gate(server.log_file.parent)
    yield gate
    for file in (*gate.folder.glob("begun-*"), gate.folder / "go"):
        file.unlink()


def answer_of(connection: socket.socket) -> tuple[int, dict[str, object]]:
    """Status and JSON body of the next answer on a connection."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += chunk_of(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += chunk_of(connection)
    return int(head.split()[1]), json.loads(body[:length])


def chunk_of(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    assert chunk, "the server closed the connection without an answer"
    return chunk


def eventually(condition: Callable[[], bool], patience_s: float = 30) -> None:
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def alive(client: httpx.Client) -> bool:
    return client.get("/api/v1/health").json()["status"] == "ok"


def test_a_declared_giant_is_refused_before_its_first_byte(server: Served) -> None:
    with server.connect() as connection:
        connection.sendall(f"{POST}Content-Length: 10000000000\r\n\r\n".encode())
        status, body = answer_of(connection)
    assert (status, body["code"]) == (413, "upload_too_large")
    assert "4 MB" in str(body["message"])


def test_a_header_without_end_is_refused_and_holds_up_nobody(
    server: Served, client: httpx.Client
) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 60_000)
        assert alive(client)
        with suppress(ConnectionError):  # it may hang up before it has heard all of it
            connection.sendall(b"a" * MB)
        assert refused(connection)
    assert alive(client)


def refused(connection: socket.socket) -> bool:
    try:
        return connection.recv(65536).startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
    except ConnectionError:
        return True


def test_an_undeclared_giant_is_refused_while_it_comes(server: Served) -> None:
    piece = b"%x\r\n%s\r\n" % (100_000, b"R" * 100_000)
    with server.connect() as connection:
        connection.sendall(f"{POST}Transfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(45):  # 4.5 MB of what claims to have no end
            connection.sendall(piece)
        status, body = answer_of(connection)
    assert (status, body["code"]) == (413, "upload_too_large")
    assert server.temporary_files() == []


def test_a_form_with_a_giant_is_refused(server: Served, client: httpx.Client) -> None:
    for size, code in ((4 * MB, "not_audio"), (4 * MB + 1, "upload_too_large")):
        answer = client.post("/api/v1/analyses", files={"file": ("a.wav", b"x" * size)})
        assert answer.json()["code"] == code


@pytest.mark.parametrize("length", ["-1", "1e3", "abc", "9" * 400])
def test_a_length_of_nonsense_is_refused(server: Served, client: httpx.Client, length: str) -> None:
    with server.connect() as connection:
        connection.sendall(f"{POST}Content-Length: {length}\r\n\r\n".encode())
        assert connection.recv(65536).split()[1].startswith(b"4")
    assert alive(client)


@pytest.mark.parametrize("noise", [b"\x16\x03\x01\x02\x00", b"GET /\r\n\r\n", b"\r\n" * 9, b"\0"])
def test_what_is_not_http_hurts_nobody(server: Served, client: httpx.Client, noise: bytes) -> None:
    with server.connect() as connection:
        connection.sendall(noise)
    assert alive(client)


@pytest.mark.parametrize(
    "head",
    [
        POST,
        POST.replace("audio/wav", "multipart/form-data; boundary=x"),
    ],
    ids=["raw", "form"],
)
def test_an_upload_that_stops_midway_leaves_nothing(
    server: Served, client: httpx.Client, head: str
) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    with server.connect() as connection:
        connection.sendall(f"{head}Content-Length: {3 * MB}\r\n\r\n".encode())
        connection.sendall((part if "form" in head else b"") + b"R" * (2 * MB))
        eventually(lambda: len(server.temporary_files()) == 1)
    eventually(lambda: server.temporary_files() == [])
    assert alive(client)


def test_two_uploads_at_once_do_not_mix(client: httpx.Client) -> None:
    def upload(start: bytes) -> str | None:
        sound = start + b"\0" * (3 * MB)
        answer = client.post("/api/v1/analyses", files={"file": ("a", sound)})
        return str(answer.json().get("emotion", answer.json().get("code")))

    with ThreadPoolExecutor(2) as pool:
        for _ in range(5):
            assert list(pool.map(upload, [b"RIFF", b"quiet"])) == ["sadness", "None"]


def test_a_crowd_is_told_to_come_back_and_pages_stay_quick(
    client: httpx.Client, gate: Gate
) -> None:
    def upload(_: int) -> httpx.Response:
        return client.post("/api/v1/analyses", content=b"wait", headers={"content-type": "audio/x"})

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(upload, number) for number in range(4)]
        eventually(lambda: sum(call.done() for call in calls) == 1)
        assert alive(client)  # while every analysis waits at the gate
        gate.open()
        answers = [call.result() for call in calls]
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 503]
    busy = next(answer for answer in answers if answer.status_code == 503)
    assert (busy.json()["code"], busy.headers["retry-after"]) == ("busy", "5")


def test_who_leaves_the_queue_makes_room(server: Served, gate: Gate) -> None:
    waiting = f"{POST}Content-Length: 4\r\n\r\nwait".encode()

    def call() -> socket.socket:
        connection = server.connect()
        connection.sendall(waiting)
        return connection

    running = [call(), call()]
    eventually(lambda: gate.begun() == 2)
    rivals = [call(), call()]  # for the one place in the queue
    refused = answered_of(rivals)
    assert answer_of(refused)[0] == 503
    rivals.remove(refused)
    rivals.pop().close()
    refused.close()

    def takes_the_place() -> bool:
        late = call()
        if not select.select([late], [], [], 0.3)[0]:
            running.append(late)
            return True
        late.close()
        return False

    eventually(takes_the_place)
    gate.open()
    for connection in running:
        assert answer_of(connection)[0] == 200
        connection.close()


def answered_of(connections: list[socket.socket]) -> socket.socket:
    readable: list[socket.socket] = select.select(connections, [], [], 10)[0]
    return readable[0]


def test_a_disk_that_is_full_is_said_and_nothing_is_left(
    server: Served, client: httpx.Client
) -> None:
    program = psutil.Process(server.process.pid)
    before = program.rlimit(psutil.RLIMIT_FSIZE)
    program.rlimit(psutil.RLIMIT_FSIZE, (1_500_000, before[1]))  # the system's own limit
    try:
        for upload in (
            {"content": b"R" * (3 * MB), "headers": {"content-type": "audio/x"}},
            {"files": {"file": ("a", b"R" * (3 * MB))}},
        ):
            answer = client.post("/api/v1/analyses", **upload)
            assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
            assert "full" in answer.json()["message"]
    finally:
        program.rlimit(psutil.RLIMIT_FSIZE, before)
    assert server.temporary_files() == []
    assert client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")}).status_code == 200


def test_a_listener_who_stops_listening_hurts_nobody(server: Served, client: httpx.Client) -> None:
    with server.connect() as connection:
        connection.sendall(
            b"GET /api/v1/library/shop/dawn/audio HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Range: bytes=100-199\r\n\r\n"
        )
        head = connection.recv(65536)
    assert head.startswith(b"HTTP/1.1 206")
    assert b"content-range: bytes 100-199/1024" in head
    assert alive(client)


def test_the_log_holds_nothing_private(server: Served, client: httpx.Client) -> None:
    client.put("/api/v1/session", json={"analyse": True, "history": True})
    token = session_cookie(client.cookies)[1]
    client.post("/api/v1/analyses", files={"file": ("private-name.wav", b"RIFF")})
    client.post("/api/v1/analyses", files={"file": ("private-name.wav", b"crash")})
    client.get("/?private=query")
    log = server.log
    assert '"GET / HTTP/1.1" 200' in log
    assert "internal error" in log
    for secret in ("private", token):
        assert secret not in log


def test_foreign_names_and_origins_are_refused_on_the_wire(client: httpx.Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    answer = client.delete("/api/v1/session", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


def test_no_temporary_file_is_left(server: Served) -> None:
    assert server.temporary_files() == []
    assert not list(Path(server.log_file.parent).glob("tmp*"))


@pytest.mark.process
def test_stopping_the_server_does_not_wait_for_an_endless_recording(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.web.server_process", str(tmp_path)]
    with served(command, tmp_path) as server:
        line = server.connect()
        line.sendall(f"{POST}Content-Length: 4\r\n\r\nwait".encode())
        eventually((tmp_path / "begun-1").exists)
    # `served` has stopped it by now, and would have failed had that taken more than seconds.
    with line:
        status, body = answer_of(line)
    assert (status, body["code"]) == (503, "busy")
    assert "Traceback" not in server.log
