"""Answers of Spotify, written by hand after its documentation and reports of others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

REPLIES = Path(__file__).parent / "replies"
NAMES = sorted(file.stem for file in REPLIES.glob("*.json"))
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Recorded:
    """An answer; a body of text is sent as it stands, anything else as JSON."""

    status: int
    headers: dict[str, str]
    body: bytes

    def response(self) -> httpx.Response:
        return httpx.Response(self.status, headers=self.headers, content=self.body)


def recorded(name: str) -> Recorded:
    fields = json.loads((REPLIES / f"{name}.json").read_text())
    body = fields["body"]
    text = body if isinstance(body, str) else json.dumps(body)
    return Recorded(fields["status"], fields["headers"], text.encode())
