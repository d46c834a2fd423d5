"""First bytes that promise sound, and those of pictures and films of the same families."""

from __future__ import annotations

import pytest

from emotion_stream.audio.signature import looks_like_sound
from tests import sounds


@pytest.mark.parametrize(
    "head",
    [
        sounds.wav(sounds.speech()[:100])[:12],
        b"RF64\xff\xff\xff\xffWAVE",
        b"BW64\xff\xff\xff\xffWAVE",
        b"RIFX\x00\x00\x10\x00WAVE",
        b"FORM\x00\x00\x10\x00AIFC",
        b"OggS\x00\x02\x00\x00\x00\x00\x00\x00",
        b"\x00\x00\x00\x1cftypM4A ",
        b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81",
    ],
)
def test_sound(head: bytes) -> None:
    assert looks_like_sound(head)


@pytest.mark.parametrize(
    "head",
    [
        b"RIFF\x10\x00\x00\x00WEBP",
        b"RIFF\x10\x00\x00\x00AVI ",
        b"FORM\x00\x00\x10\x00ILBM",
        b"\x00\x00\x00\x18ftypheic",
        b"\x00\x00\x00\x20ftypavif",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\r",
        b"RIFF",
        b"",
    ],
)
def test_no_sound(head: bytes) -> None:
    assert not looks_like_sound(head)
