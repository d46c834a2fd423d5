"""A look at the chunks of a WAV before FFmpeg takes their sizes at their word.

FFmpeg reserves memory for a text in a LIST chunk by the size the chunk claims: 24 bytes can make
it take gigabytes. A claim that far past the end of the file is refused.
"""

from __future__ import annotations

from typing import BinaryIO

MOST_MISSING_BYTES = 16_000_000
_MOST_CHUNKS = 1_000


def false_claim(file: BinaryIO, size_bytes: int) -> str | None:
    """The name of a chunk that claims far more than follows, or None. Leaves the file at its start.

    The sound itself may claim what it likes: it is streamed, and recorders that are switched off
    leave such headers behind.
    """
    file.seek(0)
    head = file.read(12)
    found = _walk(file, size_bytes) if head[:4] == b"RIFF" and head[8:] == b"WAVE" else None
    file.seek(0)
    return found


def _walk(file: BinaryIO, size_bytes: int) -> str | None:
    place = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        header = file.read(8)
        if len(header) < 8:
            return None
        name = header[:4]
        claimed_bytes = int.from_bytes(header[4:], "little")
        end = place + 8 + claimed_bytes
        if name != b"data" and end - size_bytes > MOST_MISSING_BYTES:
            return name.decode("ascii", "replace")
        place = end + claimed_bytes % 2
    return None
