"""What ties a sign-in to the one who began it: a state, and a verifier with its challenge."""

from __future__ import annotations

import base64
import hashlib
import secrets

VERIFIER_BYTES = 64  # 86 characters; RFC 7636, section 4.1, takes 43 to 128
STATE_BYTES = 32


def new_verifier() -> str:
    """A fresh secret of 512 bits that never leaves the server before the code is exchanged."""
    return secrets.token_urlsafe(VERIFIER_BYTES)


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def new_state() -> str:
    """A fresh value of 256 bits that comes back with the code."""
    return secrets.token_urlsafe(STATE_BYTES)
