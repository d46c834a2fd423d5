"""How long a piece of work takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def median_ms(
    work: Callable[[], object],
    *,
    repeat: int = 50,
    clock_s: Callable[[], float] = time.perf_counter,
) -> float:
    """The median of `repeat` times by `clock_s`, after one that is not counted."""
    work()
    times_s = []
    for _ in range(repeat):
        begun_s = clock_s()
        work()
        times_s.append(clock_s() - begun_s)
    return 1000 * statistics.median(times_s)
