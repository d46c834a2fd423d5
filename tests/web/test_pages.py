"""Every page is there, needs nothing from elsewhere, and its help lines are checked every year."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emotion_stream.errors import ModelMissing, NotFound, SpotifySignInFailed
from emotion_stream.web.pages import page_environment, read_help_lines
from emotion_stream.web.static_files import StaticFiles, read_static_files

from .conftest import Running

pytestmark = pytest.mark.anyio

PAGES = ["/", "/settings", "/spotify", "/about", "/help-now"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("recognizer", [None, ModelMissing("No model is here. Train one.")])
async def test_every_page_is_there(
    running: Running, address: str, recognizer: ModelMissing | None
) -> None:
    async with running(recognizer=recognizer) as client:
        answer = await client.get(address)
        head = await client.head(address)
    assert answer.status_code == head.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize("address", [*PAGES, "/nothing"])
async def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(
    running: Running, address: str
) -> None:
    async with running() as client:
        html = (await client.get(address, headers={"accept": "text/html"})).text
    loaded = re.findall(r"<(?:script|img|source|audio|iframe)[^>]*\ssrc=\"([^\"]+)\"", html)
    loaded += re.findall(r"<link[^>]*\shref=\"([^\"]+)\"", html)
    assert all(target.startswith(("/", "#", "data:")) for target in loaded), loaded
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", html)
    assert not re.search(r"\son[a-z]+=\"|\sstyle=\"|<style", html)


async def test_the_files_a_page_names_are_there(running: Running) -> None:
    async with running() as client:
        for address in PAGES:
            html = (await client.get(address)).text
            for target in re.findall(r"\"(/static/[^\"#]+)\"", html):
                assert (await client.get(target)).status_code == 200, target


async def test_a_refused_sign_in_leads_on() -> None:
    pages = page_environment(read_static_files())
    shown = {"page": "error", "spotify": True}
    refused = pages.get_template("error.html").render(error=SpotifySignInFailed("No."), **shown)
    assert 'href="/auth/spotify?step=listen' in refused
    assert "the music goes on without it" in refused
    lost = pages.get_template("error.html").render(error=NotFound("No."), **shown)
    assert "/auth/spotify" not in lost


async def test_the_logo_is_shown_where_the_owner_supplies_one() -> None:
    assets = read_static_files()
    shown = {"page": "index", "spotify": True, "max_upload_mb": 1}
    plain = page_environment(assets).get_template("index.html").render(**shown)
    assert "spotify-logo" not in plain
    supplied = StaticFiles(assets.version, {**assets.files, "spotify-logo.svg": Path("logo.svg")})
    logo = page_environment(supplied).get_template("index.html").render(**shown)
    assert f'src="/static/{assets.version}/spotify-logo.svg" alt="Spotify"' in logo


async def test_help_is_named_with_its_links(running: Running) -> None:
    lines = read_help_lines()
    async with running() as client:
        html = (await client.get("/help-now")).text
    for entry in (*lines.emergency, *lines.directories):
        assert entry.name in html
        assert entry.link is None or entry.link in html


def test_the_help_lines_were_checked_within_a_year() -> None:
    age = datetime.now(UTC).date() - read_help_lines().checked_on
    assert age.days <= 365, "open every link of help_lines.json, then set checked_on to today"


async def test_the_page_about_names_what_the_model_learned_from(running: Running) -> None:
    async with running() as client:
        assert "Made in the Test" in (await client.get("/about")).text
