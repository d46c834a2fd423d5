"""Where the clock of a sound track leaps: it sets in late, or nothing of a part is left."""

from __future__ import annotations

from av.audio.frame import AudioFrame

# Clocks of cameras and calls are this uneven without anything being missing.
LEAST_GAP_S = 0.25


class Gaps:
    """Tells before each frame how long the silence is that keeps the track in time.

    `first_s` is when the track should set in, None where it may do so at any time. What would make
    the silences longer than `most_s` together is no gap but a clock that is wrong.
    """

    def __init__(self, *, first_s: float | None, most_s: float) -> None:
        self._expected_s = first_s
        self._left_s = most_s

    def before(self, frame: AudioFrame) -> float:
        """Seconds, 0 where the frame follows the one before."""
        start_s = self._start_s(frame)
        expected_s = start_s if self._expected_s is None else self._expected_s
        gap_s = start_s - expected_s
        if gap_s > self._left_s:
            start_s, gap_s = expected_s, 0.0
        # A clock that goes back is not followed: what is missing is not there twice.
        self._expected_s = max(start_s, expected_s) + frame.samples / max(frame.sample_rate, 1)
        if gap_s <= LEAST_GAP_S:
            return 0.0
        self._left_s -= gap_s
        return gap_s

    def _start_s(self, frame: AudioFrame) -> float:
        return (self._expected_s or 0.0) if frame.time is None else frame.time
