"""The stand-in without a socket, and somebody who signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.tools.spotify_sandbox.contract import Contract
from tests.tools.spotify_sandbox.signing_in import Clock, signed_in
from tools.spotify_sandbox.accounts import SCOPES
from tools.spotify_sandbox.app import create_sandbox
from tools.spotify_sandbox.state import Sandbox

ORIGIN = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def contract(contracts: Path) -> Contract:
    return Contract(contracts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Sandbox:
    return Sandbox(clock=clock)


@pytest.fixture
async def visitor(sandbox: Sandbox, anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client without any token."""
    transport = httpx.ASGITransport(app=create_sandbox(sandbox))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


@pytest.fixture
async def mira(visitor: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client with every scope."""
    tokens = await signed_in(visitor, " ".join(SCOPES))
    visitor.headers["authorization"] = f"Bearer {tokens['access_token']}"
    return visitor
