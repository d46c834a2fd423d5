"""`emotion-stream spotify check` tells which items of the owner's list are still there."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import httpx
import pytest

from tests.cli.program import Run

PAGE = "https://open.spotify.com/playlist/"
TITLES = {f"{PAGE}1here": "Here", f"{PAGE}2here": "Here too"}


def answered(request: httpx.Request) -> httpx.Response:
    assert (request.url.host, request.url.path) == ("open.spotify.com", "/oembed")
    page = request.url.params["url"]
    if page.endswith("3down"):
        raise httpx.ConnectError("no network")
    if page.endswith("4odd"):
        return httpx.Response(200, text="<html>")
    if page not in TITLES:
        return httpx.Response(404)
    return httpx.Response(200, json={"title": TITLES[page]})


@pytest.fixture(autouse=True)
def spotify(monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("emotion_stream.cli.spotify")
    http = httpx.AsyncClient(transport=httpx.MockTransport(answered))
    monkeypatch.setattr(module, "SPACING_S", 0)
    monkeypatch.setattr(module, "outside", lambda: http)


def listed(folder: Path, *ids: str) -> Path:
    path = folder / "list.json"
    items = [{"link": PAGE + id, "name": f"list {id}"} for id in ids]
    path.write_text(json.dumps({"calm": items}))
    return path


def test_a_list_that_is_all_there_ends_well(call: Run, tmp_path: Path) -> None:
    ended = call("spotify", "check", listed(tmp_path, "1here", "2here", "1here"))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        f"{PAGE}1here  list 1here: ok",
        f"{PAGE}2here  list 2here: ok",
        "2 items checked.",
    ]


@pytest.mark.parametrize(
    ("id", "said"),
    [("5gone", "no such item"), ("3down", "does not answer"), ("4odd", "no title")],
)
def test_one_item_that_fails_fails_the_check(call: Run, tmp_path: Path, id: str, said: str) -> None:
    ended = call("spotify", "check", listed(tmp_path, "1here", id, "2here"))
    assert ended.code == 1
    failed = ended.out.splitlines()[1]
    assert failed.startswith(f"{PAGE}{id}  list {id}: FAILED")
    assert said in failed
    assert "3 items checked." in ended.out
    assert ended.err == "1 of these cannot be offered.\n"


def test_the_list_of_the_settings_is_the_default(
    call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMOTION_STREAM_SPOTIFY_CURATED", str(listed(tmp_path, "1here")))
    assert call("spotify", "check").code == 0


def test_without_a_list_the_way_out_is_said(call: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMOTION_STREAM_SPOTIFY_CURATED", raising=False)
    ended = call("spotify", "check")
    assert ended.code == 2
    assert "EMOTION_STREAM_SPOTIFY_CURATED" in ended.err


def test_a_broken_list_is_named(call: Run, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("{")
    ended = call("spotify", "check", tmp_path / "list.json")
    assert ended.code == 2
    assert "list.json" in ended.err
