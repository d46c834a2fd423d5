"""Every knob of Emotion Stream: one frozen object, built once at the entry point."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HOST = re.compile(r"([0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def _default_data_dir() -> Path:
    return Path.home() / ".local" / "share" / "emotion-stream"


def _origin(url: str, *schemes: str) -> str:
    """Scheme, host and port alone: it goes into headers and redirects. Raises ValueError."""
    parts = urlsplit(url)
    _ = parts.port  # a broken one raises ValueError
    own = f"{parts.scheme}://{parts.netloc}"
    if (
        parts.scheme not in schemes
        or not HOST.fullmatch(parts.netloc)
        or url.rstrip("/").casefold() != own.casefold()
    ):
        # What was given may hold a password, and is not repeated.
        raise ValueError(f"this is no address like {schemes[0]}://host, alone or with a port")
    return own


class Settings(BaseSettings):
    """Each field is read from `EMOTION_STREAM_<NAME>`; every one has a default and a help text."""

    model_config = SettingsConfigDict(
        env_prefix="EMOTION_STREAM_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    allowed_hosts: tuple[str, ...] = Field(
        (), description="Host names this server answers to besides its own address (JSON list)."
    )
    data_dir: Path = Field(
        default_factory=_default_data_dir, description="Folder of the database and of caches."
    )
    database_url: str | None = Field(
        None,
        repr=False,
        description="SQLAlchemy URL; default SQLite in the data folder. "
        "PostgreSQL: postgresql+psycopg://user:password@host/name",
    )
    model_path: Path | None = Field(None, description="ONNX model; default the one in the package.")
    library: Path | None = Field(None, description="Folder of your own music.")
    max_upload_mb: int = Field(200, ge=1, description="Largest upload in megabytes (10^6 bytes).")
    max_duration_s: float = Field(
        3 * 3600,
        gt=0,
        allow_inf_nan=False,
        description="Longest recording that the server analyses, in seconds.",
    )
    max_concurrent_analyses: int = Field(2, ge=1, description="Analyses that run side by side.")
    max_queued_analyses: int = Field(8, ge=0, description="Analyses that may wait for a worker.")
    analyses_per_minute: int = Field(30, ge=1, description="Analyses per client and minute.")
    secure_cookies: bool = Field(
        False, description="Send cookies over TLS only: set it behind TLS."
    )

    public_url: str | None = Field(
        None,
        description="Address under which people open this server, as https://music.example.org; "
        "Spotify sends them back there. Default: the address that is asked for.",
    )
    spotify_client_id: str | None = Field(
        None,
        pattern=r"^[0-9A-Za-z]{8,64}$",
        description="Client id of your own Spotify app; default the one entered on the setup page.",
    )
    spotify_searches_per_day: int = Field(
        200, ge=1, description="Searches of Spotify within 24 hours, for all people together."
    )
    spotify_curated: Path | None = Field(
        None, description="Your list of Spotify items per emotion, for people who are signed out."
    )
    development: bool = Field(
        False, description="Allow what must never run for others, such as the Spotify stand-in."
    )
    spotify_sandbox: str | None = Field(
        None,
        description="Address of the Spotify stand-in (`python -m tools.spotify_sandbox`) on this "
        "machine; needs EMOTION_STREAM_DEVELOPMENT=true.",
    )

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, url: str | None) -> str | None:
        return url if url is None else _origin(url, "https", "http")

    @field_validator("spotify_sandbox")
    @classmethod
    def _an_http_origin(cls, url: str | None) -> str | None:
        return url if url is None else _origin(url, "http")

    @model_validator(mode="after")
    def _sandbox_only_here(self) -> Self:
        if self.spotify_sandbox is None:
            return self
        if not self.development or self.secure_cookies or self._is_behind_tls:
            raise ValueError(
                "the Spotify stand-in runs only with development=true and not behind TLS "
                "(secure_cookies, or a public_url with https)"
            )
        if urlsplit(self.spotify_sandbox).hostname not in ("127.0.0.1", "::1"):
            raise ValueError("the Spotify stand-in must be on this machine: http://127.0.0.1:PORT")
        return self

    @field_validator("data_dir", "model_path", "library", "spotify_curated")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        """`~` is the home folder here too: in a service file no shell replaces it."""
        return path if path is None else path.expanduser()

    @property
    def _is_behind_tls(self) -> bool:
        return self.public_url is not None and self.public_url.startswith("https:")

    @property
    def resolved_database_url(self) -> str:
        """The database URL, or SQLite in the data folder."""
        if self.database_url:
            return self.database_url
        file = quote(str(self.data_dir / "emotion-stream.sqlite3"))  # a folder may be named a?b#c
        return f"sqlite+aiosqlite:///{file}"
