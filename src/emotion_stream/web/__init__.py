"""The page and the HTTP API; `create_app` is the one place where things are wired."""

from __future__ import annotations

from emotion_stream.web.app import create_app

__all__ = ["create_app"]
