"""A WAV cannot make FFmpeg take memory it does not fill; what only looks odd is played."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest

from emotion_stream.audio.decoding import decode, stated_duration_s
from emotion_stream.audio.riff import check_claims
from emotion_stream.errors import DamagedAudio
from tests import sounds

UNKNOWN_SIZE = 0xFFFF_FFFF
SOUND = sounds.wav(sounds.tone(1))[44:]


def chunk(name: bytes, content: bytes, claims: int | None = None, *, order: str = "<") -> bytes:
    size = len(content) if claims is None else claims
    return name + struct.pack(f"{order}I", size) + content


def wave(*chunks: bytes, kind: bytes = b"RIFF") -> bytes:
    order = ">" if kind == b"RIFX" else "<"
    form = chunk(b"fmt ", struct.pack(f"{order}HHIIHH", 1, 1, 16_000, 32_000, 2, 16), order=order)
    return kind + struct.pack(f"{order}I", 100) + b"WAVE" + form + b"".join(chunks)


def large_wave(*chunks: bytes, kind: bytes) -> bytes:
    """The size of the sound stands in the first chunk."""
    sizes = chunk(b"ds64", struct.pack("<QQQI", 0, len(SOUND), len(SOUND) // 2, 0))
    plain = wave(*chunks)
    return kind + struct.pack("<I", UNKNOWN_SIZE) + b"WAVE" + sizes + plain[12:]


def played(data: bytes) -> int:
    return int(np.concatenate(list(decode(data, max_duration_s=600))).size)


DATA = chunk(b"data", SOUND)
LARGE_DATA = chunk(b"data", SOUND, UNKNOWN_SIZE)
TEXT = b"INFO" + chunk(b"ISFT", b"us", 0x3FFF_FFFF)
CLAIM = chunk(b"LIST", TEXT, 0xFFFF_FFF0)
BIG_CLAIM = chunk(b"LIST", TEXT, 0x7FFF_FFF0, order=">")
MANY = chunk(b"JUNK", b"") * 1_001


@pytest.mark.parametrize(
    "data",
    [
        wave(CLAIM, DATA),
        wave(DATA, CLAIM),
        wave(MANY, CLAIM, DATA),
        wave(DATA, MANY, CLAIM),
        wave(chunk(b"data", SOUND[:-1]) + b"\0", CLAIM),
        wave(BIG_CLAIM, chunk(b"data", SOUND, order=">"), kind=b"RIFX"),
        large_wave(CLAIM, LARGE_DATA, kind=b"RF64"),
        large_wave(LARGE_DATA, CLAIM, kind=b"RF64"),
        large_wave(CLAIM, LARGE_DATA, kind=b"BW64"),
        large_wave(LARGE_DATA, CLAIM, kind=b"BW64"),
        large_wave(chunk(b"ds64", b"\xff" * 28), LARGE_DATA, CLAIM, kind=b"RF64"),
    ],
    ids=[
        "before the sound",
        "after the sound",
        "many before",
        "many after",
        "odd sound",
        "rifx",
        "rf64",
        "rf64 after",
        "bw64",
        "bw64 after",
        "a second size",
    ],
)
def test_a_text_cannot_claim_memory_that_the_file_does_not_fill(data: bytes) -> None:
    """24 bytes that would make FFmpeg reserve a gigabyte."""
    with pytest.raises(DamagedAudio, match="LIST chunk claims more"):
        check_claims(io.BytesIO(data), len(data), "clip.wav")


def test_whoever_opens_a_file_is_safe() -> None:
    data = wave(CLAIM, DATA)

    with pytest.raises(DamagedAudio, match="LIST chunk claims more"):
        played(data)
    assert stated_duration_s(data) is None


def test_more_chunks_than_are_looked_at_are_refused() -> None:
    data = wave(DATA, bytes(8 * 300_000), CLAIM)

    with pytest.raises(DamagedAudio, match="more than 250000 chunks"):
        played(data)


@pytest.mark.parametrize(
    "tail",
    [
        b"made with FooRecorder 1.0",
        b"TAG" + b"Title".ljust(125),
        bytes(20_000),
        chunk(b"LIST", b"INFO" + chunk(b"ISFT", b"FooRecorder\0")),
        chunk(b"junk", b"", 0x7FFF_FFFF),
    ],
    ids=["text", "ID3v1", "zeros", "a true list", "unknown"],
)
def test_what_stands_behind_the_sound_does_not_spoil_it(tail: bytes) -> None:
    assert played(wave(DATA, tail)) == len(SOUND) // 2


def test_a_sound_of_odd_length_without_its_pad_is_played() -> None:
    tail = chunk(b"LIST", b"INFO" + chunk(b"ISFT", b"FooRecorder\0"))

    assert played(wave(chunk(b"data", SOUND[:-1]), tail)) >= len(SOUND) // 2 - 1


@pytest.mark.parametrize("kind", [b"RF64", b"BW64"])
def test_a_large_wave_is_played(kind: bytes) -> None:
    tail = chunk(b"LIST", b"INFO" + chunk(b"ISFT", b"FooRecorder\0"))

    assert played(large_wave(LARGE_DATA, tail, kind=kind)) == len(SOUND) // 2


def test_an_absurd_size_of_a_large_wave_ends_the_look() -> None:
    data = bytearray(large_wave(LARGE_DATA, kind=b"RF64"))
    struct.pack_into("<Q", data, 28, 2**64 - 1)

    check_claims(io.BytesIO(data), len(data), "clip.wav")


def test_a_sound_of_unknown_length_is_not_searched() -> None:
    """A recorder that was switched off: zeros are silence here, not chunks."""
    silent = bytes(8 * 300_000)

    assert played(wave(chunk(b"data", silent, UNKNOWN_SIZE))) == len(silent) // 2
    assert played(wave(chunk(b"data", silent, 0))) == len(silent) // 2
