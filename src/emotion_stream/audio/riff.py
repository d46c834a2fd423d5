"""A look at the chunks of a WAV before FFmpeg takes their sizes at their word.

FFmpeg reserves memory for a text by the size its chunk claims: 24 bytes can make
it take gigabytes. A claim that far past the end of the file is refused.
"""

from __future__ import annotations

from typing import BinaryIO, Literal

from emotion_stream.errors import DamagedAudio

MOST_MISSING_BYTES = 16_000_000
# Two million zeros behind the sound, as some recorders leave them, are so many empty chunks.
_MOST_CHUNKS = 250_000
_BYTE_ORDERS: dict[bytes, Literal["little", "big"]] = {
    b"RIFF": "little",
    b"RF64": "little",
    b"BW64": "little",
    b"RIFX": "big",
}
_TEXTS = (b"LIST", b"bext")
_LARGE = (b"RF64", b"BW64")
# What a recorder that streams leaves as the size of its sound.
_ENDLESS = (0, 0xFFFF_FFFF)


def check_claims(file: BinaryIO, size_bytes: int, name: str) -> None:
    """DamagedAudio where a text claims far more than follows. Leaves the file at its start.

    Anything else may claim what it likes: the sound is streamed, recorders that are switched off
    leave such headers behind, and what stands behind the sound need not be a chunk at all. More
    chunks than are looked at are refused too.
    """
    file.seek(0)
    head = file.read(12)
    if head[:4] in _BYTE_ORDERS and head[8:] == b"WAVE":
        _walk(file, head[:4], size_bytes, name)
    file.seek(0)


def _walk(file: BinaryIO, kind: bytes, size_bytes: int, name: str) -> None:
    """As FFmpeg does: what it would not look at is not judged."""
    place = 12
    large_data_bytes = 0
    for _ in range(_MOST_CHUNKS):
        if place + 8 > size_bytes:
            return
        file.seek(place)
        header = file.read(8)
        chunk, claimed_bytes = header[:4], int.from_bytes(header[4:], _BYTE_ORDERS[kind])
        if chunk in _TEXTS and place + 8 + claimed_bytes - size_bytes > MOST_MISSING_BYTES:
            what = chunk.decode("ascii")
            raise DamagedAudio(f"{name} is damaged: its {what} chunk claims more than there is.")
        if chunk == b"ds64" and place == 12:
            large_data_bytes = int.from_bytes(file.read(16)[8:], "little")
        # Sizes beyond 32 bits stand in the ds64 chunk (EBU Tech 3306).
        if chunk == b"data" and kind in _LARGE:
            claimed_bytes = large_data_bytes
        elif chunk == b"data" and claimed_bytes in _ENDLESS:
            return
        # A chunk of odd length is padded to an even one (RIFF).
        place += 8 + claimed_bytes + claimed_bytes % 2
    raise DamagedAudio(f"{name} is damaged: it is cut into more than {_MOST_CHUNKS} chunks.")
