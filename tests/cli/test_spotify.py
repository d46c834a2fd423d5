"""`emotion-stream spotify check` asks Spotify about the owner's own list."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.cli.program import Run

GOOD = {"uri": "spotify:playlist:good1", "name": "Slow evening"}
GONE = {"uri": "spotify:show:gone1", "name": "Long gone"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked about; what has `gone` in it is not there."""
    asked: list[str] = []
    command = sys.modules["emotion_stream.cli.spotify"]

    def answer(request: httpx.Request) -> httpx.Response:
        link = request.url.params["url"]
        asked.append(link)
        assert str(request.url).startswith("https://open.spotify.com/oembed?")
        if "gone" in link:
            return httpx.Response(404)
        if "odd" in link:
            return httpx.Response(200, text="<html>")
        if "away" in link:
            raise httpx.ConnectError("no network")
        return httpx.Response(200, json={"title": "Slow evenings"})

    transport = httpx.MockTransport(answer)
    monkeypatch.setattr(command, "_client", lambda: httpx.AsyncClient(transport=transport))
    monkeypatch.setattr(command, "PAUSE_S", 0.0)
    monkeypatch.delenv("EMOTION_STREAM_SPOTIFY_CURATED", raising=False)
    return asked


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    def write(*items: object) -> Path:
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({"items": items}), encoding="utf-8")
        return path

    return write


def test_a_list_that_is_all_there(call: Run, asked: list[str], listed: Callable[..., Path]) -> None:
    ended = call("spotify", "check", listed(GOOD))
    assert ended.code == 0
    assert "ok       spotify:playlist:good1  Slow evening (Spotify: Slow evenings)" in ended.out
    assert "1 of 1 items are there." in ended.out
    assert asked == ["https://open.spotify.com/playlist/good1"]


@pytest.mark.parametrize("item_id", ["gone1", "odd1", "away1"])
def test_an_item_that_fails_is_named_and_the_rest_is_asked_all_the_same(
    call: Run, asked: list[str], listed: Callable[..., Path], item_id: str
) -> None:
    bad = {"uri": f"spotify:show:{item_id}", "name": "Bad"}
    ended = call("spotify", "check", listed(bad, GOOD))
    assert ended.code == 1
    assert f"MISSING  spotify:show:{item_id}  Bad: Spotify" in ended.err
    assert "1 of 2 items are there." in ended.out
    assert len(asked) == 2


def test_the_list_of_the_settings(
    call: Run,
    asked: list[str],
    listed: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EMOTION_STREAM_SPOTIFY_CURATED", str(listed(GONE)))
    assert call("spotify", "check").code == 1


def test_no_list_and_a_broken_list(
    call: Run, asked: list[str], listed: Callable[..., Path]
) -> None:
    assert call("spotify", "check").code == 2
    ended = call("spotify", "check", listed({"uri": "spotify:artist:1", "name": "x"}))
    assert ended.code == 1
    assert "Item 1 of the list" in ended.err
    assert asked == []


@pytest.mark.process
def test_the_command_line_does_not_load_a_client_before_it_asks() -> None:
    code = "import sys, emotion_stream.cli; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
