"""Other sites and foreign names are refused; every answer tells the browser what it may do."""

from __future__ import annotations

import httpx
import pytest
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.settings import Settings
from emotion_stream.web.security import (
    HostCheck,
    SecurityHeaders,
    content_security_policy,
    is_from_this_machine,
    permissions_policy,
)

from .conftest import BASE_URL, Running

pytestmark = pytest.mark.anyio

ASK = "/api/v1/recommendations"
HERE = {"host": "127.0.0.1:8000"}
SAD = {"emotion": "sadness"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": BASE_URL},
        {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://127.0.0.1:8000"},
    ],
)
async def test_the_own_page_and_programs_may_ask(running: Running, headers: dict[str, str]) -> None:
    async with running() as client:
        assert (await client.post(ASK, json=SAD, headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9000"},
        {"sec-fetch-site": "cross-site", "origin": BASE_URL},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "http://127.0.0.1"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1:8000.evil.example"},
    ],
)
@pytest.mark.parametrize(
    ("method", "address"),
    [("POST", ASK), ("PUT", "/api/v1/session"), ("DELETE", "/api/v1/session")],
)
async def test_other_sites_may_not(
    running: Running, headers: dict[str, str], method: str, address: str
) -> None:
    async with running() as client:
        answer = await client.request(method, address, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


async def test_reading_is_open_to_links_from_elsewhere(running: Running) -> None:
    async with running() as client:
        answer = await client.get("/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "localhost",
        "LOCALHOST:1",
        "[::1]:8000",
        "music.example:443",
        "music.home:8711",
        "music.home",
        "[2001:db8::1]:8000",
        "[2001:db8::2]",
    ],
)
async def test_own_names_are_answered(running: Running, settings: Settings, host: str) -> None:
    names = ("Music.example", "music.home:8711", "2001:DB8::1", "[2001:db8::2]:8711", "[", "")
    allowed = settings.model_copy(update={"allowed_hosts": names})
    async with running(allowed) as client:
        assert (await client.get("/", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[", "evil.example:8000", "@127.0.0.2"]
)
@pytest.mark.parametrize("address", ["/", "/api/v1/session", "/nothing"])
async def test_foreign_names_are_not(
    running: Running, settings: Settings, host: str, address: str
) -> None:
    async with running(settings.model_copy(update={"allowed_hosts": ("[", "")})) as client:
        answer = await client.get(address, headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "host_not_allowed")


async def test_a_foreign_name_gets_no_socket() -> None:
    sent: list[Message] = []

    async def unreachable(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the application was reached")

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"evil.example")]}
    await HostCheck(unreachable, own_host="127.0.0.1", allowed_hosts=())(scope, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("address", ["/", "/api/v1/session", "/nothing", "/static/x/y.js"])
async def test_every_answer_is_guarded(running: Running, address: str) -> None:
    async with running() as client:
        headers = (await client.get(address)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "microphone=(self)" in headers["permissions-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


def test_spotify_is_let_in_where_it_is_in_use_and_nothing_else() -> None:
    real = SpotifyEndpoints.real()
    strict = _policy(content_security_policy())
    wide = _policy(content_security_policy(real))
    assert {name for name in wide if wide[name] != strict.get(name)} == {
        "script-src",
        "frame-src",
        "img-src",
        "media-src",
        "connect-src",
        "worker-src",
    }
    assert wide["script-src"] == "'self' " + " ".join(real.scripts)
    assert "https://sdk.scdn.co" in wide["frame-src"]
    assert "unsafe" not in content_security_policy(real)
    assert "encrypted-media" not in permissions_policy()
    frames = '"https://sdk.scdn.co" "https://open.spotify.com"'
    assert f"encrypted-media=(self {frames}), autoplay=(self {frames})" in permissions_policy(real)
    assert "microphone=(self)" in permissions_policy(real)


async def test_the_policy_follows_what_is_in_use() -> None:
    in_use: list[SpotifyEndpoints] = []
    app = SecurityHeaders(PlainTextResponse("hello"), lambda: in_use[0] if in_use else None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        before = (await client.get("/")).headers["content-security-policy"]
        in_use.append(SpotifyEndpoints.real())
        after = (await client.get("/")).headers["content-security-policy"]
    assert before == content_security_policy()
    assert after == content_security_policy(SpotifyEndpoints.real())


def _policy(header: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in header.split("; "))


@pytest.mark.parametrize(
    ("client", "headers", "expected"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:8000"}, True),
        ("::1", {"host": "[::1]:8000"}, True),
        ("::ffff:127.0.0.1", {"host": "localhost"}, True),
        ("192.168.1.7", {"host": "127.0.0.1:8000"}, False),
        ("127.0.0.1", {"host": "music.example"}, False),
        ("127.0.0.1", {"host": "127.0.0.1", "x-forwarded-for": "10.0.0.1"}, False),
        ("127.0.0.1", {"host": "127.0.0.1", "via": "1.1 proxy"}, False),
        ("127.0.0.1", {"host": "127.0.0.1", "x-forwarded-proto": "https"}, False),
        ("127.0.0.1", HERE | {"origin": "http://127.0.0.1:8000"}, True),
        ("127.0.0.1", HERE | {"referer": "http://[::1]:8000/settings"}, True),
        ("127.0.0.1", HERE | {"origin": "https://music.example"}, False),
        ("127.0.0.1", HERE | {"origin": "null"}, False),
        ("127.0.0.1", HERE | {"referer": "https://music.example/settings"}, False),
        ("127.0.0.1", HERE | {"referer": "https://127.0.0.1@music.example/"}, False),
        ("127.0.0.1", {}, False),
        ("somewhere", {"host": "127.0.0.1"}, False),
    ],
)
def test_only_this_machine_is_this_machine(
    client: str, headers: dict[str, str], expected: bool
) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    connection = HTTPConnection({"type": "http", "client": (client, 5), "headers": raw})
    assert is_from_this_machine(connection, behind_tls=False) is expected
    assert not is_from_this_machine(connection, behind_tls=True)
