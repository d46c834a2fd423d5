"""A verifier answers for its challenge, and nothing is given twice."""

from __future__ import annotations

import re

from emotion_stream.music.spotify.oauth import challenge, new_state, new_verifier


def test_the_challenge_is_the_one_of_the_standard() -> None:
    # RFC 7636, appendix B
    assert (
        challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_verifiers_and_states_are_long_and_fresh() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43,128}", new_verifier())
    assert len(new_state()) >= 43  # 256 bits
    assert len({new_verifier() for _ in range(100)} | {new_state() for _ in range(100)}) == 200
