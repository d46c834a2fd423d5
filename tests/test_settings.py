"""Settings come from one place, explain themselves and cannot be changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import make_url

from emotion_stream.settings import Settings


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_help_text(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description
    assert description.endswith((".", "name", "folder."))


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMOTION_STREAM_PORT", "9001")
    monkeypatch.setenv("EMOTION_STREAM_LIBRARY", "/music")
    settings = Settings()
    assert settings.port == 9001
    assert settings.library == Path("/music")


def test_a_tilde_is_the_home_folder_where_no_shell_replaced_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EMOTION_STREAM_DATA_DIR", "~/moods")
    settings = Settings(library=Path("~/Music"))
    assert settings.data_dir == tmp_path / "moods"
    assert settings.library == tmp_path / "Music"
    assert settings.model_path is None


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMOTION_STREAM_LIBRARY", "")
    assert Settings().library is None


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]


def test_a_value_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMOTION_STREAM_PORT", "seventy")
    with pytest.raises(ValidationError, match="port"):
        Settings()


@pytest.mark.parametrize("length", ["nan", "inf", "0", "-5"])
def test_a_length_that_would_be_no_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch, length: str
) -> None:
    monkeypatch.setenv("EMOTION_STREAM_MAX_DURATION_S", length)
    with pytest.raises(ValidationError, match="max_duration_s"):
        Settings()


def test_the_database_lies_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert str(tmp_path) in Settings(data_dir=tmp_path).resolved_database_url
    named = Settings(database_url="postgresql+psycopg://host/name")
    assert named.resolved_database_url == "postgresql+psycopg://host/name"


def test_a_folder_may_have_signs_that_mean_something_in_a_url(tmp_path: Path) -> None:
    folder = tmp_path / "a?b=1#c%20"
    url = make_url(Settings(data_dir=folder).resolved_database_url)
    assert url.database == str(folder / "emotion-stream.sqlite3")


def test_the_page_of_settings_says_what_is_true() -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `EMOTION_STREAM_(\w+)` \| (?:`(.*?)`)? ?\| (.*) \|$", page, re.MULTILINE
    )
    assert rows == [
        (name.upper(), _shown(name), str(field.description))
        for name, field in Settings.model_fields.items()
    ]


def _shown(name: str) -> str:
    default = Settings.model_fields[name].get_default(call_default_factory=True)
    if default is None:
        return ""
    if isinstance(default, Path):
        return str(default).replace(str(Path.home()), "~")
    return json.dumps(default).strip('"')


def test_the_password_of_the_database_is_not_shown() -> None:
    assert "secret" not in repr(Settings(database_url="postgresql://me:secret@host/name"))


@pytest.mark.parametrize(
    "address",
    [
        "http://user:password@127.0.0.1:8765",
        "http://192.168.1.5:8765",
        "http://127.0.0.1.example.org:8765",
        "http://localhost:8765",
        "https://127.0.0.1:8765",
        "http://127.0.0.1:8765/path",
        "http://127.0.0.1:8765?q",
        "http://127.0.0.1:8765#part",
        "http://127.0.0.1:8765; script-src *",
        "http://127.0.0.1:port",
    ],
)
def test_a_stand_in_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(development=True, spotify_sandbox=address)


def test_a_stand_in_here_is_taken_without_its_slash() -> None:
    taken = Settings(development=True, spotify_sandbox="http://127.0.0.1:8765/")
    assert taken.spotify_sandbox == "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"development": True, "secure_cookies": True},
        {"development": True, "public_url": "https://music.example.org"},
    ],
)
def test_a_stand_in_is_refused_for_others_and_behind_tls(others: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="stand-in"):
        Settings(spotify_sandbox="http://127.0.0.1:8765", **others)


@pytest.mark.parametrize(
    "address", ["https://user:password@music.example.org", "https://a.example/#x", "https://a b"]
)
def test_a_public_address_is_an_origin_alone(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_url=address)
