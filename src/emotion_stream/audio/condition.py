"""What only the decoder sees of a recording: what is at full scale, damaged or missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from emotion_stream.audio.recording import AnySamples

FULL_SCALE = 0.99


@dataclass
class Condition:
    """Filled while a recording is decoded; complete once the last block has been taken.

    `promised_s` is the length of the sound by the file's own word, 0 where there is none that can
    be relied on. `damaged_s` is the length of the packets that could not be decoded.
    """

    promised_s: float = 0.0
    decoded_s: float = 0.0
    damaged_s: float = 0.0
    damaged_packets: int = 0
    moments: int = 0
    clipped_moments: int = 0

    def hear(self, channels: AnySamples) -> None:
        """`(channels, samples)` as decoded, of any type: before mixing or resampling hides a peak.

        A moment is clipped where any of its channels is.
        """
        middle, scale = _scale(channels.dtype)
        high, low = middle + FULL_SCALE * scale, middle - FULL_SCALE * scale
        clipped = ((channels >= high) | (channels <= low)).any(axis=0)
        self.moments += clipped.size
        self.clipped_moments += int(np.count_nonzero(clipped))

    @property
    def clipped_ratio(self) -> float:
        """The share of the moments at full scale, from 0 to 1."""
        return self.clipped_moments / max(self.moments, 1)

    @property
    def damaged_ratio(self) -> float:
        """The share of the sound that is known to be damaged or missing, from 0 to 1."""
        # The larger, not the sum: damaged packets are also missing from what was promised.
        lost_s = max(self.damaged_s, self.promised_s - self.decoded_s)
        return lost_s / (lost_s + self.decoded_s) if lost_s > 0 else 0.0


def _scale(kind: np.dtype[np.generic]) -> tuple[float, float]:
    """Where silence lies, and how far from it full scale."""
    if kind.kind == "f":
        return 0.0, 1.0
    half = 2.0 ** (8 * kind.itemsize - 1)
    return (half, half) if kind.kind == "u" else (0.0, half)  # unsigned: silence in the middle
