"""What only the decoder sees of a recording: how much of its sound is damaged or missing."""

from __future__ import annotations

from dataclasses import dataclass


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

    @property
    def damaged_ratio(self) -> float:
        """The share of the sound that is known to be damaged or missing, from 0 to 1."""
        lost_s = max(self.damaged_s, self.promised_s - self.decoded_s)
        return lost_s / (lost_s + self.decoded_s) if lost_s > 0 else 0.0
